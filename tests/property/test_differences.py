"""Whatever somebody changed in a draft stands in its difference, and nothing else does."""

import re

import yaml
from hypothesis import given
from hypothesis import strategies as st

from modules.course.files import bundle
from modules.drafts.apart import apart
from modules.drafts.differences import changed_parts, differences, leaves
from tests.course import SHIPPED

SLUG = "m01-why-share"
FILES = {path: text for path, text in bundle(SHIPPED, SLUG).items() if path.startswith(SLUG)}
WORDS = [
    (path, word)
    for path, text in FILES.items()
    for word in sorted(set(re.findall(r"(?<=[a-z,] )[a-z]{5,}(?= [a-z])", text)))
    if path.endswith((".md", ".en.yaml"))
]
TEXTS = st.text(st.sampled_from("ab \n.,<>&é"), max_size=30)


def whole(parts):
    return "\n".join(
        f"{text.before or ''}\n{text.after or ''}" for part in parts for text in part.texts
    )


@given(st.sampled_from(WORDS))
def test_every_changed_word_of_every_file_appears_as_it_was_and_as_it_is(found):
    path, word = found
    changed = FILES | {path: re.sub(rf"(?<= ){word}(?= )", "QUAGGA", FILES[path], count=1)}
    parts = differences(FILES, changed)
    assert "QUAGGA" in whole(parts) and word in whole(parts)
    assert {one.state for one in parts} == {"changed"}


@given(st.sampled_from(sorted(FILES)), st.data())
def test_a_line_that_goes_or_is_written_twice_is_told_whatever_it_is(path, data):
    lines = FILES[path].split("\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    for changed in (lines[:number] + lines[number + 1 :], lines[: number + 1] + lines[number:]):
        text = "\n".join(changed)
        parts = differences(FILES, FILES | {path: text})
        assert bool(parts) == (text != FILES[path])


@given(st.sampled_from(sorted(FILES)))
def test_a_file_that_is_gone_is_told_text_by_text(path):
    rest = {name: text for name, text in FILES.items() if name != path}
    told = whole(differences(FILES, rest))
    for fields in leaves({path: FILES[path]}).values():
        assert all(value in told for value in fields.values())


@given(TEXTS, TEXTS)
def test_words_apart_hold_both_texts(before, after):
    pieces = apart(before, after)
    assert "".join(one.text for one in pieces if one.kind != "new") == before
    assert "".join(one.text for one in pieces if one.kind != "gone") == after
    assert all(one.text for one in pieces)


def test_the_same_says_nothing():
    assert differences(FILES, dict(FILES)) == ()


def test_changed_screens_and_items_are_proposed():
    path = f"{SLUG}/lesson.en.md"
    changed = FILES | {path: FILES[path].replace("Name both.", "Name them both.")}
    parts = differences(FILES, changed)
    assert changed_parts(parts) == ("who-gains",)
    assert parts[0].title == "Who gains, and who carries the risk"
    questions = f"{SLUG}/questions.yaml"
    data = yaml.safe_load(FILES[questions])[1:]
    fewer = FILES | {questions: yaml.safe_dump(data, sort_keys=False)}
    assert changed_parts(differences(fewer, FILES)) == ("M01-Q01",)


def test_what_cannot_be_read_is_compared_as_it_is_written():
    path = f"{SLUG}/questions.en.yaml"
    [*_, broken] = differences(FILES, FILES | {path: "M01-Q01: [\n"})
    assert broken.kind == "file" and "M01-Q01: [" in whole([broken])
