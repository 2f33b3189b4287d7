"""What versions changed is told for the newest one, in order, and names what is there."""

from __future__ import annotations

import pytest

from modules.course.model import Change
from modules.course.model.changes import order, since
from tests.unit.tiny_course import change, found, write


def told(tmp_path, version, *changes):
    """The sentences about a module of this version with these changes."""
    write(tmp_path)
    lines = "".join(f"\n  - {one}" for one in changes)
    more = f"\nchanges:{lines}" if changes else ""
    change(tmp_path, "module.yaml", 'version: "1.0.0"', f'version: "{version}"{more}')
    return [one.sentence for one in found(tmp_path) if one.file.endswith("module.yaml")]


RULE = '{version: "1.1.0", kind: rule, says: A rule changed., parts: [reading, M01-Q03]}'


def test_the_first_version_says_nothing_and_a_later_one_has_to(tmp_path):
    assert told(tmp_path / "a", "1.0.0") == []
    [sentence] = told(tmp_path / "b", "1.1.0")
    assert "Nothing says what 1.1.0 changed" in sentence
    assert told(tmp_path / "c", "1.1.0", RULE) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ([RULE.replace("M01-Q03", "M01-Q99")], "M01-Q99 is no screen and no item"),
        ([RULE.replace(", M01-Q03", "")], "names at least one item"),
        ([RULE, RULE], "The newest version stands first"),
        ([RULE.replace("1.1.0", "1.0.5"), RULE], "The newest version stands first"),
        ([RULE.replace("1.1.0", "1.2.0"), RULE], "comes after the module’s version"),
        ([RULE.replace("parts", "laws: [mars], parts")], "“mars” is no law here"),
    ],
)
def test_what_is_out_of_order_or_not_there_is_told_with_what_is_expected(
    tmp_path, changes, sentence
):
    assert any(sentence in one for one in told(tmp_path, "1.1.0", *changes))


def test_versions_are_compared_as_numbers():
    assert order("1.10.0") > order("1.9.9")
    every = [
        Change(version=one, kind="wording", says="Words.") for one in ("1.10.0", "1.9.0", "1.2.0")
    ]
    assert [one.version for one in since(every, "1.2.0")] == ["1.9.0", "1.10.0"]
