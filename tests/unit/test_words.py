"""Interface text: pages never fail for a word, the check finds every gap."""

from __future__ import annotations

from pathlib import Path

import pytest

from modules import words
from modules.basics import ContentError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content" / "words").mkdir(parents=True)
    text = 'home.hello: "Hello, {name}"\nhome.bye: Goodbye\nkind.one: One\n'
    (tmp_path / "content" / "words" / "en.yaml").write_text(text)
    return tmp_path / "content"


def test_words_fill_in_names_and_leave_other_braces_alone(root: Path) -> None:
    say = words.of("en", root)
    assert say("home.hello", name="Ada {0} {x.__class__}") == "Hello, Ada {0} {x.__class__}"
    assert say("home.hello") == "Hello, {name}"


def test_a_missing_key_shows_its_last_part_and_is_logged_once(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say = words.of("en", root)
    assert say("home.nothing") == "⟦nothing⟧"
    assert say("home.nothing") == "⟦nothing⟧"
    assert capsys.readouterr().out.count("home.nothing") == 1


def test_a_language_takes_from_english_what_it_lacks(root: Path) -> None:
    (root / "words" / "fr.yaml").write_text("home.bye: Au revoir\n")
    say = words.of("fr", root)
    assert say("home.bye") == "Au revoir"
    assert say("kind.one") == "One"


def test_a_broken_file_stops_loading_but_not_a_page(root: Path) -> None:
    (root / "words" / "en.yaml").write_text("home.bye: [\n")
    with pytest.raises(ContentError, match="line"):
        words.load(root)
    assert words.of("en", root)("home.bye") == "⟦bye⟧"


def test_a_key_written_twice_or_without_text_is_a_problem(root: Path) -> None:
    (root / "words" / "en.yaml").write_text("a.b: One\na.b: Two\na.c: 3\n")
    with pytest.raises(ContentError) as raised:
        words.load(root)
    assert [problem.place for problem in raised.value.problems] == ["line 2, a.b", "line 3, a.c"]


def test_keys_asked_for_in_code_and_templates_must_be_written(root: Path, tmp_path: Path) -> None:
    code = tmp_path / "modules" / "shell"
    code.mkdir(parents=True)
    (code / "page.py").write_text(
        'words("home.hello", name=1)\nself.say("home.lost" if x else "home.bye")\n'
        'words(f"kind.{kind}")\n'
    )
    (code / "page.html").write_text('<p>{{ say("home.gone") }}</p>\n')
    problems = words.missing_keys(root, tmp_path / "modules")
    assert [(problem.file, problem.place, problem.stops) for problem in problems] == [
        ("modules/shell/page.html", "line 1", True),
        ("modules/shell/page.py", "line 2", True),
    ]


def test_a_key_that_nothing_uses_is_advice(root: Path, tmp_path: Path) -> None:
    code = tmp_path / "modules"
    code.mkdir()
    (code / "page.py").write_text('LABELS = {1: "home.hello"}\nwords(f"kind.{kind}")\n')
    (problem,) = words.missing_keys(root, code)
    assert problem.place == "line 2, home.bye"
    assert not problem.stops


def test_a_key_that_code_ends_is_used(root: Path, tmp_path: Path) -> None:
    code = tmp_path / "modules"
    code.mkdir()
    (code / "page.py").write_text('words("home.hello")\nsay(f"{said}.bye")\nsay(f"kind.{one}")\n')
    assert words.missing_keys(root, code) == []


def test_another_language_must_have_every_key(root: Path, tmp_path: Path) -> None:
    (root / "words" / "fr.yaml").write_text("home.hello: Bonjour\nhome.bye: Au revoir\n")
    problems = [p for p in words.missing_keys(root, tmp_path / "none") if p.stops]
    assert [(problem.file, problem.place) for problem in problems] == [
        ("content/words/fr.yaml", "kind.one")
    ]


def test_a_key_between_the_places_of_a_template_is_used(tmp_path: Path) -> None:
    root, code = tmp_path / "content", tmp_path / "modules"
    (root / "words").mkdir(parents=True)
    code.mkdir()
    (root / "words" / "en.yaml").write_text("nav.home: Home\nnav.away: Away\n")
    (code / "page.py").write_text('x = f"{x}nav.home{y}"\n')
    (code / "other.py").write_text("nav.away\n")
    (problem,) = words.missing_keys(root, code)
    assert "nav.away" in problem.place
