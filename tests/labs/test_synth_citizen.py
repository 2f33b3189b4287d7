"""Your citizen: every seed meets a woman of whom everything told is on record."""

import time
from datetime import date

from modules import synth

SEEDS = [f"learner {number}" for number in range(200)]


def test_every_citizen_is_as_the_stories_say():
    people = {row["resident_id"]: row for row in synth.fernleigh().table("residents").rows()}
    homes = {row["property_id"]: row for row in synth.fernleigh().table("housing").rows()}
    for seed in SEEDS:
        her = synth.citizen(seed)
        record = people[her.resident_id]
        assert record["sex"] == "F"
        assert 29 <= her.age <= 45
        assert record["first_name"] == her.first
        assert her.name == f"{her.first} {her.last}"
        home = homes[record["property_id"]]
        assert (home["dwelling"], home["address"]) == ("flat", her.address)
        assert home["tenure"].startswith("rented")
        assert her.rent_week == home["rent_week"] > 0
        child = people[her.child_id]
        assert child["property_id"] == record["property_id"]
        assert child["first_name"] == her.child
        assert her.benefit == "housing support"
        assert her.clinic.startswith("the ")
        assert her.clinic.endswith(" clinic")
        assert her.referred_on <= date(2024, 8, 1)


def test_she_has_one_child_and_it_is_at_school():
    town = synth.fernleigh()
    homes = {}
    for row in town.table("residents").rows():
        homes.setdefault(row["property_id"], []).append(row)
    pupils = {row["resident_id"] for row in town.table("school_attendance").rows()}
    for seed in SEEDS:
        her = synth.citizen(seed)
        children = [r for r in homes[her.property_id] if r["date_of_birth"] > date(2008, 7, 31)]
        assert [child["resident_id"] for child in children] == [her.child_id]
        assert her.child_id in pupils


def test_her_claim_is_in_payment_and_her_referral_is_past():
    town = synth.fernleigh()
    claims = {row["claim_id"]: row for row in town.table("benefit_claims").rows()}
    referrals = {row["referral_id"]: row for row in town.table("health_referrals").rows()}
    for seed in SEEDS:
        her = synth.citizen(seed)
        claim, referral = claims[her.claim_id], referrals[her.referral_id]
        assert claim["resident_id"] == referral["resident_id"] == her.resident_id
        assert (claim["status"], referral["status"]) == ("in payment", "closed")
        assert claim["weekly_amount"] == her.weekly_amount > 0


def test_learners_meet_many_different_women_and_each_the_same_one_again():
    met = {synth.citizen(seed).resident_id for seed in SEEDS}
    assert len(met) >= 60
    assert synth.citizen("x") == synth.citizen("x")
    assert len(synth.fernleigh().planted.citizens) >= 40


def test_no_planted_fault_is_hers():
    planted = synth.fernleigh().planted
    for seed in SEEDS:
        her = synth.citizen(seed)
        assert her.claim_id not in planted.stale_checks + planted.impossible_checks
        assert her.property_id not in planted.stale_inspections + planted.impossible_inspections
        assert all(her.resident_id not in double for double in planted.doubles)
        assert her.resident_id not in planted.rare_residents


def test_another_locale_changes_her_name_only():
    here, there = synth.citizen("x").fields(), synth.citizen("x", "fr_FR").fields()
    assert {name for name in here if here[name] != there[name]} <= {
        "first",
        "last",
        "name",
        "child",
    }
    assert here["last"] != there["last"]


def test_her_fields_are_text_for_every_placeholder_of_a_story():
    fields = synth.citizen("x").fields()
    names = "{first} {last} {name} {age} {address} {ward} {postcode} {child} {school}"
    told = f"{names} {{benefit}} {{clinic}}".format_map(fields)
    assert "  " not in told
    assert all(isinstance(value, str) for value in fields.values())


def test_picking_her_is_quick():
    synth.citizen("warm")
    began = time.process_time()
    for number in range(20):
        synth.citizen(f"quick {number}")
    assert (time.process_time() - began) / 20 < 0.03
