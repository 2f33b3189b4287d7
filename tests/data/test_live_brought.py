"""What was published while a draft was written comes into it: nobody's text is lost unseen."""

import pytest

from modules.basics import BadInput
from modules.drafts import bringing, rolling
from tests.data.studio import LESSON, Studio

FIRST = ("Ask for the answer first.", "Ask for the answer, and only then for data.")
SECOND = ("Name both.", "Name them both, every time.")


@pytest.fixture
def studio(world):
    """A second revision is live; the first one is published again while a draft is written."""
    made = Studio(world)
    made.begin()
    made.write(*FIRST)
    made.write(*SECOND)
    made.through()
    made.begin()
    return made


def overtaken(studio):
    studio.do(rolling.back, module="M01", number=1, by_name="Priya Nair")
    return {"id": studio.id, "root": studio.root}


def test_what_only_the_publication_changed_is_taken_and_nothing_is_to_choose(studio):
    studio.write(SECOND[1], f"{SECOND[1]} Always.")
    given = overtaken(studio)
    studio.do(bringing.bring_live, **given)
    assert FIRST[0] in studio.files()[LESSON]


def test_where_both_changed_the_same_lines_both_are_told_and_one_is_chosen(studio):
    studio.write(SECOND[1], "Name the two of them.")
    given = overtaken(studio)
    [one] = studio.do(bringing.bring_live, **given)
    assert "Name the two of them." in one.mine and SECOND[0] in one.theirs
    assert studio.read(bringing.clashes, **given) == (one,)
    studio.write("Health details need a condition as well", "Health details need one more")
    studio.do(bringing.choose, **given, path=LESSON)
    text = studio.files()[LESSON]
    assert SECOND[0] in text and "Health details need one more" in text
    assert "Name the two of them." not in text


def test_where_nothing_clashed_nothing_is_to_choose(studio):
    given = overtaken(studio)
    assert studio.do(bringing.bring_live, **given) == ()
    with pytest.raises(BadInput, match="nothing to choose"):
        studio.do(bringing.choose, **given, path=LESSON)
