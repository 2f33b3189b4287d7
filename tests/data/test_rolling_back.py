"""A roll-back that takes a changed rule back: those who learned it are asked, and nobody else."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from db.engine import reading
from db.people import PERSON
from db.tables import Refresher, core
from modules import refreshing
from modules.basics import BadInput
from modules.drafts import rolling
from modules.learn import refresh
from tests.data.studio import HEAD, LESSON, Studio
from tests.reviewing import Learner

WORD = ("Ask for the answer first.", "Ask for the answer, and only then for data.")
SAYS = "Asking for data at once is fine again."


@pytest.fixture
def studio(world):
    return Studio(world)


@pytest.fixture
def amira(world):
    """Somebody who completed 1.2.0, as others did."""
    return Learner(world).complete()


def change(studio, kind, **more):
    """Publish another state of M01 as a kind of change."""
    studio.begin()
    studio.write(*WORD) if WORD[0] in studio.files()[LESSON] else studio.write(*reversed(WORD))
    return studio.through(kind=kind, **more)


def back(studio, number, **more):
    named = {"by_name": studio.who("priya").name, "module": "M01", "number": number, **more}
    return studio.do(rolling.back, **named)


def open_ones(version):
    """Who still has to redo the changed part of a version."""
    table = core(Refresher).c
    query = (
        select(PERSON.email)
        .join(core(Refresher), table.person_id == PERSON.id)
        .where(table.version == version, table.done_at.is_(None))
    )
    with reading() as session:
        return [one.partition("@")[0] for one in session.connection().execute(query).scalars()]


def redo(learner):
    learner.do(refresh.begin, module="M01")
    with reading() as session:
        of = refresh.changed(session, learner.viewer, module="M01", now=learner.now).quiz
    for slot in of.left:
        learner.reply(of, slot)


def news(learner):
    with reading() as session:
        return refresh.news(session, learner.viewer, now=learner.now)


def far_on(studio, learner):
    """Whatever the studio does from now on comes after the learner's completion."""
    studio.minutes = int((learner.now - studio.world.now).total_seconds() // 60) + 60
    learner.now = studio.now


def test_who_learned_a_rule_that_is_taken_back_redoes_it_and_nobody_else(studio, amira):
    far_on(studio, amira)
    change(studio, "rule", says="Ask first.", parts=("M01-Q10",))
    assert len(open_ones("2.0.0")) > 10
    amira.now = studio.now
    redo(amira)
    assert "amira.khan" not in open_ones("2.0.0")
    made = back(studio, 1, says=SAYS)
    assert (made.version, made.change, made.repeats) == ("3.0.0", "rule", 1)
    assert open_ones("2.0.0") == [] and open_ones("3.0.0") == ["amira.khan"]
    files = studio.bodies()
    assert WORD[0] in files[LESSON] and 'version: "3.0.0"' in files[HEAD]
    with pytest.raises(BadInput, match="says the same"):
        back(studio, 1, says=SAYS)
    assert SAYS in files[HEAD] and "since: 2.0.0" in files[HEAD] and "Ask first." not in files[HEAD]
    [told] = news(amira)
    assert told.change.says == SAYS and told.change.parts == ("M01-Q10",)
    amira.now = studio.now
    redo(amira)
    assert open_ones("3.0.0") == []


def test_to_publish_the_rule_once_more_asks_those_who_have_not_learned_it(studio, amira):
    far_on(studio, amira)
    change(studio, "rule", says="Ask first.", parts=("M01-Q10",))
    everybody = len(open_ones("2.0.0"))
    back(studio, 1, says=SAYS)
    assert open_ones("3.0.0") == []  # nobody had learned it
    made = back(studio, 2, says="Ask first, after all.")
    assert (made.version, made.change) == ("4.0.0", "rule")
    assert len(open_ones("2.0.0")) == everybody and open_ones("4.0.0") == []


def test_the_kind_is_the_strongest_one_that_is_taken_back_and_another_can_be_chosen(studio, world):
    first = studio.live()
    change(studio, "wording")
    assert back(studio, 1).change == "wording"
    assert (studio.live().sha256, studio.live().version) == (first.sha256, "1.2.0")
    change(studio, "rule", says="Ask first.", parts=("M01-Q10",))
    change(studio, "clarification", says="Ask before.")
    with pytest.raises(BadInput, match="one sentence"):
        back(studio, 1)
    with pytest.raises(BadInput, match="no kind of change"):
        back(studio, 1, kind="x", says=SAYS)
    told = back(studio, 1, kind="clarification", says=SAYS)
    assert (told.change, told.version) == ("clarification", "2.2.0")
    assert open_ones("2.2.0") == []
    assert back(studio, 5, kind="wording").change == "wording"
    assert studio.live().version == "2.1.0"


def test_a_clarification_that_is_taken_back_is_told_to_who_met_it(studio, amira):
    far_on(studio, amira)
    change(studio, "clarification", says="Ask before.")
    amira.now = studio.now
    [seen] = news(amira)
    other = Learner(studio.world, "ben")
    assert seen.change.version == "1.3.0"
    amira.do(refresh.saw, module="M01")
    back(studio, 1, says=SAYS)
    amira.now = other.now = studio.now
    assert [one.change.says for one in news(amira)] == [SAYS]
    assert not [one for one in news(other) if one.change.says == SAYS]


def test_no_row_is_written_twice_by_looking_again(studio, amira):
    far_on(studio, amira)
    change(studio, "rule", says="Ask first.", parts=("M01-Q10",))
    amira.now = studio.now
    redo(amira)
    back(studio, 1, says=SAYS)
    with reading() as session:
        count = select(func.count()).select_from(core(Refresher))
        before = session.connection().execute(count).scalar_one()
    assert studio.do(lambda session, by, **more: refreshing.sweep(session, **more)) == 0
    with reading() as session:
        assert session.connection().execute(count).scalar_one() == before
