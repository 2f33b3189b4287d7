"""A learner's way through the module in a browser, question by question, with either hand."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Protocol

from playwright.sync_api import Locator, Page, expect

from db import engine as doors
from db import sign_ins
from modules import access
from modules.basics import seed_for
from modules.course.model import Ask, Step
from modules.labs import LABS
from modules.progress.asked import form_items, item_of
from modules.questions import Item
from modules.scenarios import Ending, Path, at, choose, offered, place
from tests.browser.conftest import Desk, settled
from tests.browser.keys import flat
from tests.browser.seat import Somebody, at_database
from tests.walk import GOOD, MODULE, Walk

PLACED = "[data-sw-place='{}']"


class Hand(Protocol):
    """What a learner does to a page. Widgets go by their keys, choices by their places."""

    page: Page

    def radio(self, key: str, place: int) -> None: ...
    def pill(self, key: str, place: int) -> None: ...
    def tick(self, key: str) -> None: ...
    def select(self, key: str, text: str) -> None: ...
    def write(self, key: str, text: str) -> None: ...
    def act(self, name: str) -> None: ...


def place_of(id_: str, parts: Any) -> int:
    """Where the part of that id stands."""
    return [one.id for one in parts].index(id_)


def single_choice(hand: Hand, key: str, item: Any, response: Any) -> None:
    hand.radio(f"{key}/choice", place_of(response["choice"], item.options))


def multiple_choice(hand: Hand, key: str, item: Any, response: Any) -> None:
    for option in item.options:
        if option.id in response["choices"]:
            hand.tick(f"{key}/{option.id}")


def numeric(hand: Hand, key: str, _item: Any, response: Any) -> None:
    hand.write(f"{key}/value", f"{response['value']:.9g}")


def ordering(hand: Hand, key: str, item: Any, response: Any) -> None:
    for step in item.steps:
        hand.pill(f"{key}/{step.id}", response["order"].index(step.id))


def matching(hand: Hand, key: str, item: Any, response: Any) -> None:
    for left in item.left:
        hand.pill(f"{key}/{left.id}", place_of(response["pairs"][left.id], item.right))


def fill_in(hand: Hand, key: str, item: Any, response: Any) -> None:
    for gap in item.gaps:
        hand.write(f"{key}/{gap.id}", response["gaps"][gap.id])


def places(hand: Hand, key: str, item: Any, response: Any) -> None:
    for one in item.places:
        if one.id in response[item.FIELD]:
            hand.tick(f"{key}/{one.id}")


def spot_problem(hand: Hand, key: str, item: Any, response: Any) -> None:
    names = {kind.id: flat(kind.text) for kind in item.question.problems}
    for row in item.rows:
        if row.id in response["marks"]:
            hand.select(f"{key}/{row.id}", names[response["marks"][row.id]])


def judgement(hand: Hand, key: str, item: Any, response: Any) -> None:
    hand.radio(f"{key}/choice", place_of(response["choice"], item.choices))
    hand.radio(f"{key}/reason", place_of(response["reason"], item.reasons))


ANSWERS: dict[str, Callable[[Hand, str, Any, Any], None]] = {
    "single_choice": single_choice,
    "multiple_choice": multiple_choice,
    "numeric": numeric,
    "ordering": ordering,
    "matching": matching,
    "fill_in": fill_in,
    "hotspot": places,
    "redaction": places,
    "spot_problem": spot_problem,
    "judgement": judgement,
}


class Way:
    """One learner in front of a page. What is asked of her is read from the server's database.

    ``look`` is called with the kind of thing that the page shows, wherever it shows another.
    """

    def __init__(self, hand: Hand, walk: Walk, look: Callable[[str], None] = lambda _: None):
        self.hand, self.walk, self.look = hand, walk, look
        self.page = hand.page

    def at(self, where: str) -> None:
        """Wait until the page shows this place."""
        self.page.locator(PLACED.format(where)).wait_for(state="attached")
        settled(self.page)

    def asked(self, form: str, slot: str, try_number: int = 1) -> tuple[str, Item]:
        """The stem of the widgets of a question, and the question as this learner gets it."""
        sheet = self.walk.journey.sheet(form)
        key = f"{sheet.seed[:8]}-{slot}-{try_number}".replace(":", "-")
        return key, item_of(self.walk.module, sheet, slot, try_number)

    def answer(self, form: str, slot: str, button: str, *, wrong: bool = False) -> Locator:
        """Answer a question and wait until it is recorded; gives the card that may tell more."""
        key, item = self.asked(form, slot)
        card = self.page.locator(f".st-key-card-{key}")
        expect(card).to_be_visible()
        self.look(f"a question of kind {item.question.kind}")
        response = item.sample(random.Random(slot))[wrong]
        ANSWERS[item.question.kind](self.hand, f"{key}/part", item, response)
        self.send(button, card)
        settled(self.page)
        given = self.walk.journey.sheet(form).answer(slot)
        assert given is not None
        assert given.correct is not wrong, (slot, item.question.kind, given.response)
        return self.page.locator(f".st-key-card-{key}-told")

    def send(self, button: str, gone: Locator) -> None:
        """Press a button until what stands above it is gone: a redraw may swallow a key."""
        for _ in range(3):
            self.hand.act(button)
            with contextlib.suppress(AssertionError):
                expect(gone).to_have_count(0, timeout=10_000)
                return
        expect(gone).to_have_count(0)

    def step(self, step: Step) -> None:
        """Everything that a step asks, right. Ends where one can go on."""
        self.at(f"{step.id}/1/0" if step.kind == "scenario" else step.id)
        if step.kind == "questions":
            self.form(step.form)
        elif step.kind == "screen":
            for part in self.walk.module.screens[step.id].parts:
                if isinstance(part, Ask):
                    told = self.answer("practice", part.item, "Check answer")
                    expect(told.get_by_role("heading", name="Right", level=3)).to_be_visible()
                    self.look("feedback")
        elif step.kind == "scenario":
            self.story(step)
        elif step.kind == "lab":
            self.lab(step)
        self.look(f"the end of a step of kind {step.kind}")

    def form(self, form: str) -> None:
        """Every question of a form, one after another."""
        expect(self.page.get_by_text("Question 1 of")).to_be_visible()
        items = form_items(self.walk.module, self.walk.journey.sheet(form))
        for number, slot in enumerate(items, 1):
            told = self.page.get_by_text(f"Question {number} of {len(items)}").first
            expect(told).to_be_visible()
            self.answer(form, slot, "Send answer")

    def story(self, step: Step) -> None:
        """Each decision with a reason, along the road that ends well; then its map."""
        scenario, path = self.walk.module.scenario, Path()
        key = f"{self.walk.journey.practice.seed[:8]}-scenario-{step.id}"
        for number, choice in enumerate(GOOD):
            self.at(f"{step.id}/1/{number}")
            self.look("a decision")
            node = at(scenario, path)
            stem = f"{key}/{number}/{place(scenario, path)}"
            self.hand.radio(stem, place_of(choice, offered(scenario, path)))
            reason = node.reasons[-1].id
            self.hand.radio(f"{stem}/why", place_of(reason, node.reasons))
            self.send("Decide", self.page.locator(PLACED.format(f"{step.id}/1/{number}")))
            path = choose(scenario, path, choice, reason)
        self.at(f"{step.id}/1/{len(GOOD)}")
        ending = at(scenario, path)
        assert isinstance(ending, Ending)
        expect(self.page.get_by_role("heading", name=flat(ending.title)).first).to_be_visible()
        expect(self.page.get_by_role("heading", name="The roads of this story")).to_be_visible()
        kept = self.walk.journey.practice.answer(f"scenario:{step.id}:{len(GOOD)}")
        assert kept.response["reason"] == reason

    def lab(self, step: Step) -> None:
        """Solve the lab, one headline a page."""
        given = self.walk.module.lab_of(step.id)
        lab, options = LABS[given.name], given.options
        practice = self.walk.journey.practice
        solved = lab.solve(lab.start(options, seed_for(practice.seed, f"lab:{step.id}")))
        lists = {tag: list(names) for tag, names in options.lists().items()}
        many = len(options.headlines)
        for number, headline in enumerate(solved.in_order(), 1):
            title = f"Headline {number} of {many}"
            expect(self.page.get_by_role("heading", name=title)).to_be_visible()
            key = f"{practice.seed[:8]}-lab-{step.id}/{headline.id}"
            marks = solved.marks[headline.id]
            for tag in ("base", "date"):
                self.hand.radio(f"{key}/{tag}", lists[tag].index(getattr(marks, tag)))
            self.hand.pill(f"{key}/evidence", list(options.evidence).index(marks.evidence))
            self.hand.pill(f"{key}/wording", 0 if marks.safe else 1)
            if headline.repair:
                self.hand.write(f"{key}/repair", marks.repair)
            self.look("the lab")
            if number < many:
                self.hand.act("Next headline")
        self.send("Hand in", self.page.get_by_role("button", name="Hand in"))
        assert self.walk.journey.practice.tries(f"lab:{step.id}")[-1].correct

    def onward(self, step: Step) -> None:
        """Continue; at the end of a part also over its last page."""
        left = self.page.locator("[data-sw-place]").get_attribute("data-sw-place")
        self.send("Continue", self.page.locator(PLACED.format(left)))
        sitting = self.walk.journey.sitting_ends(step)
        if sitting is None:
            return
        self.at(sitting.id)
        expect(self.page.get_by_role("heading", name="is done")).to_be_visible()
        self.look("the end of a part")
        self.hand.act("Finish" if sitting.id == self.walk.journey.sittings[-1].id else "Go on")


@contextmanager
def learner(desk: Desk, token: str, module: str = MODULE) -> Iterator[Walk]:
    """Who holds this token, over the server's own database."""
    with at_database(desk.server.database_url):
        with doors.reading() as session:
            hashed = sign_ins.hash_of(token)
            viewer = access.by_token(session, token_hash=hashed, now=datetime.now(UTC))
        assert viewer is not None
        yield Walk(Somebody(viewer), name=module)
