"""What a staff list has wrong, row by row, and what stops its import."""

from __future__ import annotations

import pytest

from modules.basics import BadInput
from tests.data.importing import ZED, state


def test_whoever_is_missing_stays_unless_leavers_are_asked_for(body):
    assert body.dry(ZED).counts.left == 0
    plan = body.dry(ZED, leavers=True)
    assert plan.counts.left == plan.counts.present
    codes = [code for code, _ in plan.stops]
    assert "roster.stop.many" in codes
    assert "roster.stop.administrator" in codes


def test_wrong_rows_stop_the_import_unless_they_are_left_out(body):
    rows = (ZED, "nobody;No Body;Revenues;;;", "zed2@fernleigh.example;=1+1;Revenues;;;")
    before = state()
    assert [code for code, _ in body.take(*rows).stops] == ["roster.stop.wrong"]
    assert state() == before
    body.dry(*rows)
    assert body.wrong == [(3, "email", "address"), (4, "name", "formula")]
    plan = body.take(*rows, skip_wrong=True)
    assert (plan.counts.joined, plan.counts.wrong) == (1, 2)


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (
            ["Ann@x.org;Ann;Tax;;;", "ann@X.org;Ann;Tax;;;"],
            [(2, "email", "twice_email"), (3, "email", "twice_email")],
        ),
        (
            ["a@x.org;Ann;Tax;;7;", "b@x.org;Ben;Tax;;7;"],
            [(2, "number", "twice_number"), (3, "number", "twice_number")],
        ),
        (["a@x.org;Ann;Tax;who@x.org;;"], [(2, "manager", "unknown_boss")]),
        (["a@x.org;Ann;Tax;a@x.org;;"], [(2, "manager", "own_boss")]),
        (
            ["a@x.org;A;Tax;c@x.org;;", "b@x.org;B;Tax;a@x.org;;", "c@x.org;C;Tax;b@x.org;;"],
            [(n, "manager", "ring") for n in (2, 3, 4)],
        ),
        (["a@x.org;;Tax;;;"], [(2, "name", "no_name")]),
        (["a@x.org;Ann;Tax;;" + "9" * 65 + ";"], [(2, "number", "long")]),
        (["a@x.org;Ann;Tax;;;x;more"], [(2, "email", "wide")]),
        (["a@x.org;An\u202en;Tax;;;"], [(2, "name", "unseen")]),
        (["a@x.org;#REF!;Tax;;;"], [(2, "name", "error")]),
    ],
)
def test_the_dry_run_says_which_rows_are_wrong_and_why(body, rows, wrong):
    body.dry(*rows)
    assert body.wrong == wrong


def test_a_circle_is_told_and_leaving_it_out_leaves_nobody_in_it(body):
    rows = ["a@x.org;A;Tax;b@x.org;;", "b@x.org;B;Tax;a@x.org;;", "d@x.org;D;Tax;a@x.org;;"]
    body.dry(*rows)
    assert {one[5] for one in body.told} == {"a@x.org → b@x.org → a@x.org"}
    body.take(*rows, skip_wrong=True)
    assert [body.places(f"{who}@x.org")[0][1] for who in "abd"] == [None, None, "a@x.org"]
    assert body.dry(*rows).counts.same == 3


def test_an_address_given_to_somebody_with_another_number_inherits_no_record(body):
    body.take(ZED)
    body.dry("zed@fernleigh.example;Zed Other;Revenues;;E10;")
    assert body.wrong == [(2, "number", "clash")]


def test_a_unit_name_that_two_units_have_is_wrong(body):
    head = "E-mail;Name;Unit"
    body.take("a@x.org;A;Revenues / Team 1", "b@x.org;B;Benefits / Team 1", head=head)
    body.dry("c@x.org;C;Team 1", head=head)
    assert body.wrong == [(2, "unit", "unit_ambiguous")]


def test_a_password_column_is_never_read(body):
    head = "E-mail;Name;Unit;Password"
    plan = body.dry("a@x.org;Ann;Tax;hunter2", head=head)
    assert plan.secret_columns == ("Password",)
    with pytest.raises(BadInput, match="never read"):
        body.dry("a@x.org;Ann;Tax;hunter2", head=head, mapping={"Password": "number"})


def test_nobody_imports_herself_away_and_an_administrator_stays(body):
    body.by = body.person("tom.ashdown@fernleigh.example").id
    plan = body.dry("tom.ashdown@fernleigh.example;Tom Ashdown;no", head="E-mail;Name;Active")
    assert [code for code, _ in plan.stops] == ["roster.stop.yourself"]
    plan = body.dry("marek.novak@fernleigh.example;Marek Novak;no", head="E-mail;Name;Active")
    assert [code for code, _ in plan.stops] == ["roster.stop.administrator"]
