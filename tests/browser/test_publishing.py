"""From a draft to a learner and back, by three people in three browsers."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from sqlmodel import Session

from db import drafts, revisions
from modules import access, words
from modules.author import drafting, publishing
from tests.browser.conftest import settled
from tests.browser.test_pages import check

SAY = words.of("en")
MODULE, LESSON = "M50", "m50-shared-inbox/lesson.en.md"
WORD = "You can keep a shared inbox useful"


def written(desk, promise):
    """A draft in which Priya says the promise otherwise; its id, and what is live before."""
    now = datetime.now(UTC)
    with Session(desk.engine) as session:
        session.connection(execution_options={"writes": True})
        priya = access.by_email(session, email="priya.nair@fernleigh.example", now=now)
        live = revisions.latest(session, org_id=priya.org_id)[MODULE]
        for left in drafts.open_ones(session, org_id=priya.org_id):  # of a try that failed
            if left.module == MODULE:
                publishing.drop(session, priya, id=left.id, now=now)
        id = drafting.edit(session, priya, module=MODULE, now=now)
        text = drafts.files(session, org_id=priya.org_id, id=id)[LESSON].body
        new = re.sub(r'promise: ".*"', f'promise: "{promise}."', text)
        changed = {"base": text, "text": new, "place": "promise"}
        drafting.save(session, priya, id=id, path=LESSON, **changed, now=now)
        session.commit()
    return id, live.number


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    return settled(page)


def said(page, key):
    expect(page.get_by_text(SAY(key))).to_be_visible()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_draft_is_reviewed_published_learned_and_taken_back(desk, dark):
    promise = f"You can keep an inbox that many read useful {'by night' if dark else 'by day'}"
    id, before = written(desk, promise)
    address, wrong = f"/publish?draft={id}", []

    priya = desk.enter("Priya Nair", dark=dark)
    desk.open(priya, address)
    priya.get_by_text(SAY("change.clarification")).click()
    settled(priya)
    priya.get_by_label(SAY("change.says")).fill("An inbox is useful while few read each letter.")
    press(priya, SAY("change.keep"))
    said(priya, "publish.said.say_change")
    expect(priya.locator(".sw-diff-read ins").first).to_be_visible()
    press(priya, SAY("publish.ask"))
    said(priya, "publish.said.ask")
    wrong += check(desk, priya, "publish, asked")

    samir = desk.enter("Samir Haddad", dark=dark)
    desk.open(samir, address)
    samir.get_by_role("link", name=SAY("publish.read")).click()
    samir.wait_for_url("**/edit?**")
    expect(
        samir.get_by_role("heading", name="Read: The inbox that everybody reads")
    ).to_be_visible()
    expect(settled(samir).get_by_text(promise).first).to_be_visible()
    samir.get_by_label(SAY("studio.comment_part")).fill("Which inbox is meant?")
    press(samir, SAY("publish.comment_do"))
    expect(samir.get_by_text("Which inbox is meant?").first).to_be_visible()
    wrong += check(desk, samir, "reading a draft")
    samir.get_by_role("link", name=re.compile(SAY("going.to_draft"))).click()
    samir.wait_for_url("**/publish?**")
    settled(samir)
    press(samir, SAY("publish.approve"))
    expect(samir.get_by_text("1 comment is open")).to_be_visible()
    samir.get_by_text(SAY("publish.approve_with_comments")).click()
    settled(samir)
    wrong += check(desk, samir, "publish, approving")
    press(samir, SAY("publish.approve"))
    said(samir, "publish.said.approve")

    desk.open(priya, address)
    press(priya, SAY("publish.settle"))
    said(priya, "publish.said.settle")
    press(priya, f"{SAY('publish.do')}")
    said(priya, "publish.said.publish")

    token, _ = desk.token()
    learner = desk.holding(token, dark=dark)
    desk.open(learner, f"/lesson?module={MODULE}")
    expect(learner.get_by_text(promise)).to_be_visible()

    desk.open(priya, f"/versions?module={MODULE}")
    wrong += check(desk, priya, "versions")
    card = priya.locator(f".st-key-card-revision-{before}")
    card.get_by_role("button", name=SAY("versions.back")).click()
    expect(priya.get_by_role("radio", name=SAY("versions.back_clarification"))).to_be_checked()
    wrong += check(desk, priya, "versions, going back")
    if not priya.get_by_role("button", name=SAY("versions.back_yes")).is_visible():
        card.get_by_role("button", name=SAY("versions.back")).click()
    press(priya, SAY("versions.back_yes"))
    said_back = SAY("versions.said_back", n=before)
    expect(priya.get_by_text(said_back)).to_be_visible()

    desk.open(learner, f"/lesson?module={MODULE}")
    expect(learner.get_by_text(WORD)).to_be_visible()
    assert wrong + desk.complaints == []
