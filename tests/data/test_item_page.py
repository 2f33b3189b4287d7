"""What trainers see of how questions did: who may, the table and its CSV, and nobody's name."""

from __future__ import annotations

import csv
import io

import pytest

from db import content_reports
from db.engine import reading, writing
from modules import words
from modules.author import item_words, items
from modules.basics import BadInput, Denied
from modules.progress.item_telling import Range
from tests.data.analysed import ITEM, Crowd, count
from tests.world import MODULE, NOW

SAY = words.of("en")


@pytest.fixture
def crowd(world):
    return Crowd(world)


def fill(crowd, people=30):
    question = crowd.module.question(ITEM)
    key = next(one.id for one in question.options if one.key)
    wrong = next(one.id for one in question.options if not one.key)
    for place, person in enumerate(crowd.more(people)):
        right = place % 4 == 0
        picked = {ITEM: key if right else wrong}
        sheet = crowd.sheet(right, (1, 1, 1, 1, place % 4 < 2))
        crowd.check(person, sheet, picks=picked, confidence=1)


def seen(world, who="priya", module=MODULE):
    with reading() as session:
        return items.seen(session, world.viewer(who), module=module)


@pytest.mark.parametrize("who", ["tom", "amira", "grace", "marek", "olga"])
def test_neither_managers_nor_leads_nor_another_organisation_see_it(world, crowd, who):
    fill(crowd)
    count()
    with pytest.raises(Denied):
        seen(world, who)


def test_a_trainer_of_another_organisation_sees_her_own_and_nothing_of_this_one(world, crowd):
    fill(crowd)
    count()
    from db.engine import insert_many
    from db.tables import RoleGrant, new_id

    olga = world.viewer("olga")
    with writing() as session:
        grant = {
            "org_id": olga.org_id, "id": new_id(), "person_id": olga.person_id, "role": "trainer",
            "granted_at": NOW,
        }  # fmt: skip
        insert_many(session, RoleGrant, [grant])
    found = seen(world, "olga")
    assert found.analysis.items == ()
    assert found.pressing == ()


def test_what_presses_comes_first_with_what_was_found(world, crowd):
    fill(crowd)
    count()
    found = seen(world)
    assert found.pressing[0].id == ITEM
    assert found.pressing[0].flags[0] == "too-hard"
    assert "sure-but-wrong" in found.pressing[0].flags
    assert {one.flags for one in found.easy} == {("too-easy",)}
    assert found.modules[MODULE] == found.analysis.module.title


def test_the_csv_is_the_table_cell_by_cell(world, crowd):
    fill(crowd)
    count()
    found = seen(world).analysis.items
    table, head = item_words.rows(found, SAY), item_words.header(SAY)
    text = item_words.as_csv(head, table)
    assert list(csv.reader(io.StringIO(text))) == [head, *table]
    row = next(row for row in table if row[0] == ITEM)
    assert row[1:4] == ["check", "30", "27%"]


def test_a_cell_that_a_spreadsheet_would_calculate_is_kept_from_it():
    text = item_words.as_csv(["x"], [["=1+1"], ["-12"], ["-1+1"]])
    assert [row[0] for row in csv.reader(io.StringIO(text))][1:] == ["'=1+1", "-12", "'-1+1"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (Range(0.62, 0.62), "62%"),
        (Range(0, 1 / 300), "at most 1%"),
        (Range(29 / 30, 1), "at least 96%"),
        (Range(0.31, 0.333), "31% to 34%"),
    ],
)
def test_a_range_is_said_such_that_it_holds_what_it_tells(told, said):
    assert item_words.share(told, SAY) == said


def test_nobody_is_named_and_reports_are_counted_for_who_may_answer_them(world, crowd):
    fill(crowd)
    count()
    viewer = world.viewer("amira")
    with writing() as session:
        for _ in range(2):
            content_reports.record(
                session, org_id=viewer.org_id, person_id=viewer.person_id, module=MODULE,
                revision_id=None, place="step/flood-list", reason="wrong", text="", now=NOW,
            )  # fmt: skip
    found = seen(world)
    assert found.reports == {"step/flood-list": 2}
    told = repr(found.analysis.items) + repr(found.analysis.objectives)
    assert "Somebody" not in told
    assert not any(str(one) in told for one in crowd.people)


def test_before_the_first_count_and_for_an_unknown_module_it_says_so(world, crowd):
    fill(crowd)
    found = seen(world)
    assert found.analysis.counted_at is None
    assert found.analysis.items == ()
    with pytest.raises(BadInput, match="no such module"):
        seen(world, module="M99")
