"""Local facts: the registry, what fits which kind, and how a value stands in a sentence."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest

from modules.basics import ContentError
from modules.course import local
from modules.course.examples import LONGEST, fault
from modules.course.local import Local, LocalFact
from modules.play.text import Notes
from modules.settings import settings

NOTHING_CITED = SimpleNamespace(facts={}, sources={})
KEYS = [
    "breach-contact",
    "data-protection-officer",
    "secure-channel",
    "approved-ai-tools",
    "data-protection-policy",
    "information-security-contact",
    "records-team",
    "sharing-lead",
    "speak-up-route",
]


def fact(**given) -> LocalFact:
    shared = {"key": "one", "title": "One thing", "about": "One", "instead": "your line manager"}
    return LocalFact(**{**shared, "sentence": "Tell {local:one}.", **given})


def test_the_shipped_registry_has_the_agreed_keys_and_no_value():
    shipped = local.read(settings().content)
    assert list(shipped) == KEYS
    assert not any(one.value for one in shipped.values())


@pytest.mark.parametrize(
    ("kind", "value", "wrong"),
    [
        ("text", "the desk, 0117 496 0112", ""),
        ("text", "", ""),
        ("text", "x" * 121, "long"),
        ("text", "<b>now</b>", "plain"),
        ("url", "https://intranet.example/a?b=1&c=2", ""),
        ("url", "http://intranet.example", "url"),
        ("url", "javascript:alert(1)", "url"),
        ("url", "https://a b.example", "url"),
        ("url", "https://user@evil.example", "url"),
        ("mail", "dpo@council.example", ""),
        ("mail", "dpo at council", "mail"),
        ("phone", "+44 (0)117 496 0112", ""),
        ("phone", "ask Ann", "phone"),
    ],
)
def test_a_value_has_to_be_of_its_kind(kind, value, wrong):
    assert fact(kind=kind).fault(value) == wrong


def test_a_value_stands_in_the_sentence_and_until_there_is_one_whom_to_ask():
    one = fact()
    text = "Tell {local:one} now."
    assert Local({"one": one}).fill(text) == "Tell your line manager now."
    assert Local({"one": one}, {"one": "Ann *B* [x](y)"}).fill(text) == (
        r"Tell Ann \*B\* \[x\](y) now."
    )
    assert Local({"one": fact(value="the file")}).fill(text) == "Tell the file now."


def test_the_database_wins_over_the_file_even_with_nothing():
    held = Local({"one": fact(value="the file")}, {"one": ""})
    assert held.fill("{local:one}") == "your line manager"
    assert [one.key for one in held.empty(["one"])] == ["one"]


def test_an_address_can_be_followed_and_goes_nowhere_else():
    link = Local({"one": fact(kind="url")}, {"one": "https://a.example/x?b=1&copy;=2"})
    assert link.markdown("one") == (
        r"[https://a.example/x?b=1\&copy;=2](<https://a.example/x?b=1&amp;copy;=2>)"
    )


def test_a_key_that_is_gone_from_the_file_still_reads_as_a_sentence():
    assert Local({}).fill("Tell {local:old-key} now.") == "Tell your line manager now."


def test_what_looks_like_a_cite_or_a_key_in_a_value_is_text():
    registry = {"one": fact(), "two": fact(key="two", sentence="{local:two}")}
    held = Local(registry, {"one": "[@gdpr-art5] {local:two} :red[x] $y$", "two": "no"})

    assert Notes(NOTHING_CITED, held).render("Tell {local:one}.") == (
        r"Tell \[@gdpr-art5\] \{local\:two\} \:red\[x\] \$y\$."
    )


def test_notes_tell_each_empty_detail_once_with_whom_to_ask():
    registry = {
        "one": fact(title="Breach contact"),
        "two": fact(key="two", title="Records team", sentence="{local:two}"),
        "three": fact(key="three", title="Help", ask="IT", sentence="{local:three}"),
    }

    notes = Notes(NOTHING_CITED, Local(registry, {}))
    notes.render("Tell {local:one}, {local:two} and {local:three}.")
    notes.render("Tell {local:one}.")
    lines = []
    notes.draw(
        SimpleNamespace(caption=lines.append),
        lambda key, **values: f"{values['what']} | {values['whom']}",
    )
    assert lines == ["breach contact, records team | your line manager", "help | IT"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("- {key: One}", "expected the form"),
        ("- {key: one, title: A, about: B, instead: C, sentence: 'No key.'}", "expected"),
        (
            "- {key: one, title: A, about: B, instead: C, sentence: 'Tell {local:two}.'}",
            "Expected {local:one} in it",
        ),
        (
            "- {key: one, title: A, about: B, instead: C, sentence: '{local:one}', kind: url,"
            " value: 'ftp://x'}",
            "The value is no url",
        ),
    ],
)
def test_a_wrong_entry_is_refused_with_what_to_do(tmp_path, entry, said):
    (tmp_path / "local.yaml").write_text(entry, "utf-8")
    with pytest.raises(ContentError, match=said):
        local.read(tmp_path)


def test_a_saved_file_is_read_anew_and_none_is_no_entry(tmp_path):
    assert local.read(tmp_path) == {}
    path = tmp_path / "local.yaml"
    body = "- {{key: one, title: A, about: B, instead: C, sentence: '{{local:one}}', value: {}}}"
    path.write_text(body.format("first"), "utf-8")
    assert local.read(tmp_path)["one"].value == "first"
    path.write_text(body.format("second"), "utf-8")
    os.utime(path, ns=(1, 1))
    assert local.read(tmp_path)["one"].value == "second"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("**Bold**, *soft*, `code`, [page](https://a.example) and\n\n- a list\n- of two", ""),
        ("> A quote.\n\n1. One\n2. Two\n\n[mail](mailto:a@b.example)", ""),
        ("x" * (LONGEST + 1), "long"),
        ("<b>bold</b>", "html"),
        ("<script>alert(1)</script>", "html"),
        ("![](https://a.example/x.png)", "marks"),
        ("# Big", "marks"),
        ("| a |\n|---|\n| b |", "marks"),
        ("```\ncode\n```", "marks"),
        ("[go](javascript:alert(1))", "link"),
        ("[go](http://a.example)", "link"),
        ("[go](/people)", "link"),
        ("<http://a.example>", "link"),
    ],
)
def test_an_example_may_be_simple_markdown_and_no_more(text, wrong):
    assert fault(text) == wrong
