"""One value changed in a file: it reads as it was given, and nothing else moved."""

import random

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from modules.basics import BadInput
from modules.drafts import fields, screens
from modules.settings import settings as ours
from tests.unit.own_module import LESSON

HOSTILE = [
    "a: b",
    "- x",
    "---",
    "...",
    "{ask M01-Q01}",
    "{eu} only",
    'it\'s “quoted” and "quoted"',
    "# no comment",
    "x #y",
    "yes",
    "null",
    "~",
    "1.5",
    "2026-11-30",
    "2026-13-45",
    "0o17",
    "=",
    "!tag",
    "&anchor",
    "*alias",
    "%dir",
    "@at",
    "`tick`",
    "| pipe",
    "> fold",
    "two\nlines",
    "two\n\nblocks\n",
    "end\n\n\n",
    "\nbefore",
    "  led\n by blanks",
    "tab\tin",
    "\ttab first",
    "trailing ",
    "مرحبا: بالعالم",
    "👩🏽‍⚕️ and 🗂",
    "\u2028line",
    "\x85next",
    "\ufeffmark",
    "a\\n",
    "\\",
    "x" * 10_000,
    "word: " * 2_000,
    "",
    "<b>&amp;</b>",
]
TEXTS = st.sampled_from(HOSTILE) | st.text(max_size=60).filter(
    lambda text: not any(0xD800 <= ord(one) < 0xE000 for one in text)
)
VALUES = TEXTS | st.integers(-99, 99) | st.booleans() | st.lists(TEXTS, max_size=3)
PAPER = """\
# The items.
- id: M50-Q01  # the first
  kind: single_choice
  options:
    # the right one stands first
    - {id: a, key: true, text: "Yes, \\"it\\" is", why: plain}   # right

    - id: b
      text: |
        Two lines
        of text
      why: >-
        folded
        text
  tags: [one, two]   # two tags
# between
-
  id: M50-Q02
  kind: numeric
  stem: plain text that goes
    on and on
  empty:
  nothing: {}
  cases: []

# before the third
- {id: M50-Q03, kind: "fill_in", gaps: {g1: {accept: [x, "y, z"]}}}
"""
AT = [
    ("M50-Q01", "kind"),
    ("M50-Q01", "id_of"),
    ("M50-Q01", "options", "a", "text"),
    ("M50-Q01", "options", "b", "text"),
    ("M50-Q01", "options", "b", "why"),
    ("M50-Q01", "options", "b", "new"),
    ("M50-Q01", "options", "a", "new", "deep"),
    ("M50-Q01", "tags"),
    ("M50-Q01", "tags", 1),
    ("M50-Q02", "stem"),
    ("M50-Q02", "empty"),
    ("M50-Q02", "empty", "filled", "in"),
    ("M50-Q02", "nothing", "here"),
    ("M50-Q02", "cases"),
    ("M50-Q03", "gaps", "g1", "accept"),
    ("M50-Q03", "gaps", "g2", "accept"),
    ("M50-Q03", "kind"),
]


def comments(text):
    return [line.partition("#")[2] for line in text.splitlines() if line.lstrip().startswith("#")]


def others(data, at):
    """All values but the one at a path."""
    if not at:
        return None
    if isinstance(data, dict):
        kept = {name: one for name, one in data.items() if name != at[0]}
        inner = others(data.get(at[0]), at[1:])
        return kept | ({at[0]: inner} if inner else {})
    if isinstance(data, list):
        number = fields._number(data, at[0])
        return [others(one, at[1:]) if n == number else one for n, one in enumerate(data)]
    return None


@given(st.sampled_from(AT), VALUES)
@example(("M50-Q01", "tags", 1), "?0")
@example(("M50-Q01", "tags", 1), "0?")
@settings(max_examples=400, deadline=None)
def test_what_is_set_reads_so_and_everything_else_stays(at, value):
    written = fields.put(PAPER, at, value)
    data = yaml.safe_load(written)
    assert fields.read(written, at) == value
    assert others(data, at) == others(yaml.safe_load(PAPER), at)
    # The other entries are there byte for byte, with every comment.
    before, after = PAPER.split("\n"), written.split("\n")
    if at[0] != "M50-Q01":
        assert after[:15] == before[:15]
    else:
        assert after[-13:] == before[-13:]
    assert comments(written) == comments(PAPER) or isinstance(value, str)
    assert fields.put(written, at, value) == written or "\n" in str(value) or len(str(value)) > 60


@given(st.sampled_from(AT), st.sampled_from(AT), TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_two_changes_stand_beside_each_other(one, other, first, second):
    if one[: len(other)] == other[: len(one)]:
        return
    written = fields.put(fields.put(PAPER, one, first), other, second)
    assert (fields.read(written, one), fields.read(written, other)) == (first, second)


@given(st.lists(TEXTS, min_size=1, max_size=5), st.data())
@settings(max_examples=150, deadline=None)
def test_entries_are_added_moved_and_taken_out(texts, data):
    written = "# list\n"
    for number, text in enumerate(texts):
        written = fields.add(written, (), {"id": f"e{number}", "text": text, "list": [text]})
    wanted = [(f"e{number}", text) for number, text in enumerate(texts)]
    assert [(one["id"], one["text"]) for one in fields.read(written)] == wanted
    number = data.draw(st.integers(0, len(texts) - 1))
    by = data.draw(st.integers(-6, 6))
    moved = fields.read(fields.move(written, (f"e{number}",), by))
    place = min(max(number + by, 0), len(texts) - 1)
    wanted.insert(place, wanted.pop(number))
    assert [(one["id"], one["text"]) for one in moved] == wanted
    less = fields.read(fields.take(written, (f"e{number}",)))
    assert [one["id"] for one in less] == [f"e{n}" for n in range(len(texts)) if n != number]


@pytest.mark.parametrize("at", AT)
def test_what_is_taken_out_is_gone_and_nothing_else(at):
    there = fields.read(PAPER, at)
    written = fields.take(PAPER, at)
    assert there is not None or at[-1] == "empty" or written == PAPER
    data = yaml.safe_load(written)
    if isinstance(at[-1], str):
        assert fields.read(written, at) is None
        assert others(data, at) == others(yaml.safe_load(PAPER), at)


def test_entries_move_with_what_is_written_in_them_and_comments_stay_where_they_are():
    moved = fields.move(PAPER, ("M50-Q01", "options", "a"), 1)
    assert [one["id"] for one in fields.read(moved, ("M50-Q01", "options"))] == ["b", "a"]
    assert '- {id: a, key: true, text: "Yes, \\"it\\" is", why: plain}' in moved
    assert "    # the right one stands first\n    - id: b\n" in moved
    assert sorted(comments(fields.move(PAPER, ("M50-Q02",), -1))) == sorted(comments(PAPER))


def test_text_of_several_lines_stands_below_its_name_as_it_was_typed():
    written = fields.put("- id: a\n  stem: x\n  why: y\n", ("a", "stem"), "One.\n\nTwo: more.")
    assert written == "- id: a\n  stem: |-\n    One.\n\n    Two: more.\n  why: y\n"


def test_a_file_that_is_no_yaml_is_left_alone_and_says_where():
    with pytest.raises(BadInput, match="line 3"):
        fields.put("a: 1\nb: [\n", ("a",), 2)


def test_each_text_of_every_shipped_file_can_be_changed_without_touching_another_line():
    rng = random.Random(7)
    for path in sorted(ours().content.glob("m*/*.yaml")):
        text = path.read_text("utf-8")
        data = yaml.safe_load(text)
        for _ in range(6):
            at, here = (), data
            while isinstance(here, dict | list) and here:
                steps = list(here) if isinstance(here, dict) else list(range(len(here)))
                step = rng.choice(steps)
                at, here = (*at, step), here[step]
            value = rng.choice(HOSTILE)
            written = fields.put(text, at, value)
            assert fields.read(written, at) == value, (path, at)
            if " &" in text:
                continue  # a change of what others stand for writes more anew
            old, new = text.split("\n"), written.split("\n")
            same = 0
            while same < min(len(old), len(new)) and old[same] == new[same]:
                same += 1
            tail = 0
            while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
                tail += 1
            assert len(old) - same - tail <= 12, (path, at, value[:40])


MARKDOWN = TEXTS.map(lambda text: screens._tidy(text)) | st.sampled_from(
    ["a\n\n---\n\nb", "```\nopen", "---", "## {#other} Heading", " ---x", "  ---", "a\n--- \nb"]
)


@given(MARKDOWN, st.sampled_from(["reading", "second"]))
@settings(max_examples=250, deadline=None)
def test_a_screen_reads_as_it_was_typed_and_the_others_stay(markdown, id):
    lesson = screens.add(LESSON, "second", "Another", "Its text.")
    written = screens.put(lesson, id, markdown=markdown)
    other = "second" if id == "reading" else "reading"
    assert [one.id for one in screens.screens(written)] == ["reading", "second"]
    assert screens.screen(written, id).text == markdown
    assert screens.screen(written, id).title == screens.screen(lesson, id).title
    assert screens.screen(written, other).text == screens.screen(lesson, other).text
    assert screens.front(written) == screens.front(lesson)
    assert screens.put(written, id, markdown=markdown) == written


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_titles_and_front_matter_take_any_text(text):
    title = " ".join(screens._tidy(text).split())
    written = screens.put(LESSON, "reading", title=text)
    assert screens.screen(written, "reading").title == title
    written = screens.with_front(LESSON, lambda front: fields.put(front, ("title",), text))
    assert fields.read(screens.front(written), ("title",)) == text
    assert screens.screens(written)[0].text == screens.screens(LESSON)[0].text
    assert screens.body(screens.with_body(written, "New.")) == "New."


def test_screens_are_added_and_taken_out_without_leaving_a_trace():
    lesson = screens.add(LESSON, "second", "Another", "Its text.")
    assert screens.take(lesson, "second") == LESSON
    assert [one.id for one in screens.screens(screens.take(lesson, "reading"))] == ["second"]
    with pytest.raises(BadInput, match="already"):
        screens.add(lesson, "second", "Again", "")


def test_every_shipped_lesson_is_written_as_it_was_read():
    for path in sorted(ours().content.glob("m*/lesson.en.md")):
        text = path.read_text("utf-8")
        for one in screens.screens(text):
            assert screens.put(text, one.id, markdown=one.text) == text, (path, one.id)
            assert screens.put(text, one.id, title=one.title) == text, (path, one.id)
        assert screens.with_front(text, lambda front: front) == text
