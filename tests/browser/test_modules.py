"""Every module that ships, on its own pages: its labs, its story, a screen, its job aid."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from modules.course.files import bundle, module_from_bundle, read_course
from modules.course.model import Ask
from modules.pictured import Placed
from tests.browser.conftest import Desk, settled
from tests.browser.test_pages import NARROW, check
from tests.course import SETTING, SHIPPED
from tests.server import Server, seed

WRITTEN = [card for card in read_course(SHIPPED).modules if not card.planned]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Steward with all its modules, for a small body."""
    path = tmp_path_factory.mktemp("modules") / "steward.db"
    content = {SETTING: str(SHIPPED)}
    with Server(seed(f"sqlite:///{path}", people=120, **content), **content) as made:
        yield made


@pytest.fixture
def trainer(browser, whole):
    """A trainer's pages; closed again."""
    made = Desk(browser, whole)
    yield made
    for context in made.contexts:
        context.close()
    made.engine.dispose()


def steps_to_see(card):
    """Each lab, the story, the job aid, the screen that asks most, with a quote, with a picture."""
    module = module_from_bundle(bundle(SHIPPED, card.slug), "en")
    asks = {
        step.id: sum(isinstance(part, Ask) for part in module.screens[step.id].parts)
        for step in module.steps
        if step.kind == "screen"
    }
    quotes = [
        id_
        for id_ in asks
        if any("\n> “" in f"\n{getattr(p, 'markdown', '')}" for p in module.screens[id_].parts)
    ]
    shown = [id_ for id_ in asks if any(isinstance(p, Placed) for p in module.screens[id_].parts)]
    told = [step.id for step in module.steps if step.kind in ("lab", "scenario", "aid")]
    most = max(asks, key=lambda id_: asks[id_])
    return list(dict.fromkeys([most, *quotes[:1], *shown, *told]))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("card", WRITTEN, ids=[card.id for card in WRITTEN])
def test_a_module_is_accessible_whole_and_quiet(trainer, card, dark):
    page = trainer.enter("Priya Nair", dark=dark)
    wrong = []
    for step in steps_to_see(card):
        trainer.open(page, f"/preview?module={card.id}&step={step}")
        expect(page.get_by_role("heading").first).to_be_visible()
        assert page.get_by_text("Something broke on our side").count() == 0, step
        wrong += check(trainer, settled(page), f"{card.id} {step}")
    assert wrong + trainer.complaints == []


# By how much the widest table of the page sticks out of its text.
STICKS_OUT = """() => Math.max(...[
  ...document.querySelectorAll('.st-key-page [data-testid=stMarkdownContainer] table'),
].map(one => one.offsetWidth - one.parentElement.clientWidth))"""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("card", WRITTEN, ids=[card.id for card in WRITTEN])
def test_no_table_of_a_lesson_is_wider_than_a_phone(trainer, card):
    page = trainer.enter("Priya Nair", width=NARROW)
    module = module_from_bundle(bundle(SHIPPED, card.slug), "en")
    for id_, screen in module.screens.items():
        if any("\n|" in f"\n{getattr(part, 'markdown', '')}" for part in screen.parts):
            trainer.open(page, f"/preview?module={card.id}&step={id_}")
            expect(page.get_by_role("table").first).to_be_visible()
            assert settled(page).evaluate(STICKS_OUT) <= 0, id_
