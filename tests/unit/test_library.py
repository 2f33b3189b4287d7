"""Glossary and job aids: defined once, marked where known, one page each, opened in place."""

from __future__ import annotations

import re
import shutil
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from modules import markup, words
from modules.basics import ContentError
from modules.course import check, lesson
from modules.course.files import bundle, module_from_bundle, read_course, read_library, read_module
from modules.course.model import JobAid
from modules.course.terms import named, plain
from modules.course.tree import tree
from modules.learn import aid_pdf
from modules.learn.aids import Aid
from modules.play.text import Notes
from modules.settings import ROOT

CONTENT = ROOT / "content"
SLUG = "m01-why-share"
LESSON = f"{SLUG}/lesson.en.md"


@pytest.fixture
def root(tmp_path):
    """A copy of the content with one module, to break."""
    home = tmp_path / "content"
    shutil.copytree(CONTENT, home)
    for card in read_course(home).modules:
        if card.slug != SLUG:
            shutil.rmtree(home / card.slug, ignore_errors=True)
    return home


def change(root, file, old, new):
    path = root / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def told(root, file):
    return [one for one in check.problems(root) if one.file == f"content/{file}"]


def stops(root, file):
    return [one.sentence for one in told(root, file) if one.stops]


def mark(root, id="controller"):
    """Mark a term on the first screen."""
    path = root / LESSON
    head, title, rest = re.split(
        r"^(## .*)$", path.read_text("utf-8"), maxsplit=1, flags=re.MULTILINE
    )
    path.write_text(f"{head}{title}\n\nThe [body](term:{id}) decides.{rest}", "utf-8")


def test_a_marked_term_comes_with_its_definition_also_from_a_revision(root):
    mark(root)
    assert stops(root, LESSON) == []
    for module in (read_module(root, SLUG, "en"), module_from_bundle(bundle(root, SLUG), "en")):
        assert list(module.terms) == ["controller"]
        # What the definition cites, the module knows.
        assert "gdpr-art5" in module.facts


def test_a_module_without_terms_keeps_no_glossary(root):
    files = bundle(root, SLUG)
    used = any("(term:" in text for text in files.values())
    assert ("glossary.en.yaml" in files) == used


def test_an_unknown_term_stops_and_is_told_with_its_line(root):
    mark(root, "contoller")
    [problem] = [one for one in told(root, LESSON) if one.stops]
    assert "contoller" in problem.sentence
    line = int(problem.place.removeprefix("line "))
    assert "contoller" in (root / LESSON).read_text("utf-8").splitlines()[line - 1]
    with pytest.raises(ContentError, match="contoller"):
        read_module(root, SLUG, "en")


def test_a_term_in_a_question_stops(root):
    path = root / SLUG / "questions.en.yaml"
    path.write_text(path.read_text("utf-8") + "\n# [x](term:controller)\n", "utf-8")
    assert any("controller" in one for one in stops(root, f"{SLUG}/questions.en.yaml"))


@pytest.mark.parametrize(
    ("extra", "what"),
    [
        ("- {id: controller, term: Boss, definition: Again.}", "here twice"),
        ("- {id: boss, term: controller, definition: Again.}", "is defined as controller too"),
        ("- {id: boss, term: Boss, definition: Decides., see: [nobody]}", "nobody"),
        ("- {id: boss, term: Boss, definition: Decides., see: [boss]}", "no other term"),
        ("- {id: boss, term: Boss, definition: GDPR says so.}", "Cite a fact"),
        ("- {id: boss, term: Boss, definition: Since 2018.}", "has no source"),
        ("- {id: boss, term: Boss, definition: 'Decides [@no-such].'}", "no-such"),
        ("- {id: boss, term: Boss, definition: '<b>Decides</b>.'}", "HTML"),
        ("- {id: boss, term: Boss, definition: 'A [x](term:controller).'}", "marks no terms"),
        ("- {id: boss, term: Boss, definition: '![A boss](pictures/a.png)'}", "shows no pictures"),
        ("- {id: Boss, term: Boss, definition: Decides.}", "expected the form"),
    ],
)
def test_a_faulty_definition_stops(root, extra, what):
    path = root / "glossary.en.yaml"
    path.write_text(path.read_text("utf-8") + extra + "\n", "utf-8")
    assert any(what in one for one in stops(root, "glossary.en.yaml")), stops(
        root, "glossary.en.yaml"
    )


def test_a_term_that_no_text_marks_is_advice(root):
    path = root / "glossary.en.yaml"
    path.write_text(path.read_text("utf-8") + "- {id: boss, term: Boss, definition: D.}\n", "utf-8")
    [problem] = [one for one in told(root, "glossary.en.yaml") if "boss" in one.sentence]
    assert not problem.stops


@pytest.mark.parametrize("file", [f"{SLUG}/job-aid.en.md", "aids/rights-request.en.md"])
def test_a_job_aid_longer_than_a_page_stops(root, file):
    path = root / file
    path.write_text(path.read_text("utf-8") + "\nOne more line to read.\n" * 40, "utf-8")
    assert any("one A4 page holds" in one for one in stops(root, file))


def test_a_job_aid_of_its_own_has_no_folder_for_pictures(root):
    path = root / "aids/rights-request.en.md"
    path.write_text(path.read_text("utf-8") + "\n![A form](pictures/a.png)\n", "utf-8")
    assert any("shows no pictures" in one for one in stops(root, "aids/rights-request.en.md"))


def test_a_job_aid_of_its_own_cites_what_is_registered(root):
    change(root, "aids/rights-request.en.md", "gdpr-art12-1month", "no-such")
    assert any("no-such" in one for one in stops(root, "aids/rights-request.en.md"))


def test_a_need_without_a_job_aid_stops_and_one_of_a_planned_module_is_advice(root):
    path = root / "course.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text + "  - {id: x, title: X, aid: nothing}\n  - {id: y, title: Y, aid: M18}\n", "utf-8"
    )
    kinds = {one.place: one.stops for one in told(root, "course.yaml")}
    assert kinds["help > x"] is True
    assert kinds["help > y"] is False


def test_terms_are_read_and_made_plain():
    text = "A [controller](term:controller) and [two](term:joint-controllers), [site](https://x.example)."
    assert named(text) == ("controller", "joint-controllers")
    assert plain(text) == "A controller and two, [site](https://x.example)."


class Drawn:
    """A surface that notes what is drawn on it."""

    def __init__(self):
        self.texts = []

    def markdown(self, text, unsafe_allow_html=False):
        self.texts.append((text, unsafe_allow_html))


def test_a_term_opens_where_it_stands_and_is_defined_once_on_a_screen():
    notes, drawn = Notes(read_library(CONTENT, "en")), Drawn()
    text = (
        "The [controller](term:controller) and a [Controller](term:controller), a [x](term:none)."
    )
    notes.write(drawn, text, words.of("en"))
    [(shown, html)] = drawn.texts
    assert html
    assert shown.count('popovertarget="term-controller"') == 2
    assert shown.count('id="term-controller"') == 1
    assert "a x." in shown
    assert "gdpr" not in shown


def test_html_that_is_written_in_a_lesson_stays_text():
    notes, drawn = Notes(read_library(CONTENT, "en")), Drawn()
    notes.write(drawn, "<script>x</script> [controller](term:controller)", words.of("en"))
    [(shown, _)] = drawn.texts
    assert "<script" not in shown
    notes.write(drawn, "<b>No term here</b>", words.of("en"))
    assert drawn.texts[-1] == ("<b>No term here</b>", False)


@pytest.mark.parametrize("id", ['x" onclick="y', "x>", "", "a b"])
def test_a_term_cannot_end_its_attribute(id):
    with pytest.raises(ValueError, match="is not the id"):
        markup.term_html("word", id, "T", "d", "more")


def test_what_is_found_is_escaped_and_marked():
    html = markup.marked_html("a <b> flood & more", [(6, 11)])
    assert html == '<p class="sw-snippet">a &lt;b&gt; <mark>flood</mark> &amp; more</p>'


# --- print ---------------------------------------------------------------------------------------

FAKE = '#panic() $x$ *a* #read("/etc/passwd") \\ @ref <label>'


def own(text, **more):
    library = read_library(CONTENT, "en")
    return Aid("rights-request", JobAid("Title", text, **more), library)


def pages(text):
    made = aid_pdf.pdf(own(text), text, "Fernleigh Council", words.of("en"))
    return PdfReader(BytesIO(made)).pages


def every_aid():
    for name, aid in read_library(CONTENT, "en").aids.items():
        yield pytest.param(Aid(name, aid, read_library(CONTENT, "en")), id=name)
    for card in read_course(CONTENT).modules:
        if not card.planned:
            module = read_module(CONTENT, card.slug, "en")
            if module.aid:
                yield pytest.param(Aid(card.id, module.aid, module, module.title), id=card.id)


@pytest.mark.parametrize("aid", list(every_aid()))
def test_every_job_aid_is_one_tagged_page_that_says_what_it_says_on_the_screen(aid):
    made = aid_pdf.pdf(aid, aid.of.markdown, "Fernleigh Council", words.of("en"))
    found = PdfReader(BytesIO(made))
    assert len(found.pages) == 1
    assert "/StructTreeRoot" in found.trailer["/Root"]
    assert found.trailer["/Root"]["/Lang"] == "en"
    assert found.metadata.title == aid.of.title
    printed = "".join(found.pages[0].extract_text().split())
    assert "".join(aid.of.title.split()) in printed
    assert ("Everything" in printed) == (aid.checked is not None)


def test_a_text_that_passes_the_check_fits_on_one_page_with_eight_sources():
    block = "1. **A point.** " + "What to do and whom to tell, in plain words. " * 4
    text, facts = block, list(read_library(CONTENT, "en").facts)[:8]
    while lesson.printed_lines(f"{text}\n\n{block}") <= lesson.PAGE_LINES:
        text = f"{text}\n\n{block}"
    assert len(pages(text + " ".join(f"[@{one}]" for one in facts))) == 1


def test_text_is_never_read_as_code_by_the_typesetter():
    text = pages(FAKE)[0].extract_text()
    assert "passwd" in text
    assert "#panic" in text


def test_every_kind_of_block_is_printed():
    text = (
        "## Head\n\n1. One\n   - inner\n2. *Two* `code`\n\n> Quote\n\n- x\n- y\n\n"
        "| A | B |\n|---|---|\n| c | **d** |\n\n[site](https://x.example) line  \nnext"
    )
    printed = pages(text)[0].extract_text()
    for said in ("Head", "One", "inner", "Two", "code", "Quote", "A", "d", "site", "next"):
        assert said in printed


def test_cites_become_numbers_and_unknown_ones_go():
    number = {"a": "1"}.get
    nodes = tree("Say so [@a]. Not [@b] so.", lambda one: number(one, ""))
    assert nodes == [
        {
            "k": "par",
            "c": [
                {"k": "text", "v": "Say so"},
                {"k": "note", "v": "1"},
                {"k": "text", "v": ". Not"},
                {"k": "text", "v": " so."},
            ],
        }
    ]


def test_the_day_of_the_oldest_check_is_told():
    aid = own("One [@gdpr-art12-1month].")
    assert aid.checked == aid.source.facts["gdpr-art12-1month"].last_checked
    assert own("None.").checked is None
    assert isinstance(aid.checked, date)
