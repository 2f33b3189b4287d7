"""HTML of strangers as our Markdown: what is kept, what goes with a note, what cannot get in."""

from __future__ import annotations

import pytest

from modules.course.lesson import screens
from modules.exchange.items.escaping import line, paragraphs
from modules.exchange.items.html import LONGEST, inline, markdown, picture_name
from modules.questions import spoken


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <b>bold</b> and <em>so</em>.</p><p>Two</p>", "One **bold** and *so*.\n\nTwo"),
        ("a<br>b<br/>c", "a\n\nb\n\nc"),
        ("H<sub>2</sub>O, x<sup>2</sup>", "H₂O, x²"),
        ("<ul><li>a<ol><li>b</li></ol>tail</li><li>c</li></ul>", "- a tail\n   1. b\n- c"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        (
            "<table><tr><th>A|B<th>C<tr><td>1</table>",
            "| A\\|B | C |\n| --- | --- |\n| 1 |  |",
        ),
        ("<h2>Title</h2>text", "**Title**\n\ntext"),
        ("say <code>make run</code>", "say `make run`"),
        ("<pre>a\n  b</pre>", "```\na\n  b\n```"),
        ('<a href="https://example.org/a(b)">here</a>', "[here](https://example.org/a%28b%29)"),
        ("Tom &amp; Elin &lt;3 &nbsp;x", r"Tom & Elin \<3 x"),
        ("5 < 6 and 7 > 6", r"5 \< 6 and 7 > 6"),
        ("plain 1. text", "plain 1. text"),
        ("", ""),
        ("<p> </p><!-- nothing -->", ""),
    ],
)
def test_what_has_a_form_in_our_markdown_is_kept(html, text):
    assert markdown(html)[0] == text


@pytest.mark.parametrize(
    ("html", "text", "told"),
    [
        ("a<script>alert(1)</script>b", "ab", "A script was left out"),
        ("a<style>p{}</style>", "a", "A style sheet"),
        ('<b onclick="x()">a</b>', "**a**", "A script in an attribute"),
        ('<a href="java\nscript:x()">a</a>', "a", "leads neither to the web"),
        ('<a href="data:text/html,x">a</a>', "a", "leads neither to the web"),
        ('<a href="//evil.example/x">a</a>', "a", "leads neither to the web"),
        ("<iframe src='https://x.example'>in</iframe>", "", "A page within the page"),
        ("<svg onload=x()><text>t</text></svg>", "", "A drawing (SVG)"),
        ('<img src="https://x.example/a.png" alt="A map">', "A map", "A picture that is not part"),
        ('<img src="data:image/png;base64,AA" alt="A map">', "A map", "A picture that is not"),
        ('<span style="color:red">a</span>', "a", "Colours, fonts"),
        ("x<sup>th</sup>", "x^(th)", "Raised and lowered"),
        (r"so \(x^2\)", r"so \\(x^2\\)", "A formula is kept"),
        ("<div<div<div", r"\<div\<div\<div", "cannot be read"),
        ("<td colspan=2>", "", ""),
        ("<table><tr><td colspan=2>a</td></tr><tr><td>b<td>c</table>", None, "Joined cells"),
    ],
)
def test_what_has_none_is_told(html, text, told):
    made, notes = markdown(html)
    assert text is None or made == text
    assert any(told in note.sentence for note in notes) or not told


@pytest.mark.parametrize(
    "plain",
    [
        "{ask M01-Q03}",
        "---",
        "# Heading",
        "## {#way-in} Title",
        "> **Note.** band",
        "[@seed-f7] is cited",
        "[[g1]] and {n} and {local:breach-contact} and {eu}",
        "**bold** _under_ __init__ `code` ~~gone~~",
        ":red[x] :material/home: :smile: $x^2$",
        "![a](b.png) [a](javascript:x) [controller](term:controller)",
        "<script>alert(1)</script> &lt;b&gt;",
        "1. one",
        "- one",
        "===",
        "| a | b |",
        r"C:\new\* and \_",
        "The capital is ____.",
    ],
)
def test_plain_text_means_nothing_in_our_markdown(plain):
    for text in (line(plain), markdown(plain.replace("&", "&amp;").replace("<", "&lt;"))[0]):
        assert spoken(text) == plain
        parts, problems = screens("lesson.en.md", f"## {{#a}} A\n\n{text}\n")
        assert [[part.markdown for part in screen.parts] for screen in parts] == [[text]]
        assert not problems


def test_a_heading_of_one_screen_cannot_begin_another():
    made = paragraphs("Text\r\n\r\n---\n\n## {#b} Other\n\n{ask M01-Q03}")
    parts, problems = screens("lesson.en.md", f"## {{#a}} A\n\n{made}\n")
    assert (len(parts), len(parts[0].parts), problems) == (1, 1, [])


def test_code_that_holds_our_marks_is_told_as_text():
    assert markdown("<pre>a [@seed-f7]\n{n}</pre>")[0] == "a \\[@seed-f7\\]\n\n\\{n\\}"
    assert markdown("<code>[[g1]]</code>")[0] == r"\[\[g1\]\]"


def test_one_line_holds_what_paragraphs_rows_and_entries_said():
    html = "<p>a</p><ul><li>b<li>c</ul><table><tr><td>d<td>e<tr><td>f<td>g</table><pre>h*</pre>"
    assert inline(html)[0] == r"a b; c d | e; f | g h\*"


def test_pictures_are_named_as_the_package_has_them():
    html = '<p><img src="@@PLUGINFILE@@/a%20map.png" alt="A [map]"></p>'
    assert markdown(html) == (r"![A \[map\]](a%20map.png)", ())
    assert picture_name("images/./x (1).png") == "images/./x%20%281%29.png"
    for elsewhere in ("https://x.example/a.png", "data:x", "/etc/passwd", "//x/y", "", "http://["):
        assert picture_name(elsewhere) == ""


def test_what_is_very_deep_or_very_long_keeps_its_words():
    assert "deepest" in markdown("<b>" * 5_000 + "deepest")[0]
    assert "deepest" in markdown("<div><ul><li>" * 2_000 + "deepest")[0]
    made, notes = markdown("x" * (LONGEST + 5))
    assert (len(made), notes[0].kind) == (LONGEST, "left")
    assert "\x00" not in markdown("a\x00\x08b\u202e")[0]
