"""agreement.yaml: what its clauses are, what is refused, and what the program would break."""

import dataclasses

import pytest

from modules.agreement import limits
from modules.agreement.files import NotAgreed, load, parse
from modules.agreement.model import NEEDED, Seen
from modules.agreement.signing import verify
from modules.manage.panels import PANELS
from modules.manage.seen import Duty, Member, Sheet
from modules.settings import ROOT, Settings

SHIPPED = ROOT / "agreement.yaml"
BODY = SHIPPED.read_bytes()
HAS = [one.name for one in PANELS]


def changed(old, new):
    assert BODY.count(old.encode()) == 1, old
    return BODY.replace(old.encode(), new.encode())


def test_the_shipped_agreement_is_read_and_nobody_has_signed_it():
    found = load(SHIPPED)
    assert found.agreement.signers == ()
    assert not verify(found).signed
    assert verify(found).trouble == ""
    assert found.agreement.threshold.least == 10


def test_the_program_as_it_comes_stays_within_it():
    limits.check(load(SHIPPED), Settings(), panels=HAS)


def test_what_managers_can_see_is_the_closed_list_of_the_program():
    fields = {one.name for one in dataclasses.fields(Member)} - {"person_id"}
    assert set(Seen.__args__) == fields
    assert set(NEEDED) < fields
    opened = {one.name for kind in (Sheet, Duty) for one in dataclasses.fields(kind)}
    assert opened - {"person_id", "duties"} <= fields


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("least: 10\n", "least: 9\n", "threshold.least"),
        ("least: 10\n", 'least: "10"\n', "threshold.least"),
        ("learned: 30", "learned: 29", "threshold.learned"),
        ("learned: 30", "learned: 35", "threshold.learned"),
        ("asked: true", "asked: maybe", "confidence.asked"),
        ("asked: true", "asked: true\n  told: true", "confidence.told"),
        ("sign_in_hours: 12", "sign_in_hours: 0", "sign_in_hours"),
        ("sign_in_hours: 12\n", "", "sign_in_hours"),
        ("mon-fri", "mon-fry", "fry"),
        ('"08:00"', '"19:00"', "cannot begin at 19:00"),
        ('"18:00"', "18:00", "reminders.until"),
        ("  notes: 90", "  notes: 0", "retention.notes"),
        ("[name, unit", "[unit", "managers_see needs name"),
        ("[name, unit", "[name, score, unit", "managers_see.1"),
        ("[trend, units,", "[trend, trend,", "panels names something twice"),
        ("number: 1\n", "number: 1\nnumber: 2\n", "“number” stands twice"),
        ("title: The", "title: [The", "readable as YAML"),
        ("signers: []", "signers: [{role: dpo, name: A, key: abc}]", "no public key"),
    ],
)
def test_a_file_that_says_something_else_is_refused_in_a_sentence(old, new, told):
    with pytest.raises(NotAgreed) as refused:
        parse(changed(old, new), "agreement.yaml")
    assert told in str(refused.value)
    assert str(refused.value).startswith("agreement.yaml")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", b"- 1", b"a: &a [*a]", b"x: !!python/object:os.system {}", b"a: 2026-01-01"],
)
def test_anything_that_is_no_agreement_is_refused_in_a_sentence(body):
    with pytest.raises(NotAgreed):
        parse(body, "agreement.yaml")


def test_a_file_that_is_not_there_is_told_with_its_setting(tmp_path):
    with pytest.raises(NotAgreed, match="STEWARD_AGREEMENT"):
        load(tmp_path / "agreement.yaml")


@pytest.mark.parametrize(
    ("setting", "clause", "said", "allowed"),
    [
        ({"sign_in_hours": 13}, "sign_in_hours", "is 13", "at most 12"),
        ({"remind_every_days": 6}, "reminders.every_days", "is 6", "at least 7"),
        ({"review_days": "mon-sat"}, "reminders.days", "has sat", "mon-fri"),
        ({"review_from": "07:59"}, "reminders.start", "is 07:59", "not before 08:00"),
        ({"review_until": "18:01"}, "reminders.until", "is 18:01", "not after 18:00"),
    ],
)
def test_a_setting_outside_it_is_told_by_clause_found_allowed_and_what_to_do(
    setting, clause, said, allowed
):
    with pytest.raises(NotAgreed) as refused:
        limits.check(load(SHIPPED), Settings(**setting), panels=HAS)
    told = str(refused.value)
    assert f"clause “{clause}”" in told
    assert said in told
    assert allowed in told
    assert "Set it to" in told
    assert limits.OTHERWISE in told


def test_a_panel_that_the_program_does_not_have_is_told():
    found = load(SHIPPED)
    with pytest.raises(NotAgreed, match="“units” is no panel"):
        limits.check(found, Settings(), panels=["trend"])
