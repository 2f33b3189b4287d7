"""Whole days of five people: the employee by keyboard alone, the others as they would click."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update
from sqlmodel import Session

from db.engine import reading
from db.tables import Attempt, Person, core
from modules.learn import help as helping
from modules.progress.asked import form_items
from modules.questions import QUESTION_TYPES
from tests.browser.conftest import settled
from tests.browser.keys import Keys
from tests.browser.test_pages import TOO_WIDE, violations
from tests.browser.thumb import Thumb
from tests.browser.way import Way, learner
from tests.driver import COOKIE

PHONE = {"width": 390, "height": 844}


def cookie(page):
    """The token that this browser holds."""
    return next(one["value"] for one in page.context.cookies() if one["name"] == COOKIE)


@pytest.mark.timeout(400)
def test_an_employee_takes_the_whole_module_by_keyboard_alone(desk):
    page = desk.context().new_page()
    page.goto("/sign-in")
    keys = Keys(page)
    keys.act("Amira Khan")
    expect(page.get_by_role("heading", name="Amira")).to_be_visible()
    keys.act("Start module")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    keys.act("Start")
    with learner(desk, cookie(page)) as walk:
        way = Way(keys, walk)
        steps = walk.module.steps
        for number, step in enumerate(steps, 1):
            expect(page.get_by_text(f"Step {number} of {len(steps)}")).to_be_visible()
            way.step(step)
            way.onward(step)
    expect(page.get_by_role("heading", name="Your certificate is ready")).to_be_visible()
    expect(page.get_by_text("has completed")).to_be_visible()
    expect(page.get_by_text("M01 1.2.0")).to_be_visible()
    assert desk.complaints == []
    page.reload()
    settled(page)
    expect(page.get_by_text("has completed")).to_be_visible()


def every_kind(desk, walk):
    """Put one question of every kind on the paper of the questions before the lesson."""
    found = {}
    for question in walk.module.questions.values():
        if question.id != "M01-Q30":
            found.setdefault(question.kind, question)
    paper = {one.id: [[one.id, one.variants()[-1]]] for one in found.values()}
    with Session(desk.engine) as session:
        session.connection(execution_options={"writes": True}).execute(
            update(core(Attempt))
            .where(core(Attempt).c.id == walk.opened.attempt(walk.journey.pre))
            .values(paper=paper)
        )
        session.commit()
    return set(found)


@pytest.mark.timeout(300)
def test_every_kind_of_question_is_answered_by_keyboard_alone(desk):
    token, _ = desk.token()
    with learner(desk, token) as walk:
        walk.begin()
        assert every_kind(desk, walk) == set(QUESTION_TYPES)
        page = desk.open(desk.holding(token), "/lesson?module=M01")
        Way(Keys(page), walk).step(walk.module.steps[0])
        given = walk.journey.pre.answers.values()
        assert [one.correct for one in given] == [True] * len(QUESTION_TYPES)
    expect(page.get_by_role("button", name="Continue")).to_be_visible()
    assert desk.complaints == []


@pytest.mark.timeout(400)
def test_who_knows_it_tests_out_on_a_phone_and_only_plays_the_story_and_the_lab(desk):
    token, _ = desk.token()
    page = desk.holding(token, dark=True)
    page.set_viewport_size(PHONE)
    met, wrong, taken = set(), [], []

    def look(what):
        wide = page.evaluate(TOO_WIDE)
        if wide > 0:
            wrong.append(f"{what}: {wide} px too wide")
        if what not in met:
            met.add(what)
            wrong.extend(f"{what}: {one}" for one in violations(page))

    desk.open(page, "/lesson?module=M01")
    look("the cover")
    thumb = Thumb(page)
    thumb.act("Show what I know")
    with learner(desk, token) as walk:
        way = Way(thumb, walk, look)
        way.at("test-out")
        while step := walk.journey.current:
            way.step(step)
            way.onward(step)
            taken.append(step.kind)
        assert taken == ["questions", "scenario", "lab", "aid"]
        assert len(walk.completions()) == 1
    expect(page.get_by_role("heading", name="Your certificate is ready")).to_be_visible()
    settled(page)
    look("the completion")
    assert wrong + desk.complaints == []


@pytest.mark.timeout(300)
def test_after_three_tries_the_check_is_guided_and_a_colleague_can_be_asked(desk):
    token, person = desk.token()
    with learner(desk, token) as walk:
        walk.until("check")
        for _ in range(3):
            walk.check(wrong=walk.module.questions)
        page = desk.open(desk.holding(token), "/lesson?module=M01&step=check")
        expect(page.get_by_role("heading", name="Not passed yet")).to_be_visible()
        expect(page.get_by_text("The next try is a guided one")).to_be_visible()
        with reading() as session:
            colleague = helping.colleagues(session, walk.viewer, now=datetime.now(UTC))[0]
        asks_a_colleague(desk, page, walk, colleague, person.name)
        thumb = Thumb(page)
        thumb.act("Take the check again")
        expect(page.get_by_role("heading", name="with the reasons at hand")).to_be_visible()
        way = Way(thumb, walk)
        items = form_items(walk.module, walk.journey.sheet("check"))
        for number, slot in enumerate(items, 1):
            expect(page.get_by_text(f"Question {number} of {len(items)}").first).to_be_visible()
            wrong = number == 1
            told = way.answer("check", slot, "Check answer", wrong=wrong)
            verdict = "Not this one" if wrong else "Right"
            expect(told.get_by_role("heading", name=verdict, level=3)).to_be_visible()
            expect(told.get_by_text("Better:")).to_have_count(int(wrong))
            thumb.act("Next question")
        expect(page.get_by_role("heading", name="You passed")).to_be_visible()
        assert len(walk.completions()) == 1
    assert desk.complaints == []


def asks_a_colleague(desk, page, walk, colleague, name):
    """Ask; the colleague finds it at home, and says when they have talked."""
    card = page.locator(".st-key-card-help")
    Thumb(page).open(card)
    page.get_by_role("option", name=re.compile(rf"^{colleague.name}( \(|$)")).click()
    settled(page)
    card.get_by_role("button", name="Ask for help").click()
    told = f"You asked {colleague.name} on"
    expect(card.get_by_text(told)).to_be_visible()
    with reading() as session:
        [request] = helping.asked_by_me(session, walk.viewer, module="M01")
        email = session.connection().execute(
            select(core(Person).c.email).where(core(Person).c.id == colleague.person_id)
        )
        address = email.scalar_one()
    token, _ = desk.token(address)
    home = desk.open(desk.holding(token), "/home")
    asked = home.locator(".st-key-card-asked")
    expect(asked.get_by_text(f"{name} would like to talk about")).to_be_visible()
    done = asked.locator(f".st-key-help-done-{request.id}").get_by_role("button")
    done.click()
    expect(done).to_have_count(0)
    page.reload()
    settled(page)
    expect(card.get_by_role("button", name="Ask for help")).to_be_visible()
    expect(card.get_by_text(told)).to_have_count(0)


def test_a_policy_is_acknowledged_by_whoever_came_to_it_through_the_list(desk):
    token, _ = desk.token()
    page = desk.holding(token, width=390)
    desk.open(page, "/policies")
    expect(page.get_by_role("heading", name="2 policies to read")).to_be_visible()
    page.get_by_role("link", name="Read it").first.click()
    page.get_by_role("button", name="I have read version 2").click()
    expect(page.get_by_text("You acknowledged version 2")).to_be_visible()
    page.reload()
    settled(page)
    expect(page.get_by_text("You acknowledged version 2")).to_be_visible()
    page.get_by_role("link", name="All policies").click()
    expect(page.get_by_role("heading", name="1 policy to read")).to_be_visible()
    page.reload()
    settled(page)
    expect(page.get_by_role("heading", name="1 policy to read")).to_be_visible()
    assert desk.complaints == []


def test_a_manager_sees_his_people_and_reminds_them_once(desk):
    page = desk.enter("Tom Ashdown")
    page.get_by_role("link", name="Team").click()
    expect(page.get_by_role("heading", name="need something from you")).to_be_visible()
    expect(page.get_by_role("button", name="Do something for")).to_have_count(12)
    expect(page.get_by_text("overdue").first).to_be_visible()
    for word in ("score", "wrong", "misconception"):
        assert word not in page.locator("main, .st-key-page").first.inner_text().lower()
    remind = page.get_by_role("button", name="Remind")
    remind.click()
    expect(page.get_by_text(re.compile("Sent to .*this week"))).to_be_visible()
    expect(remind).to_have_count(0)
    page.reload()
    settled(page)
    expect(remind).to_have_count(0)
    assert desk.complaints == []


def test_a_lead_reads_the_figures_and_sets_what_counts_as_trained(desk):
    page = desk.enter("Grace Okafor")
    page.get_by_role("link", name="Organisation").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("%")
    expect(page.get_by_text("hidden").first).to_be_attached()
    expect(page.locator("[role='graphics-document']")).to_have_count(2)
    page.get_by_role("combobox").first.fill("Revenues and")
    page.get_by_role("option", name="Revenues and benefits").click()
    settled(page)
    expect(page).to_have_url(re.compile("unit="))
    expect(page.get_by_text("Revenues and benefits").first).to_be_visible()
    page.reload()
    settled(page)
    expect(page.get_by_text("Revenues and benefits").first).to_be_visible()
    assert desk.complaints == []


def test_a_trainer_previews_a_question_and_nothing_is_recorded(desk):
    page = desk.enter("Priya Nair")
    page.get_by_role("link", name="Modules").click()
    page.get_by_role("button", name=re.compile("review")).first.click()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text("Step 1 of 10")).to_be_visible()
    settled(page)
    page.locator("input[type=radio]").first.check(force=True)
    settled(page)
    page.get_by_role("button", name="Send answer").click()
    expect(page.get_by_text("Question 2 of 3")).to_be_visible()
    page.goto("/me")
    settled(page)
    told = held(page)
    page.goto("/preview?module=M01&step=before")
    settled(page)
    page.locator("input[type=radio]").first.check(force=True)
    settled(page)
    page.get_by_role("button", name="Send answer").click()
    settled(page)
    page.goto("/me")
    settled(page)
    assert held(page) == told
    assert desk.complaints == []


def held(page):
    """What the page of what is kept says of her answers."""
    page.get_by_text("Every kind of data that is held on you").click()
    row = page.locator(".st-key-card-held tr", has_text="Your answers").first
    expect(row).to_be_visible()
    return row.inner_text()


def test_an_administrator_finds_a_person_and_the_look_is_logged(desk):
    page = desk.enter("Marek Novak")
    page.get_by_role("link", name="People").click()
    field = page.get_by_role("textbox").first
    field.fill("amira")
    field.press("Enter")
    expect(page.get_by_role("cell", name="amira.khan@fernleigh.example")).to_be_visible()
    settled(page)
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="Amira Khan").click()
    expect(page.get_by_role("heading", name="Amira Khan")).to_be_visible()
    expect(page).to_have_url(re.compile("person="))
    expect(page.get_by_role("heading", name="Training to take")).to_have_count(0)
    page.get_by_text("They asked me to").click(force=True)
    settled(page)
    page.get_by_role("button", name="Open the record").click()
    expect(page.get_by_role("heading", name="Training to take")).to_be_visible()
    page.get_by_role("link", name="Log").click()
    expect(page.get_by_role("cell", name="Amira Khan").first).to_be_visible()
    expect(page.get_by_role("cell", name="They asked me to").first).to_be_visible()
    expect(page.get_by_role("cell", name="Marek Novak").first).to_be_visible()
    assert desk.complaints == []
