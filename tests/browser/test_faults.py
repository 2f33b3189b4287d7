"""When something happens in the middle: refresh, a second tab, signed out, removed, lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select
from sqlmodel import Session

from db.tables import Answer, Attempt, Person, core
from tests.browser.conftest import settled
from tests.driver import COOKIE


def at_practice(desk, token):
    """Take somebody to the first question with feedback; gives its step's address."""
    tab = desk.tab(token).open("lesson", module="M01").press("Start")
    while not tab.has("button", "Check answer"):
        if tab.has("button", "Continue"):
            tab.press("Continue")
        else:
            tab.choose(0).press("Send answer")
    tab.close()
    return f"/lesson?{tab.query}"


def answers_of(desk, person):
    attempt = core(Attempt)
    with Session(desk.engine) as session:
        return (
            session.connection()
            .execute(
                select(func.count())
                .select_from(core(Answer))
                .join(attempt, attempt.c.id == core(Answer).c.attempt_id)
                .where(attempt.c.person_id == person.id, core(Answer).c.kind == "item")
            )
            .scalar_one()
        )


def tick(page, place):
    """Choose the radio or checkbox at a place."""
    # How sure one is has the role radio too.
    kind = "checkbox" if page.get_by_role("checkbox").count() else "radio"
    page.get_by_role(kind).nth(place).check(force=True)
    settled(page)
    return page.get_by_role(kind).nth(place)


def test_a_refresh_in_the_middle_of_a_question_keeps_what_was_chosen(desk):
    token, _ = desk.token()
    page = desk.open(desk.holding(token), "/lesson?module=M01")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("radio").first).to_be_attached()
    settled(page)
    chosen = tick(page, 1)
    expect(chosen).to_be_checked()
    page.get_by_role("button", name="Half sure").or_(
        page.get_by_role("radio", name="Half sure")
    ).click()
    settled(page)
    page.wait_for_timeout(400)
    page.reload()
    settled(page)
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    assert "step=before" in page.url


def test_after_signing_out_in_another_tab_the_next_click_says_so_calmly(desk):
    page = desk.enter("Amira Khan")
    other = page.context.new_page()
    other.goto("/auth/sign-out")
    expect(other.get_by_text("You have been signed out")).to_be_visible()
    page.get_by_role("button", name="module").or_(
        page.get_by_role("button", name="Continue")
    ).first.click()
    expect(page.get_by_text("You are signed out")).to_be_visible()
    page.get_by_role("link", name="Sign in again").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert desk.complaints == []


def test_signing_out_in_another_tab_ends_a_lesson_calmly_and_keeps_its_answers(desk):
    token, person = desk.token()
    page = desk.open(desk.holding(token), at_practice(desk, token))
    before = answers_of(desk, person)
    other = page.context.new_page()
    other.goto("/auth/sign-out")
    page.get_by_role("button", name="Check answer").click()
    expect(page.get_by_text("You are signed out")).to_be_visible()
    assert answers_of(desk, person) == before


def test_who_is_removed_while_signed_in_is_out_at_the_next_click(desk):
    token, person = desk.token()
    page = desk.open(desk.holding(token), "/lesson?module=M01")
    with Session(desk.engine) as session:
        session.connection(execution_options={"writes": True})
        session.get(Person, (person.org_id, person.id)).left_on = (
            datetime.now(UTC) - timedelta(days=1)
        ).date()
        session.commit()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("You are signed out")).to_be_visible()
    page.goto("/home")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.parametrize("token", ["", "x" * 43, "' OR 1=1 --"])
def test_an_unknown_token_is_sent_to_sign_in_and_back_to_where_it_wanted(desk, token):
    page = desk.holding(token) if token else desk.context().new_page()
    page.goto("/me")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.url.endswith("/sign-in?next=/me")
    page.get_by_role("button", name="Amira Khan").click()
    settled(page)
    expect(page.get_by_role("heading", name="What we hold on you")).to_be_visible()


@pytest.mark.parametrize("address", ["team", "organisation", "people", "log", "modules", "preview"])
def test_a_page_of_another_role_shows_nothing_of_it(desk, address):
    page = desk.enter("Amira Khan")
    page.goto(f"/{address}")
    settled(page)
    page.wait_for_timeout(300)
    text = page.locator("body").inner_text()
    for word in ("Duncan", "in date", "Revenues", "people work", "Who looked", "Grace Okafor"):
        assert word not in text
    expect(page.get_by_role("heading", name="Traceback")).to_have_count(0)


def test_a_module_that_does_not_exist_is_told_in_a_sentence(desk):
    page = desk.enter("Amira Khan")
    desk.open(page, "/lesson?module=M77")
    expect(page.get_by_text("There is no module M77 here")).to_be_visible()


def test_a_step_ahead_in_the_address_leads_back_to_where_one_is(desk):
    token, _ = desk.token()
    at_practice(desk, token)
    page = desk.open(desk.holding(token), "/lesson?module=M01&step=check")
    expect(page.get_by_text("This step is not open yet")).to_be_visible()
    expect(page.get_by_text("Step 2 of 10")).to_be_visible()


def test_a_server_that_dies_and_comes_back_loses_no_choice(desk, server):
    token, _ = desk.token()
    page = desk.open(desk.holding(token), "/lesson?module=M01")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("radio").first).to_be_attached()
    settled(page)
    tick(page, 2)
    page.wait_for_timeout(400)
    server.restart()
    page.reload()
    settled(page)
    expect(page.get_by_role("radio").nth(2)).to_be_checked()


def test_the_cookie_cannot_be_read_by_scripts(desk):
    page = desk.enter("Amira Khan")
    cookie = next(one for one in page.context.cookies() if one["name"] == COOKIE)
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert COOKIE + "=" not in page.evaluate("document.cookie")
