"""A draft's own facts, sources and misconceptions, from a form to the register and back."""

from __future__ import annotations

from datetime import date

import pytest

from modules.basics import BadInput
from modules.course.files.reader import Reader
from modules.course.files.registers import register
from modules.course.model import Misconception
from modules.drafts import registering

TODAY = date(2026, 11, 27)
FACT = {
    "statement": "Since 2024 the borough answers “within 10 days”: no later.",
    "jurisdiction": "Fernleigh",
    "source": "fernleigh-rules",
    "place": "Part 3",
    "last_checked": date(2026, 11, 20),
    "status": "V",
    "review_by": date(2027, 5, 20),
}
SOURCE = {
    "title": "Rules",
    "publisher": "Fernleigh",
    "date": "2024-03",
    "url": "https://f.example/r",
}


def there(files, file):
    reader = Reader(files)
    found = register(reader, file)[1]
    assert not reader.problems
    return found


def test_a_fact_and_its_source_are_read_back_as_they_were_written():
    source = registering.source(SOURCE, ())
    fact = registering.fact({**FACT, "source": source.id}, (), TODAY)
    files = registering.added({}, source) | registering.added({}, fact)
    assert there(files, "sources.yaml") == {source.id: source}
    assert there(files, "facts.yaml") == {fact.id: fact}
    assert fact.id == "since-2024-the-borough-answers-within"


@pytest.mark.parametrize("title", ["No", "yes: or # no", "“a” \\ 'b' \"c\"", "- x", "{a}", "数字"])
def test_whatever_somebody_types_is_read_back_as_it_was_typed(title):
    belief = registering.misconception({"title": title}, ())
    assert there(registering.added({}, belief), "misconceptions.yaml") == {belief.id: belief}


@pytest.mark.parametrize("sign", ["\x92", "\x7f", "\uffff", "\x00"])
def test_signs_that_nobody_sees_do_not_close_the_register(sign):
    given = {
        **FACT,
        "statement": f"It{sign}s so.",
        "caution": f"Don{sign}t.",
        "place": f"§ 3{sign}",
    }
    fact = registering.fact(given, (), TODAY)
    assert (fact.statement, fact.caution, fact.place) == ("Its so.", "Dont.", "§ 3")
    assert there(registering.added({}, fact), "facts.yaml") == {fact.id: fact}


def test_what_stands_in_the_register_stays_as_it_was_typed():
    text = '# ours\n- id: a-belief\n  title: "One."   # a remark'
    files = registering.added({"misconceptions.yaml": text}, Misconception(id="b", title="Two."))
    assert files["misconceptions.yaml"].startswith(f"{text}\n\n- id: b\n")
    assert set(there(files, "misconceptions.yaml")) == {"a-belief", "b"}


def test_a_register_as_a_revision_keeps_it_can_be_added_to():
    files = {"misconceptions.yaml": '[{"id":"a","title":"One."}]'}
    found = there(
        registering.added(files, Misconception(id="b", title="Two.")), "misconceptions.yaml"
    )
    assert set(found) == {"a", "b"}
    empty = registering.added({"misconceptions.yaml": "[]"}, Misconception(id="b", title="Two."))
    assert set(there(empty, "misconceptions.yaml")) == {"b"}


def test_no_id_is_given_twice_whichever_register_has_it():
    shipped = {"facts.yaml": "- {id: rules}", "sources.yaml": "- id: fernleigh-rules"}
    taken = registering.ids(shipped, {"misconceptions.yaml": "- id: rules-2\n- text"})
    assert taken == {"rules", "fernleigh-rules", "rules-2"}
    assert registering.misconception({"title": "Rules"}, taken).id == "rules-3"
    assert registering.source(SOURCE, taken).id == "fernleigh-rules-2"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"statement": "  "}, "“What it says” is empty. Write it."),
        ({"statement": "x" * 1001}, "1,001 characters; 1,000 fit in"),
        ({"last_checked": date(2026, 11, 28)}, "lies ahead"),
        ({"review_by": date(2026, 11, 27)}, "has passed already"),
        ({"review_by": None}, "“review_by” is missing"),
        ({"source": None}, "“source” is missing"),
        ({"kind": "x"}, "“kind” is not a field here"),
    ],
)
def test_a_fact_that_is_not_sound_is_refused_with_what_to_do(change, told):
    with pytest.raises(BadInput, match=told):
        registering.fact({**FACT, **change}, (), TODAY)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": ""}, "“Title” is empty"),
        ({"publisher": "\n"}, "“Publisher” is empty"),
        ({"date": "March"}, "write 2026, 2026-11 or 2026-11-30"),
        ({"date": "2026-13"}, "write 2026, 2026-11 or 2026-11-30"),
        ({"url": "http://f.example"}, "begins with https://"),
        ({"url": "javascript:alert(1)"}, "begins with https://"),
    ],
)
def test_a_source_that_is_not_sound_is_refused_with_what_to_do(change, told):
    with pytest.raises(BadInput, match=told):
        registering.source({**SOURCE, **change}, ())
