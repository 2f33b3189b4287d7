"""A draft in the database: saved, merged, undone, and never overwritten."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import drafts
from db.engine import reading, writing
from modules.basics import BadInput
from modules.drafts import writing as steps
from modules.drafts.writing import Overtaken

START = {"m50-x/lesson.en.md": "one\ntwo\nthree\n", "m50-x/module.yaml": "id: M50\n"}
LESSON = "m50-x/lesson.en.md"


class Pen:
    """Somebody who writes on one draft, and the clock."""

    def __init__(self, world, id):
        self.world, self.id, self.minute, self.seconds = world, id, 0, 0

    def save(self, text, *, who="priya", base=None, path=LESSON, place=""):
        self.minute += 1
        with writing() as session:
            viewer = self.world.viewer(who)
            known = self.files().get(path) if base is None else base
            return steps.save(
                session,
                org_id=viewer.org_id,
                id=self.id,
                path=path,
                base=known,
                text=text,
                by=viewer.person_id,
                now=self.now,
                place=place,
            )

    @property
    def now(self):
        return self.world.now + timedelta(minutes=self.minute, seconds=self.seconds)

    def do(self, verb, *, who="priya", **more):
        self.seconds += 1  # what is written in one moment is undone in one
        with writing() as session:
            viewer = self.world.viewer(who)
            given = {"org_id": viewer.org_id, "id": self.id, "by": viewer.person_id}
            return verb(session, **given, now=self.now, **more)

    def files(self):
        with reading() as session:
            org = self.world.viewer("priya").org_id
            found = drafts.files(session, org_id=org, id=self.id)
        return {path: one.body for path, one in found.items()}

    def steps(self):
        with reading() as session:
            return drafts.steps(session, org_id=self.world.viewer("priya").org_id, id=self.id)


def begun(world):
    viewer = world.viewer("priya")
    with writing() as session:
        id = drafts.begin(
            session,
            org_id=viewer.org_id,
            module="M50",
            slug="m50-x",
            base_id=None,
            files=START,
            by=viewer.person_id,
            now=world.now,
        )
    return Pen(world, id)


@pytest.fixture
def pen(world):
    return begun(world)


def test_what_is_saved_stands_and_its_step_is_in_the_history(pen):
    pen.save("one\nTWO\nthree\n", place="screen")
    assert pen.files()[LESSON] == "one\nTWO\nthree\n"
    (step,) = pen.steps()
    assert (step.line, step.old, step.new) == (1, "two\n", "TWO\n")
    assert step.by


def test_what_two_people_change_apart_is_both_kept(pen):
    base = pen.files()[LESSON]
    pen.save("ONE\ntwo\nthree\n", base=base)
    assert pen.save("one\ntwo\nTHREE\n", base=base, who="marek") == "ONE\ntwo\nTHREE\n"


def test_who_is_overtaken_is_given_both_texts_and_nothing_is_written(pen):
    base = pen.files()[LESSON]
    pen.save("mine\ntwo\nthree\n", base=base)
    with pytest.raises(Overtaken) as told:
        pen.save("yours\ntwo\nthree\n", base=base, who="marek")
    assert told.value.mine.startswith("yours") and told.value.theirs.startswith("mine")
    assert pen.files()[LESSON].startswith("mine")
    assert len(pen.steps()) == 1


def test_a_sentence_typed_in_many_saves_is_one_step_and_a_pause_begins_another(pen):
    for text in ("one w", "one wo", "one word"):
        pen.save(f"{text}\ntwo\nthree\n", place="screen/1")
    assert [one.new for one in pen.steps()] == ["one word\n"]
    pen.minute += 10
    pen.save("one word more\ntwo\nthree\n", place="screen/1")
    assert len(pen.steps()) == 2
    pen.do(steps.undo)
    assert pen.files()[LESSON].startswith("one word\n")
    pen.do(steps.undo)
    assert pen.files() == START


def test_what_is_undone_can_be_done_again_step_by_step(pen):
    pen.save("1\ntwo\nthree\n", place="a")
    pen.save("1\n2\nthree\n", place="b")
    after = pen.files()
    pen.do(steps.undo)
    pen.do(steps.undo)
    assert pen.files() == START
    with pytest.raises(BadInput, match="nothing of yours to undo"):
        pen.do(steps.undo)
    pen.do(steps.redo)
    pen.do(steps.redo)
    assert pen.files() == after
    with pytest.raises(BadInput, match="nothing to do again"):
        pen.do(steps.redo)


def test_undoing_takes_back_ones_own_and_leaves_what_others_wrote(pen):
    pen.save("1\ntwo\nthree\n", place="a")
    pen.save("1\ntwo\n3\n", place="b", who="marek")
    pen.do(steps.undo)
    assert pen.files()[LESSON] == "one\ntwo\n3\n"


def test_what_somebody_changed_since_is_not_undone_over(pen):
    pen.save("1\ntwo\nthree\n", place="a")
    pen.save("eins\ntwo\nthree\n", place="b", who="marek")
    with pytest.raises(BadInput, match="changed again since"):
        pen.do(steps.undo)
    assert pen.files()[LESSON].startswith("eins")


def test_a_file_that_was_made_goes_with_undo_and_one_that_was_deleted_comes_back(pen):
    pen.save("new\n", path="m50-x/job-aid.en.md", place="aid")
    pen.save(None, place="lesson")
    assert LESSON not in pen.files()
    pen.do(steps.undo)
    pen.do(steps.undo)
    assert pen.files() == START


def test_an_ended_draft_takes_nothing_more(pen):
    with writing() as session:
        org = pen.world.viewer("priya").org_id
        drafts.set_draft(session, org_id=org, id=pen.id, ended_at=pen.now, state="dropped")
    with pytest.raises(BadInput, match="published or dropped"):
        pen.save("x\n")


def test_an_approval_does_not_outlive_a_change(pen):
    org = pen.world.viewer("priya").org_id
    with writing() as session:
        drafts.set_draft(session, org_id=org, id=pen.id, state="approved", approved_at=pen.now)
    pen.save("1\ntwo\nthree\n")
    with reading() as session:
        draft = drafts.by_id(session, org_id=org, id=pen.id)
    assert (draft.state, draft.approved_at) == ("review", None)


def test_another_organisation_has_no_such_draft(pen):
    with pytest.raises(BadInput, match="no such draft"):
        pen.save("x\n", who="olga")


TEXTS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=5).map(lambda ls: "\n".join(ls) + "\n")


@given(st.lists(TEXTS, min_size=1, max_size=6), st.data())
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_earlier_state_can_be_had_again_and_undone(world, texts, data):
    with writing() as session:
        org = world.viewer("priya").org_id
        for one in drafts.open_ones(session, org_id=org):
            drafts.set_draft(session, org_id=org, id=one.id, ended_at=world.now)
    pen = begun(world)
    states = {0: pen.files()}
    for number, text in enumerate(texts):
        pen.save(text, place=f"{number}")
        states[pen.steps()[0].number if pen.steps() else 0] = pen.files()
    number = data.draw(st.sampled_from(sorted(states)))
    pen.do(steps.restore, number=number)
    assert pen.files() == states[number]
