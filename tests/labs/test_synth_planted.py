"""What graders are told was planted is there: found again from the tables alone."""

from collections import Counter
from datetime import date, time

import numpy as np
import pytest

from modules import synth


@pytest.fixture(scope="module", params=["fernleigh", "seed 2", "seed 3"])
def town(request):
    return synth.fernleigh(seed=request.param)


def key(row):
    return row["postcode"], row["date_of_birth"], row["sex"]


def test_postcode_birth_date_and_sex_single_out_about_99_of_100(town):
    rows = list(town.table("residents").rows())
    counts = Counter(map(key, rows))
    alone = [counts[key(row)] == 1 for row in rows]
    assert alone == town.planted.unique.tolist()
    assert 0.985 <= np.mean(alone) < 1


def test_the_linkage_attack_names_those_it_should(town):
    """By hand: who is alone in both published files and matches is matched rightly."""
    referrals, register = town.release("health_referrals"), town.release("voter_register")
    names = Counter(map(key, register.rows()))
    known = {key(row): place for place, row in enumerate(register.rows())}
    patients = Counter(map(key, referrals.rows()))
    right = wrong = 0
    for place, row in enumerate(referrals.rows()):
        if names[key(row)] == 1 and patients[key(row)] == 1:
            true = town.table("health_referrals")["resident_id"][place]
            found = town.table("voter_register")["resident_id"][known[key(row)]]
            right, wrong = right + (true == found), wrong + (true != found)
    assert right > 1000
    assert wrong <= 0.01 * right


def test_the_uniform_class_shares_its_condition(town):
    uniform = town.planted.uniform
    rows = [
        row
        for row in town.table("health_referrals").rows()
        if row["ward"] == uniform.ward
        and (date(2026, 7, 31) - row["date_of_birth"]).days >= uniform.from_age * 365.25
    ]
    assert {row["referral_id"] for row in rows} == set(uniform.referrals)
    assert {row["condition"] for row in rows} == {uniform.condition}
    assert len(rows) >= 5


def test_small_cells_are_those_below_five(town):
    counts = Counter(
        (row["ward"], row["condition"]) for row in town.table("health_referrals").rows()
    )
    assert town.planted.small_cells == {c: n for c, n in counts.items() if n < 5}
    assert len(town.planted.small_cells) > 10


def test_the_rare_condition_has_twenty_people_in_5000(town):
    rows = town.table("health_referrals").rows()
    found = {r["resident_id"] for r in rows if r["condition"] == town.planted.rare_condition}
    assert found == set(town.planted.rare_residents)
    assert len(found) == 20


def test_second_records_differ_where_they_are_told_to(town):
    rows = {row["resident_id"]: row for row in town.table("residents").rows()}
    assert len(town.planted.doubles) == 20
    for first, second, what in town.planted.doubles:
        one, two = rows[first], rows[second]
        assert one["property_id"] == two["property_id"]
        assert (one["first_name"] != two["first_name"]) == (what == "name")
        assert (one["date_of_birth"] != two["date_of_birth"]) == (what == "date of birth")
        assert one["last_name"] == two["last_name"]


def test_stale_and_impossible_dates_are_those_told(town):
    planted = town.planted
    for name, ident, column, limit, stale, impossible in (
        (
            "benefit_claims",
            "claim_id",
            "last_checked",
            date(2021, 1, 1),
            planted.stale_checks,
            planted.impossible_checks,
        ),
        (
            "housing",
            "property_id",
            "last_inspected",
            date(2016, 1, 1),
            planted.stale_inspections,
            planted.impossible_inspections,
        ),
    ):
        rows = list(town.table(name).rows())
        odd = [r for r in rows if not date(1990, 1, 1) <= r[column] <= date(2026, 7, 31)]
        assert {r[ident] for r in odd} == set(impossible)
        old = {r[ident] for r in rows if date(1990, 1, 1) <= r[column] < limit}
        assert old == set(stale)


def test_curious_look_ups_are_exactly_those_without_case_and_reason(town):
    bare = {
        row["event_id"]
        for row in town.table("access_log").rows()
        if not row["case_ref"] and not row["reason"]
    }
    planted = town.planted.curious
    assert bare == {event for events in planted.values() for event in events}
    assert {name: len(events) for name, events in planted.items()} == {
        "neighbours": 9,
        "family": 6,
        "well known": 8,
    }


def test_curious_look_ups_are_what_they_are_called(town):
    log = {row["event_id"]: row for row in town.table("access_log").rows()}
    staff = {row["staff_id"]: row for row in town.table("staff").rows()}
    people = {row["resident_id"]: row for row in town.table("residents").rows()}
    for event in town.planted.curious["neighbours"]:
        viewer = staff[log[event]["staff_id"]]
        home, seen = people[viewer["resident_id"]], people[log[event]["resident_id"]]
        assert home["postcode"] == seen["postcode"]
        assert home["property_id"] != seen["property_id"]
        assert log[event]["at"].hour >= viewer["works_until"]
    for event in town.planted.curious["family"]:
        viewer = staff[log[event]["staff_id"]]
        home, seen = people[viewer["resident_id"]], people[log[event]["resident_id"]]
        assert home["property_id"] == seen["property_id"]
    famous = {log[event]["resident_id"] for event in town.planted.curious["well known"]}
    viewers = {log[event]["staff_id"] for event in town.planted.curious["well known"]}
    assert (len(famous), len(viewers)) == (1, 8)
    for name, events in town.planted.curious.items():
        assert {log[event]["staff_id"] for event in events} == set(town.planted.curious_staff[name])


def test_ordinary_look_ups_fall_into_working_hours(town):
    curious = {event for events in town.planted.curious.values() for event in events}
    staff = {row["staff_id"]: row for row in town.table("staff").rows()}
    for row in town.table("access_log").rows():
        if row["event_id"] not in curious:
            worker, at = staff[row["staff_id"]], row["at"]
            assert time(worker["works_from"]) <= at.time() < time(worker["works_until"])
            assert at.weekday() < 5
            assert date(2026, 6, 1) <= at.date() <= date(2026, 7, 31)


def test_the_score_misses_need_in_the_two_wards(town):
    scores, planted = town.table("ai_scores"), town.planted
    biased = np.isin(scores["ward"], planted.biased_wards)
    need = planted.true_need
    found = scores["offered_help"]
    assert planted.biased_wards == ("Eastfield", "Harbour")
    assert found[need & ~biased].mean() - found[need & biased].mean() > 0.15
    lost = need & ~scores["need_recorded"]
    assert set(scores["resident_id"][lost].tolist()) == set(planted.unrecorded_need)
    assert set(scores["ward"][lost].tolist()) == set(planted.biased_wards)
    assert 0.22 < lost[biased].sum() / need[biased].sum() < 0.48
    assert not (scores["need_recorded"] & ~need).any()


def test_selection_rate_alone_points_at_the_wrong_ward(town):
    """What makes the fairness lab worth its time: equal numbers do not mean equal treatment."""
    scores = town.table("ai_scores")
    rate = {w: scores["offered_help"][scores["ward"] == w].mean() for w in set(scores["ward"])}
    assert rate["Beacon Hills"] < rate["Harbour"]


def test_wrong_single_discounts_are_those_with_two_adults(town):
    adults = Counter()
    doubled = {second for _, second, _ in town.planted.doubles}
    for row in town.table("residents").rows():
        grown = row["date_of_birth"] <= date(2008, 7, 31)
        adults[row["property_id"]] += grown and row["resident_id"] not in doubled
    wrong = {
        row["account_id"]
        for row in town.table("council_tax").rows()
        if row["discount"] == "single adult" and adults[row["property_id"]] != 1
    }
    assert wrong == set(town.planted.wrong_discounts)
    assert len(wrong) >= 5
