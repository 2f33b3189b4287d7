"""What holds for every text with overlays, and for whatever an administrator types."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from modules.course.examples import fault
from modules.course.local import Local, LocalFact, tidy
from modules.course.overlays import blocks, under

LAWS = st.sampled_from(["", "eu", "uk"])
LINES = st.from_regex(r"[a-z][a-z .,*`]{0,12}", fullmatch=True)
BLOCKS = st.lists(st.tuples(LAWS, st.lists(LINES, min_size=1, max_size=3)), min_size=1, max_size=7)
MARKDOWN = MarkdownIt("commonmark", {"html": True})


def written(every) -> str:
    return "\n\n".join((f"{{{law}}} " if law else "") + "\n".join(lines) for law, lines in every)


@given(BLOCKS, st.sampled_from(["neutral", "eu", "uk"]))
def test_no_paragraph_is_lost_or_moved_and_no_other_one_is_shown(every, reader) -> None:
    told = under(written(every), reader)
    wanted = [(law, lines) for law, lines in every if law in ("", reader)]
    assert told == written([("", lines) for _, lines in wanted])


@given(BLOCKS)
def test_every_paragraph_has_a_reader_and_nobody_loses_what_is_for_all(every) -> None:
    read = {one: under(written(every), one).split("\n\n") for one in ("neutral", "eu", "uk")}
    for law, lines in every:
        assert "\n".join(lines) in read[law or "neutral"]
        if not law:
            assert all("\n".join(lines) in told for told in read.values())


@given(st.text(alphabet="ab{}euk> \n`-|", max_size=60))
def test_blocks_put_together_are_the_text_and_filtering_twice_changes_nothing(text) -> None:
    every = list(blocks(text))
    assert "\n".join(line for one in every for line in (*one.lines, *one.after)) == text
    if not any(one.law for one in every):
        assert under(text, "uk") is text
    else:
        assert len(under(text, "uk")) < len(text)


def plain(markdown: str) -> str:
    """The text that a reader sees, and nothing but text may be there."""
    [inline] = [one for one in MARKDOWN.parse(markdown) if one.type == "inline"]
    assert {one.type for one in inline.children} <= {"text", "text_special"}
    return "".join(one.content for one in inline.children)


VALUES = st.text(max_size=60).map(tidy)


@given(VALUES.filter(bool), st.sampled_from(["Tell {} now.", "{} knows.", "- Ask {}"]))
def test_a_value_reads_exactly_as_it_was_typed_wherever_it_stands(value, sentence) -> None:
    fact = LocalFact(
        key="one", title="One", about="One", instead="you", sentence="{local:one}", longest=100
    )
    if fact.fault(value):
        return
    local = Local({"one": fact}, {"one": value})
    told = local.fill(sentence.format("{local:one}"))
    assert plain(told) == sentence.removeprefix("- ").format(value)


@given(st.text(alphabet="<>a/!&;\"'= \n*[]()#`-", max_size=60))
def test_an_example_that_is_allowed_holds_no_html(text) -> None:
    if not fault(text):
        kinds = {
            inner.type
            for token in MARKDOWN.parse(text)
            for inner in (token, *(token.children or ()))
        }
        assert not kinds & {"html_block", "html_inline", "image", "heading_open", "fence"}
