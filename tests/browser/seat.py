"""Takes somebody by actions, not by clicks, to the question of a kind, and looks what is marked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, Page
from sqlalchemy import select, update
from sqlmodel import Session

from db import engine as doors
from db import sign_ins
from db.tables import Answer, Attempt, core
from modules import access
from modules.course.model import Ask
from modules.progress import papers
from modules.questions import QUESTION_TYPES
from tests.browser.conftest import Desk, settled
from tests.browser.thumb import Thumb
from tests.walk import Walk

# What can be marked in a question, and whether it is; how sure one is and the button are not it.
MARKED = """key => [...document.querySelectorAll(`.st-key-card-${key} :is(input,textarea,
    [role=radio],[role=checkbox],[role=option],[role=combobox],button)`)]
  .filter(one => !one.closest('[class*="-sure"],[class*="-send"]'))
  .map(one => one.matches('[type=text],textarea') ? one.value
    : one.matches('[type=radio],[type=checkbox]') ? one.checked
    : one.matches('[role=combobox]') ? one.value ?? one.innerText
    : [one.getAttribute('aria-checked'), one.getAttribute('aria-pressed')].join())"""


class Seat(NamedTuple):
    """Somebody before a question: where it is, and how its widgets are called."""

    token: str
    viewer: access.Viewer
    address: str
    slot: str
    key: str
    button: str

    def sit(self, desk: Desk, context_of: Page | None = None) -> Page:
        """Open the question."""
        page = context_of.context.new_page() if context_of else desk.holding(self.token)
        page.goto(self.address)
        return self.drawn(page)

    def drawn(self, page: Page) -> Page:
        """Wait until the question stands there, its button last."""
        self.card(page).get_by_role("button", name=self.button).wait_for()
        return settled(page)

    def card(self, page: Page):
        """The question on the page."""
        return page.locator(f".st-key-card-{self.key}")

    def marked(self, page: Page) -> list:
        """What is chosen and typed, in order."""
        return page.evaluate(MARKED, self.key)

    def mark(self, page: Page, place: int = 0) -> None:
        """Choose or type everything that this question needs before it can be checked."""
        card = self.card(page)
        groups = card.locator('[role=radiogroup]:not([class*="-sure"] *)')
        number = 0
        while number < groups.count():
            options = groups.nth(number).locator("input[type=radio], button")
            one = options.nth((place + number) % options.count())
            one.click(force=True)
            settled(page)
            number += 1
        boxes = card.locator("input[type=checkbox]")
        if boxes.count():
            boxes.nth(place).check(force=True)
            settled(page)
        selects = card.locator("[data-testid=stSelectbox]")
        if selects.count():
            Thumb(page).open(selects.first)
            page.get_by_role("option").nth(place + 1).click()
            settled(page)
        self.write(page, str(201 + place))

    def fields(self, page: Page) -> Locator:
        """What can be typed into."""
        return self.card(page).locator(".sw-typed-input")

    def write(self, page: Page, text: str) -> None:
        """Type the same into every field, key by key."""
        for field in self.fields(page).all():
            field.fill("")
            field.press_sequentially(text)

    def rest(self, page: Page, text: str) -> Locator:
        """Type into every field but the first, which is given."""
        first, *others = self.fields(page).all()
        for field in others:
            field.fill(text)
            field.blur()
        settled(page)
        return first


KINDS = sorted(QUESTION_TYPES)


@contextmanager
def at_database(url: str) -> Iterator[None]:
    """Let actions of this process work on a server's database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        doors.engine.cache_clear()
        try:
            yield
        finally:
            doors.engine().dispose()
            doors.engine.cache_clear()


class Somebody:
    """What `Walk` wants of a world."""

    def __init__(self, viewer: access.Viewer) -> None:
        self._viewer, self.now = viewer, datetime.now(UTC) - timedelta(hours=1)

    def viewer(self, _who: str) -> access.Viewer:
        """Who walks."""
        return self._viewer


def viewer_of(token: str) -> access.Viewer:
    """Whom a cookie belongs to; inside `at_database`."""
    with doors.reading() as session:
        found = access.by_token(session, token_hash=sign_ins.hash_of(token), now=datetime.now(UTC))
    assert found is not None
    return found


def seat(desk: Desk, kind: str) -> Seat:
    """Somebody new, before a question of this kind on the first screen of M01.

    Her paper has an item of that kind in the first slot, whichever one the lesson asks there.
    """
    token, _ = desk.token()
    with at_database(desk.server.database_url):
        viewer = viewer_of(token)
        walk = Walk(Somebody(viewer)).begin()
        before, step = walk.module.steps[:2]
        walk.step(before)
        slot = next(p.item for p in walk.module.screens[step.id].parts if isinstance(p, Ask))
        asked = next(one for one in walk.module.questions.values() if one.kind == kind)
        practice = walk.journey.practice
        paper = papers.as_json({**practice.paper, slot: ((asked.id, asked.variants()[0]),)})
        with doors.writing() as session:
            session.connection().execute(
                update(core(Attempt))
                .where(core(Attempt).c.id == walk.opened.attempt(practice))
                .values(paper=paper)
            )
    address, key = f"/lesson?module=M01&step={step.id}", f"{practice.seed[:8]}-{slot}-1"
    return Seat(token, viewer, address, slot, key, "Check answer")


def says(response: dict, text: str) -> bool:
    """Whether an answer is this text: in every gap, or as a number."""
    held = response["gaps"].values() if "gaps" in response else [f"{response['value']:g}"]
    return set(held) == {text}


def recorded(desk: Desk, seat: Seat) -> list[dict]:
    """The answers that stand to this question: one, or something was lost or doubled."""
    attempt, answer = core(Attempt).c, core(Answer).c
    with Session(desk.engine) as session:
        rows = session.connection().execute(
            select(answer.response)
            .join(core(Attempt), attempt.id == answer.attempt_id)
            .where(attempt.person_id == seat.viewer.person_id, answer.slot == seat.slot)
        )
        return [dict(row) for row in rows.scalars()]
