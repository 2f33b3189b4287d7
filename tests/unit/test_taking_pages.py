"""Pages of a document in a draft: screens in its lesson, with steps before the check."""

from __future__ import annotations

import pytest

from modules import words
from modules.basics import BadInput
from modules.course.files import module_from_bundle
from modules.course.files.own_records import registers, whole
from modules.course.model import Text
from modules.drafts import beginning
from modules.drafts.taking_pages import Wanted, taken
from modules.exchange.items.pages import Page
from tests.course import SHIPPED

SLUG = "m50-a-module"
WORD = "word " * 400


@pytest.fixture
def files():
    """A draft as it begins."""
    return beginning.template("M50", SLUG, "A module", words.of("en"))


def module_of(files, pages, **pictures):
    """The module with these pages taken."""
    made = taken(files, SLUG, pages, pictures=pictures).files
    return module_from_bundle(whole({**files, **made}, registers(SHIPPED)), "en"), made


def test_pages_become_screens_with_steps_before_the_check(files):
    pages = [
        Wanted(Page("Who may see it?", "slide 1", f"**All** of {WORD}")),
        Wanted(Page("Who may see it?", "slide 2", r"\{ask M01-Q03\}", spoken="Say *this*."), True),
        Wanted(Page("", "slide 3", "", spoken="Not this."), False),
    ]
    module, _ = module_of(files, pages)
    (sitting,) = module.sittings
    assert [one.id for one in sitting.steps] == [
        "reading",
        "who-may-see-it",
        "who-may-see-it-2",
        "slide-3",
        "check",
        "aid",
    ]
    assert [one.minutes for one in sitting.steps[1:4]] == [2, 1, 1]
    assert (sitting.minutes, module.minutes) == (9, 9)
    screens = module.screens
    assert screens["who-may-see-it-2"].parts == (Text("\\{ask M01-Q03\\}\n\nSay *this*."),)
    assert screens["slide-3"].title == "slide 3"


def test_what_parts_screens_in_a_page_parts_nothing(files):
    module, _ = module_of(files, [Wanted(Page("One", "1", "a\n\n---\n\n## {#b} Two\n\nb"))])
    assert list(module.screens) == ["reading", "one"]


def test_pictures_come_along_on_lines_of_their_own(files):
    page = Page("Plan", "1", "See ![A plan](plan.png) here.", ("plan.png",))
    made = taken(files, SLUG, [Wanted(page)], pictures={"plan.png": "1" * 64}).files
    assert made[f"{SLUG}/pictures/plan.png"] == "sha256:" + "1" * 64
    assert "See\n\n![A plan](pictures/plan.png)\n\nhere." in made[f"{SLUG}/lesson.en.md"]


def test_a_draft_without_a_sitting_is_told_so(files):
    broken = {**files, f"{SLUG}/module.yaml": "id: M50\nlanguages: [en]\nsittings: []\n"}
    with pytest.raises(BadInput, match="no sitting"):
        taken(broken, SLUG, [Wanted(Page("One", "1", "a"))], pictures={})
