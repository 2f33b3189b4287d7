"""Fernleigh: linked, plausible, planted as told, and with identifiers that cannot be anybody's."""

import re

import numpy as np
import pytest

from modules import synth
from modules.basics import BadInput
from modules.settings import ROOT
from modules.synth.dictionary import described
from modules.synth.places import WARDS, chart

SIZES = ((5000, "fernleigh"), (100, "smallest"), (1200, "another"))


@pytest.fixture(scope="module", params=SIZES, ids=[f"{n}-{s}" for n, s in SIZES])
def town(request):
    return synth.fernleigh(*request.param)


@pytest.fixture(scope="module")
def default():
    return synth.fernleigh()


def residents_by_id(town):
    return {row["resident_id"]: row for row in town.table("residents").rows()}


def test_there_are_twelve_tables_and_as_many_residents_as_asked(town):
    assert len(town.tables) == 12
    assert len(town.table("residents")) == town.people


def test_every_column_is_described_and_nothing_else_is(default):
    told = {name: list(table.columns) for name, table in described().items()}
    assert told == {name: list(table.columns) for name, table in default.tables.items()}


def test_every_link_leads_somewhere(town):
    known = {
        "resident_id": set(town.table("residents")["resident_id"].tolist()),
        "property_id": set(town.table("housing")["property_id"].tolist()),
        "staff_id": set(town.table("staff")["staff_id"].tolist()),
    }
    known["caseworker_id"] = known["staff_id"]
    may_be_empty = {("staff", "resident_id"), ("police_incidents", "resident_id")}
    checked = 0
    for name, table in town.tables.items():
        for column in known.keys() & table.columns.keys():
            found = set(table[column].tolist())
            if (name, column) in may_be_empty:
                found.discard("")
            assert found <= known[column], (name, column)
            checked += 1
    assert checked == 17


def test_first_columns_number_their_rows_without_repeating(town):
    for table in town.tables.values():
        first = next(iter(table.columns.values()))
        assert len(set(first.tolist())) == len(table)


def test_cases_in_the_log_exist_and_belong_to_the_resident(town):
    accounts = town.table("council_tax").rows()
    cases = {row["property_id"]: row["resident_id"] for row in accounts}
    for name, key in (
        ("benefit_claims", "claim_id"),
        ("health_referrals", "referral_id"),
        ("council_tax", "account_id"),
    ):
        cases |= {row[key]: row["resident_id"] for row in town.table(name).rows()}
    for event in town.table("access_log").rows():
        if event["case_ref"]:
            assert cases[event["case_ref"]] == event["resident_id"]


def test_a_household_shares_home_postcode_and_ward(town):
    homes = {row["property_id"]: row for row in town.table("housing").rows()}
    for row in town.table("residents").rows():
        home = homes[row["property_id"]]
        assert all(row[name] == home[name] for name in ("address", "postcode", "ward"))


def test_homes_count_their_people_once(town):
    doubled = {second for _, second, _ in town.planted.doubles}
    counts = {}
    for row in town.table("residents").rows():
        if row["resident_id"] not in doubled:
            counts[row["property_id"]] = counts.get(row["property_id"], 0) + 1
    assert counts == {row["property_id"]: row["people"] for row in town.table("housing").rows()}


def test_no_two_homes_share_an_address(default):
    homes = default.table("housing")
    assert len({(a, p) for a, p in zip(homes["address"], homes["postcode"], strict=True)}) == len(
        homes
    )


def test_the_map_has_400_postcodes_of_an_area_that_does_not_exist():
    codes = chart().postcode.tolist()
    assert len(set(codes)) == 400
    assert all(re.fullmatch(r"QF(1[0-2]|[1-9]) [1-9][A-Z]{2}", code) for code in codes)


SAFE = {
    "phone": r"(07700 900\d{3}|01632 960\d{3})?",
    "email": r"(.+@(example\.org|fernleigh\.example))?",
    "ni_number": r"(QQ\d{6}[A-D])?",
    "postcode": r"QF\d{1,2} \d[A-Z]{2}",
    "ip_address": r"192\.0\.2\.\d{1,3}",
    "workstation": r"192\.0\.2\.\d{1,3}",
}


def test_no_identifier_could_belong_to_somebody(town):
    seen = set()
    for table in town.tables.values():
        for column in SAFE.keys() & table.columns.keys():
            seen.add(column)
            odd = [v for v in table[column].tolist() if not re.fullmatch(SAFE[column], v)]
            assert not odd, (table.name, column, odd[:3])
    assert seen == SAFE.keys()


def test_addresses_and_insurance_numbers_are_given_once(default):
    for column in ("email", "ni_number"):
        given = [one for one in default.table("residents")[column].tolist() if one]
        assert len(given) == len(set(given)) > 3000


def test_pupils_are_of_the_age_of_their_school_year(town):
    people = residents_by_id(town)
    for row in town.table("school_attendance").rows():
        born = people[row["resident_id"]]["date_of_birth"]
        then = 2025 - born.year - ((born.month, born.day) > (8, 31))
        year = 0 if row["year_group"] == "Reception" else int(row["year_group"].split()[1])
        assert then == 4 + year
        assert ("Primary" in row["school"]) == (year <= 6)
        assert row["attended"] + row["absent_excused"] + row["absent_unexcused"] == row["sessions"]


def test_mothers_are_older_than_their_children(default):
    """Nobody lives with a child and only with adults less than 16 years older."""
    ages = synth.years(default.table("residents")["date_of_birth"])
    homes = default.table("residents")["property_id"].tolist()
    oldest, child = {}, {}
    for home, age in zip(homes, ages.tolist(), strict=True):
        oldest[home] = max(age, oldest.get(home, 0))
        if age < 18:
            child[home] = max(age, child.get(home, 0))
    assert len(child) > 500
    assert all(oldest[home] - age >= 16 for home, age in child.items())


def test_the_register_is_a_true_subset_of_adults_in_all_it_says(town):
    people = residents_by_id(town)
    shown = ("first_name", "last_name", "date_of_birth", "sex", "address", "postcode", "ward")
    register = town.table("voter_register")
    for row in register.rows():
        assert all(people[row["resident_id"]][name] == row[name] for name in shown)
        assert row["date_of_birth"].isoformat() <= "2008-07-31"
    adults = (synth.years(town.table("residents")["date_of_birth"]) >= 18).sum()
    assert 0.5 < len(register) / adults < 0.75


def test_releases_are_the_same_rows_without_the_numbers_that_link_them(default):
    for name in ("health_referrals", "voter_register", "transport_taps"):
        whole, shown = default.table(name), default.release(name)
        assert len(whole) == len(shown)
        assert "resident_id" not in shown.columns
        assert all(
            (shown[c] == whole[c]).all() for c in shown.columns if whole[c].dtype.kind == "U"
        )
    assert {"postcode", "date_of_birth", "sex", "condition"} <= set(
        default.release("health_referrals").columns
    )


def test_nobody_was_referred_or_claimed_before_the_right_age(town):
    people = residents_by_id(town)
    for row in town.table("health_referrals").rows():
        assert row["referred_on"] >= row["date_of_birth"]
    for row in town.table("benefit_claims").rows():
        born = people[row["resident_id"]]["date_of_birth"]
        assert (row["claimed_on"] - born).days > 17.5 * 365


def rates(town, ids):
    residents = town.table("residents")
    adult = synth.years(residents["date_of_birth"]) >= 18
    has = np.isin(residents["resident_id"], ids)
    return [has[adult & (residents["ward"] == ward.name)].mean() for ward in WARDS]


def correlation(one, two):
    return np.corrcoef(one, two)[0, 1]


@pytest.mark.parametrize("seed", ["fernleigh", "a", "b"])
def test_what_follows_from_deprivation_does(seed):
    town = synth.fernleigh(seed=seed)
    poor = [ward.deprivation for ward in WARDS]
    residents = town.table("residents")
    claiming = rates(town, town.table("benefit_claims")["resident_id"])
    assert correlation(poor, claiming) > 0.85
    assert np.mean(claiming[:3]) > 2 * np.mean(claiming[-3:])
    adult = synth.years(residents["date_of_birth"]) >= 18
    income = [
        np.median(residents["income_year"][adult & (residents["ward"] == ward.name)])
        for ward in WARDS
    ]
    assert correlation(poor, income) < -0.85
    ill = rates(town, town.table("health_referrals")["resident_id"])
    assert correlation(poor, ill) > 0.5
    homes = town.table("housing")
    damp = [homes["damp"][homes["ward"] == ward.name].mean() for ward in WARDS]
    assert correlation(poor, damp) > 0.6
    incidents = town.table("police_incidents")["ward"].tolist()
    counts = [incidents.count(w.name) / (residents["ward"] == w.name).sum() for w in WARDS]
    assert correlation(poor, counts) > 0.8


def test_asthma_is_more_common_in_damp_homes(default):
    damp = {row["property_id"]: row["damp"] for row in default.table("housing").rows()}
    asthma = {
        row["resident_id"]
        for row in default.table("health_referrals").rows()
        if row["condition"] == "asthma"
    }
    share = {True: [], False: []}
    for row in default.table("residents").rows():
        share[damp[row["property_id"]]].append(row["resident_id"] in asthma)
    assert np.mean(share[True]) > 1.5 * np.mean(share[False])


def test_sizes_of_postcodes_are_skewed(default):
    counts = np.unique(default.table("residents")["postcode"], return_counts=True)[1]
    assert len(counts) > 330
    assert counts.max() > 6 * np.median(counts)


@pytest.mark.parametrize(
    ("people", "seed", "locale", "says"),
    [
        (99, "x", "en_GB", "100 to 1,000,000"),
        (1_000_001, "x", "en_GB", "not 1,000,001"),
        (500, "  ", "en_GB", "seed is empty"),
        (500, "x", "xx_XX", "no names for “xx_XX”"),
        (500, "x", "../en_GB", "no names"),
    ],
)
def test_what_cannot_be_asked_for_is_told_in_a_sentence(people, seed, locale, says):
    with pytest.raises(BadInput, match=re.escape(says)):
        synth.fernleigh(people, seed, locale)


def test_unknown_tables_and_columns_are_told_with_what_there_is(default):
    with pytest.raises(BadInput, match=r"no table “taxes”.*council_tax"):
        default.table("taxes")
    with pytest.raises(BadInput, match=r"no column shoe_size.*resident_id"):
        default.table("residents").select(["sex", "shoe_size"])


def test_tables_are_shared_and_cannot_be_changed(default):
    with pytest.raises(ValueError, match="read-only"):
        default.table("residents")["income_year"][0] = 1
    frame = default.table("residents").frame()
    frame.loc[0, "income_year"] = -1
    assert default.table("residents")["income_year"][0] >= 0


def test_rows_and_frames_say_the_same(default):
    table = default.table("staff")
    assert [row["staff_id"] for row in table.rows()] == table.frame()["staff_id"].tolist()
    assert len(table.where(table["team"] == "Benefits")) == sum(
        row["team"] == "Benefits" for row in table.rows()
    )


def test_the_document_lists_every_table_as_it_is(default):
    told = {}
    for line in (ROOT / "docs/fernleigh.md").read_text("utf-8").splitlines():
        if found := re.fullmatch(r"\| `(\w+)` \| ([\d,]+) \| (.+) \|", line):
            told[found[1]] = (int(found[2].replace(",", "")), re.findall(r"`(\w+)`", found[3]))
    assert told == {n: (len(t), list(t.columns)) for n, t in default.tables.items()}
