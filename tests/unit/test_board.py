"""The page for the management board: one page, tagged, in words, and nothing that is hidden."""

import io
from dataclasses import replace
from datetime import date

import pypdf
import pytest

from modules import words
from modules.manage import board, drawing
from modules.manage.panels import Past, figures
from modules.manage.seen import Statistics, Trained
from tests.unit.test_panels import PAST, SECRET, row

LOOK = drawing.Look(0.8, 10, False, words.of("en"), "Why share?")
TODAY = date(2026, 11, 22)
MONTHS = tuple(
    row(1, "Body", 200, 40 + 12 * month, month=date(2026, month, 28)) for month in range(1, 11)
)


def found(past):
    shown = figures(past)
    return Statistics(
        "Fernleigh & Söhne",
        0.8,
        0.5,
        10,
        module="M01",
        name="Fernleigh",
        headline=shown[0].lines[-1],
        newest=past.months[-1].month_end,
        counts=True,
        departments=Trained(7, 9),
        figures=shown,
    )


def read(past):
    reader = pypdf.PdfReader(io.BytesIO(board.pdf(found(past), LOOK, TODAY)))
    return reader, " ".join("".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture(scope="module")
def usual():
    return read(Past(MONTHS, PAST.units))


def test_it_is_one_tagged_page_with_title_and_language(usual):
    reader, _ = usual
    root = reader.trailer["/Root"]
    assert len(reader.pages) == 1
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert reader.metadata.title == "80% in date; target 80%"
    assert reader.metadata.author == "Fernleigh & Söhne"


def alternatives(node, out):
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            alternatives(one, out)
    elif isinstance(node, dict):
        if "/Alt" in node:
            out.append(str(node["/Alt"]))
        if "/K" in node:
            alternatives(node["/K"], out)
    return out


def test_its_chart_has_an_alternative_text_with_the_numbers(usual):
    reader, _ = usual
    [text] = alternatives(reader.trailer["/Root"]["/StructTreeRoot"]["/K"], [])
    assert "October 2026: 80%" in text
    assert "target 80%" in text


def test_it_says_in_words_what_each_chart_shows_and_who_counts_as_trained(usual):
    _, text = usual
    assert "The target is reached, and the trend does not fall." in text
    assert "1 of 2 units shown have reached 80%" in text
    assert "Registrars hidden: fewer than 10 people" in text
    assert "Of the 9 departments whose figures can be shown, 7 do." in text
    assert "made on 22 November 2026" in text
    assert "The smallest group shown is 10 people" in text


def test_no_hidden_figure_is_in_it(usual):
    reader, text = usual
    raw = b"".join(
        one.get_data()
        for one in (reader.get_object(n) for n in range(1, len(reader.xref[0])))
        if hasattr(one, "get_data")
    )
    assert str(SECRET) not in text
    assert str(SECRET).encode() not in raw


@pytest.mark.parametrize("number", [12, 60])
def test_it_stays_one_page_with_the_longest_list_that_it_prints_and_with_more(number):
    units = tuple(
        row(place + 2, f"Department of a rather long name, number {place}", 40, 20)
        for place in range(number)
    )
    reader, text = read(Past(MONTHS, units))
    assert len(reader.pages) == 1
    assert ("rather long name" in text) == (number == 12)
    assert ("The 60 units are listed" in text) == (number == 60)


def test_where_everything_is_hidden_it_says_so_and_shows_no_picture():
    hidden = tuple(replace(one, hidden="small") for one in MONTHS)
    reader, text = read(Past(hidden, PAST.units))
    assert len(reader.pages) == 1
    assert "figures not shown" in text
    assert alternatives(reader.trailer["/Root"]["/StructTreeRoot"]["/K"], []) == []


def test_a_picture_of_a_chart_is_drawn_here_with_its_finding_and_no_address_in_it():
    [trend] = [one for one in figures(Past(MONTHS, ())) if one.panel.name == "trend"]
    told = drawing.told(trend, LOOK)
    svg = drawing.picture(told, LOOK, "svg").decode()
    assert "80% in date, up" in svg
    assert "http" not in svg.replace("http://www.w3.org/", "")
    assert drawing.picture(told, LOOK, "png").startswith(b"\x89PNG")
