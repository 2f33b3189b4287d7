"""Content surveyed: who relies on a fact, what a module holds, in the words of the commands."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from modules.basics import ContentError
from modules.commands import app
from modules.course.affected import Place, affected, relies
from modules.course.files import bundle
from modules.course.stats import stats
from modules.settings import settings

ROOT = settings().content
M01 = "m01-why-share"


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.output


def test_every_kind_of_place_that_relies_on_a_fact_is_found() -> None:
    found = affected(ROOT, "gdpr-art5")
    assert {place.kind for place in found if place.module == "M01"} >= {
        "screen",
        "item",
        "node",
        "job aid",
    }
    assert Place("M01", "screen", "five-questions", ("gdpr-art5",)) in found
    # It lists the fact as its ground; no text of it has to cite it.
    assert Place("M01", "item", "M01-Q14", ("gdpr-art5",)) in found
    assert Place("M01", "lab", "lab", ("seed-f4",)) in affected(ROOT, "seed-f4")


def test_a_source_stands_for_each_of_its_facts() -> None:
    found = affected(ROOT, "upd-optout")
    screen = next(one for one in found if (one.kind, one.id) == ("screen", "care-data"))
    assert set(screen.facts) == {"caredata-aim", "caredata-leaflet", "caredata-why", "upd-advisory"}


def test_a_term_of_the_glossary_that_cites_a_fact_is_found(tmp_path) -> None:
    (tmp_path / "facts.yaml").write_text((ROOT / "facts.yaml").read_text("utf-8"), "utf-8")
    (tmp_path / "sources.yaml").write_text((ROOT / "sources.yaml").read_text("utf-8"), "utf-8")
    term = "- {id: breach, term: Breach, definition: 'A failure [@gdpr-art4-12].'}\n"
    (tmp_path / "glossary.en.yaml").write_text(term, "utf-8")
    found = affected(tmp_path, "gdpr-art4-12")
    assert found == (Place("", "glossary", "breach", ("gdpr-art4-12",)),)


def test_an_unknown_id_is_told_and_not_taken_for_unused() -> None:
    with pytest.raises(ContentError, match="neither in facts"):
        affected(ROOT, "nothing")
    code, said = run("content", "affected-by", "nothing")
    assert (code, said.count("\n")) == (1, 1)


def test_a_published_revision_relies_on_the_facts_that_it_keeps() -> None:
    kept = bundle(ROOT, M01)
    assert relies(kept, ("gdpr-art5",))
    assert not relies(kept, ("nl-syri",))


def test_the_figures_of_a_module_add_up() -> None:
    code, said = run("content", "stats", "--json")
    assert code == 0
    made = json.loads(said)
    assert made["modules"][0]["id"] == "M01"
    for one in made["modules"]:
        assert one["words"]["all"] == sum(
            count for name, count in one["words"].items() if name != "all"
        )
        assert sum(one["by_type"].values()) == one["items"] == sum(one["by_difficulty"].values())
        assert one["variants"] >= one["items"] >= one["families"] >= 18
        assert one["scenario"]
        assert one["labs"]
        assert one["reading_grade"]["median"] <= one["reading_grade"]["hardest"]
    assert made["all"]["guesser"]["questions"] > 0


def test_words_are_those_of_texts_and_not_the_names_of_fields() -> None:
    (first, *_) = stats(ROOT)["modules"]
    assert 900 < first["words"]["lesson"] < 2_000
    assert first["words"]["job_aid"] < first["words"]["lesson"] < first["words"]["items"]


def test_the_guesser_of_the_command_passes_on_what_ships() -> None:
    code, said = run("content", "guess", "--json")
    made = json.loads(said)
    assert (code, made["passed"]) == (0, True)
    assert "M01" in made["modules"]
