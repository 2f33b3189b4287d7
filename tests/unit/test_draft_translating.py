"""A draft in a second language, text by text: what is missing, what is stale, what must stay."""

from __future__ import annotations

import pytest
import yaml

from modules.basics import BadInput
from modules.course.files import module_from_bundle
from modules.course.translations import as_text, begun, compared, languages, problems
from modules.drafts import fields, looking
from modules.drafts.agreeing import hints
from modules.drafts.translating import begin, confirm, offered, translated, withdrawn
from modules.settings import settings
from tests.unit.own_module import SLUG
from tests.unit.told_module import FRENCH, told_files

SHIPPED = looking.shipped(settings().content)


def states(files):
    return {one.path: one.state for one in compared(files, SLUG, "en", "fr")}


def french(files):
    """The files with every text in French, as a translator would write them one by one."""
    files = {**files, **begin(files, SLUG, "fr")}
    for one in compared(files, SLUG, "en", "fr"):
        words = FRENCH.get(one.path, f"{one.source} (fr)")
        files |= translated(files, SLUG, "fr", one.path, words)
    return files


@pytest.fixture(scope="module")
def whole():
    return french(told_files())


def bundle(files):
    return looking.bundled(files, SLUG, SHIPPED)


def test_a_translation_begins_with_nothing_but_what_is_the_same_in_every_language():
    files = told_files()
    new = begin(files, SLUG, "FR")
    assert set(new) == {f"{SLUG}/translated.fr.yaml", f"{SLUG}/scenario.fr.yaml"}
    kept = yaml.safe_load(new[f"{SLUG}/scenario.fr.yaml"])
    assert kept == {"nodes": {"call": {"choices": {"tell": {"citizen": {"kind": "call"}}}}}}
    assert set(states({**files, **new}).values()) == {"missing"}
    assert begun({**files, **new}, SLUG) == ("fr",)
    assert languages({**files, **new}, SLUG) == ("en",)


@pytest.mark.parametrize(("asked", "told"), [("en", "is in “en” already"), ("12", "no language")])
def test_what_is_no_new_language_is_refused(asked, told):
    with pytest.raises(BadInput, match=told):
        begin(told_files(), SLUG, asked)


def test_a_module_translated_text_by_text_is_a_whole_module_in_that_language(whole):
    files = {**whole, **offered(whole, SLUG, "fr")}
    assert [one for one in looking.problems(files, SLUG, SHIPPED) if one.stops] == []
    module = module_from_bundle(bundle(files), "fr")
    assert module.title == "Les visiteurs à l’accueil"
    assert module.screens["reading"].title == "Ce que voit un visiteur"
    assert module.aid.markdown == FRENCH["job-aid/text"]
    assert module.scenario.nodes["call"].title == "9 h 10. Le téléphone"
    assert module.scenario.nodes["call"].choices[0].citizen.kind == "call"


def test_translating_changes_no_key_no_road_and_no_file_but_those_of_the_language(whole):
    before = told_files()
    assert {path: text for path, text in whole.items() if path in before} == before
    assert {path for path in whole if path not in before} == {
        f"{SLUG}/{name}"
        for name in (
            "translated.fr.yaml",
            "lesson.fr.md",
            "questions.fr.yaml",
            "scenario.fr.yaml",
            "job-aid.fr.md",
        )
    }
    files = {**whole, **offered(whole, SLUG, "fr")}
    one, two = (module_from_bundle(bundle(files), language) for language in ("en", "fr"))
    for id, question in one.questions.items():
        assert [(x.id, x.key) for x in question.options] == [
            (x.id, x.key) for x in two.questions[id].options
        ]
    assert one.scenario.model_dump(include={"start", "meters", "max_steps"}) == (
        two.scenario.model_dump(include={"start", "meters", "max_steps"})
    )


def test_a_source_that_changed_makes_its_translation_stale_and_no_other(whole):
    files = dict(whole)
    path = f"{SLUG}/questions.en.yaml"
    files[path] = fields.put(files[path], ("M50-Q02", "stem"), "What may visitor two hear?")
    found = states(files)
    assert [one for one, state in found.items() if state != "there"] == ["questions/M50-Q02/stem"]
    assert found["questions/M50-Q02/stem"] == "stale"
    files |= confirm(files, SLUG, "fr", "questions/M50-Q02/stem")
    assert set(states(files).values()) == {"there"}


def test_blanks_at_the_ends_of_a_source_make_nothing_stale(whole):
    files = dict(whole)
    path = f"{SLUG}/lesson.en.md"
    files[path] = files[path].replace("## {#reading}", "\n\n## {#reading}") + "\n\n"
    assert set(states(files).values()) == {"there"}


def test_stale_translations_are_advice_and_a_broken_record_of_them_stops(whole):
    files = {**whole, **offered(whole, SLUG, "fr")}
    assert list(problems(files, SLUG)) == []
    path = f"{SLUG}/lesson.en.md"
    files[path] = files[path].replace("What a visitor sees", "What visitors see")
    [found] = problems(files, SLUG)
    assert (found.file, found.place) == (f"{SLUG}/lesson.fr.md", "lesson/screens/reading/title")
    assert not found.stops
    assert found in looking.problems(files, SLUG, SHIPPED)
    files[f"{SLUG}/translated.fr.yaml"] = "lesson/title: 7\n"
    assert any(one.stops and "line 1" in one.place for one in problems(files, SLUG))


def test_a_language_is_offered_to_learners_only_when_it_is_whole(whole):
    files = {**whole, **translated(whole, SLUG, "fr", "lesson/promise", " ")}
    assert states(files)["lesson/promise"] == "missing"
    with pytest.raises(BadInput, match="1 text is not translated yet: lesson/promise"):
        offered(files, SLUG, "fr")
    files |= translated(files, SLUG, "fr", "lesson/promise", "Vous savez.")
    files |= offered(files, SLUG, "fr")
    assert languages(files, SLUG) == ("en", "fr")
    files |= withdrawn(files, SLUG, "fr")
    assert languages(files, SLUG) == ("en",)
    assert begun(files, SLUG) == ("fr",)


def test_the_same_long_text_is_translated_once():
    files = {**told_files(), **begin(told_files(), SLUG, "fr")}
    path = f"{SLUG}/questions.en.yaml"
    for id in ("M50-Q01", "M50-Q02", "M50-Q03"):
        long = "Names belong to people, not to screens."
        files[path] = fields.put(files[path], (id, "options", "a", "why"), long)
    files |= translated(files, SLUG, "fr", "questions/M50-Q01/options/a/why", "Un nom.")
    found = {one.path: one.target for one in compared(files, SLUG, "en", "fr")}
    assert [found[f"questions/M50-Q0{n}/options/a/why"] for n in (1, 2, 3)] == ["Un nom."] * 3
    # A short one, such as “A name”, may need another word in another place.
    files |= translated(files, SLUG, "fr", "questions/M50-Q01/options/b/text", "Un nom")
    assert states(files)["questions/M50-Q02/options/b/text"] == "missing"


def test_what_translators_wrote_by_hand_is_kept_and_counts_as_there():
    files = told_files()
    files[f"{SLUG}/questions.fr.yaml"] = "# par nous\nM50-Q01:\n  stem: Quoi ?  # court\n"
    files |= begin(files, SLUG, "fr")
    assert states(files)["questions/M50-Q01/stem"] == "there"
    files |= translated(files, SLUG, "fr", "questions/M50-Q02/stem", "Et là ?")
    assert "# par nous\nM50-Q01:\n  stem: Quoi ?  # court\n" in files[f"{SLUG}/questions.fr.yaml"]


def test_a_text_that_is_gone_from_the_source_is_not_translated():
    files = {**told_files(), **begin(told_files(), SLUG, "fr")}
    for wrong in ("questions/M50-Q09/stem", "questions/M50-Q01/options/a/key", "../x", ""):
        with pytest.raises(BadInput, match="no longer in the source"):
            translated(files, SLUG, "fr", wrong, "x")


@pytest.mark.parametrize(
    "value", ["a text", ["one", "two"], [["a", "b"], ["c", "d"]], [["a"], ["b"]]]
)
def test_lists_and_tables_of_texts_are_edited_as_lines(value):
    from modules.course.translations import as_value

    assert as_value(as_text(value), value) == value


@pytest.mark.parametrize(
    ("source", "target", "kinds"),
    [
        ("See [@gdpr-art5].", "Voir [@gdpr-art5].", []),
        ("See [@gdpr-art5].", "Voir.", ["lost"]),
        ("See.", "Voir [@x].", ["more"]),
        ("Tell {local:dpo} of {n}.", "Dites à {local:dpo}.", ["lost"]),
        ("{ask M50-Q01}", "{ask M50-Q02}", ["lost", "more"]),
        ("[[name|{name}]] here", "[[nom|{name}]] ici", ["lost", "more"]),
        ("In 2024, 1,000 of 27%.", "En 2024, 1 000 de 27 %.", []),
        ("In 2024, 27%.", "En 2024, 72 %.", ["numbers"]),
        ("- one\n- two", "- un\n- deux", []),
        ("- one\n- two", "- un et deux", ["entries"]),
        ("1. one\n2. two", "1. un\n2. deux", []),
        ("**Bold** word", "Mot **gras", ["strong"]),
        ("{eu} Note.", "Note.", ["laws"]),
        ("[x](https://a.example)", "[x](https://b.example)", ["lost", "more"]),
        ("A whole sentence here.", "A whole sentence here.", ["same"]),
        ("OK", "OK", []),
        ("A text.", "  ", []),
        ("[controller](term:controller)", "[responsable](term:controller)", ["term"]),
    ],
)
def test_what_a_translation_has_to_keep_is_looked_at(source, target, kinds):
    assert [one.kind for one in hints(source, target)] == kinds


def test_a_term_is_asked_for_where_the_glossary_has_it_in_that_language():
    known = {"controller"}
    source = "The [controller](term:controller)."
    assert hints(source, "Le [responsable](term:controller).", known) == []
    assert [one.what for one in hints(source, "Le responsable.", known)] == [("(term:controller)",)]
    assert hints(source, "Le responsable.") == []
