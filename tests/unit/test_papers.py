"""Papers: nobody meets a variant twice while there is one left that she has not met."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from modules.course.files import bundle, module_from_bundle
from modules.progress import papers
from modules.progress.asked import form_items, item_of
from modules.progress.papers import TEST_OUT
from modules.progress.sheet import Answer, Sheet
from modules.settings import settings

MODULE = module_from_bundle(bundle(settings().content, "m01-why-share"), "en")
SEEDS = [f"person {n}" for n in range(30)]


def sit(form, number, seed, before):
    """An attempt begun after some others."""
    paper = papers.draw(MODULE, form, f"{seed}/{form}/{number}", papers.seen(before))
    return Sheet(form, number, f"{seed}/{form}/{number}", paper=paper)


def asked(sheet):
    """What everybody is asked in an attempt."""
    return [sheet.paper[slot][0] for slot in form_items(MODULE, sheet)]


def all_missed(sheet, tries=1):
    """The sheet with each critical item missed, and asked again so often in vain."""
    answers = {}
    for slot in sheet.paper:
        for n in range(1, tries + 1 if slot.startswith("again:") else 2):
            answers[slot, n] = Answer(slot, n, "item", {}, 0.0, False)
    return replace(sheet, answers=answers)


@pytest.mark.parametrize("seed", SEEDS)
def test_three_checks_a_test_out_and_the_delayed_ones_never_repeat_a_variant(seed):
    before = []
    for form, number in [
        ("practice", 1),
        (TEST_OUT, 1),
        ("check", 1),
        ("check", 2),
        ("check", 3),
        ("delayed-1", 1),
        ("delayed-2", 1),
    ]:
        before.append(all_missed(sit(form, number, seed, before)))
    met = Counter(variant for sheet in before for variant in asked(sheet))
    for sheet in before:
        met += Counter(sheet.paper[slot][0] for slot in sheet.paper if slot.startswith("again:"))
    assert max(met.values()) == 1


def test_forms_a_b_and_c_take_other_members_of_each_family():
    before = []
    for number in (1, 2, 3):
        before.append(sit("check", number, "x", before))
    families = [[MODULE.families[item] for item, _ in asked(sheet)] for sheet in before]
    assert families[0] == families[1] == families[2]


def test_a_test_out_asks_what_the_check_asks_and_nothing_again():
    sheet = sit(TEST_OUT, 1, "x", [])
    assert [MODULE.families[item] for item, _ in asked(sheet)] == [
        MODULE.families[item] for item in MODULE.forms["check"]
    ]
    assert not any(slot.startswith("again:") for slot in sheet.paper)


def test_each_critical_item_has_other_variants_of_its_family_ready():
    sheet = sit("check", 1, "x", [])
    for slot in form_items(MODULE, sheet):
        spares = sheet.paper.get(f"again:{slot}", ())
        assert bool(spares) == MODULE.question(slot).critical
        assert sheet.paper[slot][0] not in spares
        assert len(set(spares)) == len(spares)
        assert {MODULE.families[item] for item, _ in spares} <= {MODULE.families[slot]}


def test_when_a_family_is_used_up_the_variant_met_longest_ago_comes_back():
    before, met = [], []
    for number in range(1, 30):
        sheet = sit("check", number, "x", before)
        first = asked(sheet)[0]
        if first in met:
            assert first == met[0]
            return
        met.append(first)
        before.append(sheet)
    pytest.fail("the family never ended")


def test_items_kept_for_delayed_checks_are_in_no_other_form():
    kept = {item for items in MODULE.delayed.values() for item in items}
    assert len(kept) == 6
    for form in ("practice", "pre", "check", TEST_OUT):
        for number in range(1, 12):
            sheet = sit(form, number, "x", [])
            everything = {item for tries in sheet.paper.values() for item, _ in tries}
            assert not everything & kept


def test_two_learners_get_other_variants_and_other_orders():
    def shown(seed):
        sheet = sit("check", 1, seed, [])
        items = [item_of(MODULE, sheet, slot) for slot in form_items(MODULE, sheet)]
        return tuple(
            (item.stem, *(getattr(one, "id", "") for one in getattr(item, "options", ())))
            for item in items
        )

    assert len({shown(seed) for seed in SEEDS}) == len(SEEDS)


def test_two_learners_who_sit_side_by_side_are_seldom_asked_the_same_six():
    papers_of = [tuple(asked(sit("check", 1, seed, []))) for seed in SEEDS]
    assert len(set(papers_of)) > len(SEEDS) * 0.9
    for place in range(len(MODULE.forms["check"])):
        assert len({paper[place] for paper in papers_of}) > 1


def test_a_critical_item_missed_again_and_again_comes_on_every_other_variant_first():
    sheet = sit("check", 1, "x", [])
    for slot in form_items(MODULE, sheet):
        if MODULE.question(slot).critical:
            family = [slot, *MODULE.twins(slot)]
            kept = {one for items in MODULE.delayed.values() for one in items}
            every = [
                (item, key)
                for item in family
                if item not in kept
                for key in MODULE.question(item).variants()
            ]
            asked_again = sheet.paper[f"again:{slot}"]
            assert {sheet.paper[slot][0], *asked_again} == set(every)


def test_a_paper_comes_back_from_json_as_it_was():
    sheet = sit("check", 1, "x", [])
    assert papers.from_json(papers.as_json(sheet.paper)) == sheet.paper


def test_attempts_from_before_papers_count_by_their_answers():
    old = Sheet("check", 1, "x", {("M01-Q10", 1): Answer("M01-Q10", 1, "item", {})})
    assert papers.seen([old]) == {("M01-Q10", ""): 1}
