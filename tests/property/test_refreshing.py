"""Whatever changes, nobody is asked for more than its part, and nobody whom it does not concern."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from db.refreshers import Open
from modules.course.model import Change
from modules.course.model.changes import order, since
from modules.refreshing import earlier
from modules.settling import left, needed

NOW = datetime(2026, 11, 27, tzinfo=UTC)
ITEMS = [f"M01-Q{number:02}" for number in range(1, 9)]
VERSIONS = st.tuples(*[st.integers(0, 12)] * 3).map(lambda one: ".".join(map(str, one)))


class Content:
    """As much of a module as a refresher reads: the items that are there."""

    questions = dict.fromkeys(ITEMS[:6])


@st.composite
def changes(draw):
    """A module's changes, newest first, some of them naming what is not there any more."""
    versions = sorted(draw(st.sets(VERSIONS, min_size=1, max_size=5)), key=order, reverse=True)
    return tuple(
        Change(
            version=one,
            kind=draw(st.sampled_from(("wording", "clarification", "rule"))),
            says="Something changed.",
            parts=tuple(draw(st.lists(st.sampled_from([*ITEMS, "screen"]), max_size=4))),
            paths=tuple(draw(st.lists(st.sampled_from("AB"), max_size=2))),
            laws=tuple(draw(st.lists(st.sampled_from(("eu", "uk")), max_size=2))),
        )
        for one in versions
    )


@given(changes(), st.data())
def test_never_more_is_asked_than_the_changed_part_of_a_rule(every, data):
    asked = data.draw(st.sampled_from(every))
    hours = st.integers(-9, 9).map(lambda one: NOW + timedelta(hours=one))
    right = data.draw(st.dictionaries(st.sampled_from(ITEMS), hours))
    needs = needed(Content, every, asked.version)
    found = left(needs, right, Open("M01", asked.version, NOW, NOW.date()))
    assert set(found) <= set(needs) <= set(asked.parts) & set(Content.questions)
    if asked.kind != "rule":
        assert needs == ()
    for item in needs:
        # What was answered right since it was asked is not asked again, and all else is.
        assert (item in found) is not (item in right and right[item] >= NOW)


@given(changes(), VERSIONS, st.sampled_from("ABC"), st.sampled_from(("neutral", "eu", "uk")))
def test_a_change_concerns_whom_it_names_and_only_versions_from_before_it(every, held, path, law):
    late = since(every, held)
    assert [one for one in every[::-1] if one in late] == list(late)
    for one in every:
        assert (one in late) is (order(held) < order(one.version))
        before = earlier(one, {held, "by hand"}, NOW)
        assert (held in before.versions) is (one in late)
        assert before.unknown == {"by hand"}
        named = (not one.paths or path in one.paths) and (not one.laws or law in one.laws)
        assert one.affects(path, law) is named
