"""YAML read block by block: the same data, the same places, as if it were read whole."""

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.course.files.blocks import blocks
from modules.course.files.marked import Document
from modules.course.files.reader import Reader, _loaded
from modules.settings import settings as ours

LEAVES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["a: b", "- x", "x\n- y", "# z", "'", '"', "|", "é\u2028z"]),
)
NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
VALUES = st.recursive(
    LEAVES | st.integers(0, 99) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
DATA = st.lists(st.dictionaries(NAMES, VALUES, min_size=1, max_size=4), min_size=1, max_size=5)


def read(text):
    reader = Reader({"x.yaml": text})
    return reader.document("x.yaml", object), reader.problems


@given(DATA | st.dictionaries(NAMES, VALUES, min_size=1, max_size=5), st.booleans(), st.booleans())
@settings(max_examples=150, deadline=None)
def test_a_text_read_in_blocks_says_what_it_says_whole(data, flow, unicode):
    text = yaml.safe_dump(data, allow_unicode=unicode, default_flow_style=flow, sort_keys=False)
    document, problems = read(text)
    assert document.data == _loaded(text)[0]
    assert not problems


@given(st.text(alphabet="ab:-# \n'\"|>[{&*!?%", max_size=60))
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_is_read_as_it_is_whole_or_refused_as_it_is_whole(text):
    document, problems = read(text)
    try:
        whole = _loaded(text)[0]
    except yaml.YAMLError:
        assert document is None
        assert problems or not text.strip()
    else:
        if text.strip() and document is not None:
            assert document.data == whole


def test_the_places_of_a_long_file_are_those_of_the_whole_text():
    for path in sorted(ours().content.rglob("*.yaml")):
        text = path.read_text("utf-8")
        document, _ = read(text)
        whole = Document("x.yaml", text, 1, document.data)
        names = (
            list(document.data) if isinstance(document.data, dict) else range(len(document.data))
        )
        whole.__dict__["_begin"] = lambda step: None
        for name in list(names)[:12]:
            inner = document.data[name]
            for at in [
                (name,),
                *((name, one) for one in (inner if isinstance(inner, dict) else ())),
            ]:
                assert document.place(*at) == whole.place(*at), path


def test_a_name_written_twice_is_told_across_blocks():
    _, problems = read("one: 1\ntwo: 2\none: 3\n")
    assert [one.place for one in problems] == ["line 3, one"]


def test_each_entry_is_a_block_of_its_own():
    assert [one.line for one in blocks("# list\n- id: a\n  b: c\n\n- id: d\n")] == [1, 4]
    assert blocks("---\n- id: a\n") is None
    assert blocks("{a: b}\n") is None
