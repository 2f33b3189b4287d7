"""Rules in words, the form's address, and the calendar of what a rule would do."""

import json
import uuid
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules import charts, words
from modules.admin import ruling_words
from modules.admin.ruling_form import Filled, first, with_people
from modules.duties import After, Audience, Calendar, Case, Clause, Cycle, Never, On, Rolling, Rule
from modules.duties.model import EVERYBODY, Yearly

HOUSING, LEGAL = uuid.uuid4(), uuid.uuid4()
UNITS = {HOUSING: "Housing", LEGAL: "Legal"}
JANUARY = Yearly(month=1, day=31)
SAY = words.of("en")
TODAY = date(2026, 11, 27)


def told(**more):
    given = {"audience": EVERYBODY, "due": After(days=30), "renewal": Never()} | more
    return ruling_words.rule(SAY, Rule(**given), UNITS)


def test_a_rule_says_who_by_when_and_when_again():
    assert told() == "Everybody who works here: 30 days after the rule reaches somebody, once."
    some = Audience(
        clauses=(
            Clause(units=(HOUSING, LEGAL), families=("Benefits officer",)),
            Clause(roles=("manager",)),
        )
    )
    assert told(audience=some, due=On(day=date(2027, 3, 1)), renewal=Rolling(months=12)) == (
        "Everybody in Housing or Legal who works as Benefits officer; or everybody with the role "
        "Manager: by 1 March 2027, again after 12 months."
    )


def test_exceptions_cycles_and_access_are_told():
    case = Case(
        audience=Audience(clauses=(Clause(grades=("9", "10", "11")),)),
        due=Cycle(yearly=JANUARY),
        renewal=Calendar(yearly=Yearly(month=1, day=31, every=2)),
    )
    exceptions = Audience(clauses=(Clause(people=(uuid.uuid4(), uuid.uuid4())),))
    text = told(before_access=True, exceptions=exceptions)
    assert "before working with citizens’ data" in text
    assert "But not: everybody who is named (2 people)." in text
    rule = Rule(audience=EVERYBODY, due=After(days=30), renewal=Never(), cases=(case,))
    assert ruling_words.cases(SAY, rule, UNITS) == [
        "Everybody in grade 9, 10 or 11: by 31 January each year, "
        "again by 31 January every 2 years."
    ]


def test_one_cycle_for_both_is_told_once():
    text = told(due=Cycle(yearly=JANUARY), renewal=Calendar(yearly=JANUARY))
    assert text.count("31 January") == 1 and "by 31 January each year." in text


def test_a_unit_that_is_closed_is_told_as_such():
    assert "a unit that is closed" in told(
        audience=Audience(clauses=(Clause(units=(uuid.uuid4(),)),))
    )


@pytest.mark.parametrize(
    ("more", "starts", "key"),
    [
        ({"audience": Audience()}, TODAY, "nobody"),
        ({}, TODAY - timedelta(days=1), "past"),
        ({"due": On(day=TODAY)}, TODAY + timedelta(days=9), "day"),
    ],
)
def test_what_a_rule_would_do_wrong_is_told_before_it_is_kept(more, starts, key):
    rule = Rule(**({"audience": EVERYBODY, "due": After(days=3), "renewal": Never()} | more))
    assert ruling_words.problem(SAY, rule, starts, TODAY) == SAY(f"rules.problem_{key}")
    assert not ruling_words.problem(SAY, first({"M01": "x"}, TODAY).rule, TODAY, TODAY)


def test_the_address_keeps_the_form_and_anything_else_in_it_is_nothing():
    filled = first({"M01": "Why share?"}, TODAY)
    assert Filled.unpacked(filled.packed()) == filled
    for wrong in ("", "x", "é", filled.packed()[:-16], "A" * 5000):
        assert Filled.unpacked(wrong) is None


@given(st.text(max_size=60))
def test_whatever_stands_in_the_address_the_page_begins(text):
    assert Filled.unpacked(text) is None


def test_an_address_that_unpacks_to_a_huge_text_is_nothing():
    import base64
    import zlib

    bomb = base64.urlsafe_b64encode(zlib.compress(b" " * 10_000_000)).decode()
    assert Filled.unpacked(bomb) is None


def test_named_people_alone_are_the_audience_and_beside_a_group_they_are_added():
    ann = uuid.uuid4()
    filled = first({"M01": "x"}, TODAY)
    alone = with_people(filled, [ann], [])
    assert alone.rule.audience == Audience(clauses=(Clause(people=(ann,)),))
    assert with_people(filled, [], []) == filled
    housing = Audience(clauses=(Clause(units=(HOUSING,)),))
    beside = filled.model_copy(
        update={"rule": filled.rule.model_copy(update={"audience": housing})}
    )
    both = with_people(beside, [ann], [ann]).rule
    assert both.audience.clauses == (Clause(units=(HOUSING,)), Clause(people=(ann,)))
    assert both.exceptions == Audience(clauses=(Clause(people=(ann,)),))


DAYS = ((date(2026, 12, 27), 1250), (date(2027, 1, 31), 12))


def test_the_calendar_has_a_circle_for_each_day_and_says_them_all():
    spec = json.dumps(charts.calendar(DAYS, False))
    assert "1,250" in spec
    assert "Jan 2027" in spec
    found = charts.calendar_finding(DAYS, SAY)
    assert found.title == "Most is due in December 2026: 1,250"
    assert "31 January 2027: 12" in found.alt


def test_the_calendar_of_many_years_stays_readable():
    many = tuple((date(2026 + year, month, 1), 3) for year in range(6) for month in (1, 5, 9))
    assert charts.calendar(many, True)["height"] <= 18 * 40
