"""Her export holds every registered row of hers, and not a byte of another's."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from db.engine import engine
from modules.personal.export import as_json, as_text, as_zip, export
from modules.personal.register import REGISTER
from tests.data import everybody
from tests.data.everybody import NOW, mark

MARKS = re.compile(r"zq\d{3}mark", re.IGNORECASE)


def held(session, body, who):
    return export(
        session,
        org_id=body.org_id,
        person_id=body.people[who],
        organisation="Body",
        now=NOW,
    )


def files(made):
    with zipfile.ZipFile(io.BytesIO(as_zip(made))) as pack:
        return {name: pack.read(name).decode("utf-8-sig") for name in pack.namelist()}


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.integers(2, 4),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=6),
)
def test_an_export_holds_all_of_hers_and_no_mark_of_anybody_else(database, number, more):
    with Session(engine(), expire_on_commit=False) as session:
        session.connection(execution_options={"writes": True})
        near = everybody.make(session, range(number), 1, other=lambda who: (who + 1) % number)
        far = everybody.make(session, range(10, 12), 2)
        for who, colleague in more:
            everybody.give_seen(session, near, who % number, colleague % number)
        for body in (near, far):
            for who in body.people:
                made = held(session, body, who)
                text = as_text(made)
                for part, rows in zip(made.parts, REGISTER, strict=True):
                    assert part.rows, part.name
                    for column in everybody.texts(rows):
                        shown = [row[column] for row in part.rows]
                        told = any(mark(who).casefold() in str(one).casefold() for one in shown)
                        assert told, f"{part.name}.{column}"
                seen = made.part("who_looked_at_your_record")
                lookers = {one for row in seen.rows for one in MARKS.findall(str(row["viewer"]))}
                allowed = {one.casefold() for one in lookers} | {mark(who).casefold()}
                assert {one.casefold() for one in MARKS.findall(text)} <= allowed
                packed = "".join(files(made).values())
                assert {one.casefold() for one in MARKS.findall(packed)} <= allowed
                # Who looked is the only place where anybody else stands.
                for part in made.parts:
                    for row in part.rows:
                        rest = {name: one for name, one in row.items() if name != "viewer"}
                        assert set(MARKS.findall(json.dumps(rest).casefold())) <= {
                            mark(who).casefold()
                        }
                others = {str(one) for body in (near, far) for one in body.people.values()}
                others.discard(str(body.people[who]))
                assert not [one for one in others if one in text]
        session.rollback()


def test_no_secret_with_which_somebody_could_sign_in_is_exported(session):
    body = everybody.make(session, range(2), other=lambda who: 1 - who)
    text = as_text(held(session, body, 0))
    for secret in ("token_hash", "account.hash", "totp_secret", "recovery", "previous_hash"):
        assert secret not in text


def test_grades_and_key_of_an_unfinished_form_are_told_later(session):
    body = everybody.make(session, range(1))
    made = export(
        session,
        org_id=body.org_id,
        person_id=body.people[0],
        organisation="Body",
        now=NOW,
        later={body.attempts[0]},
    )
    [answer], [attempt] = made.part("answers").rows, made.part("attempts").rows
    [again] = made.part("answers_graded_again").rows
    later = "told when the form is finished"
    grades = [again[one + end] for one in ("score", "correct", "tags") for end in ("", "_before")]
    assert set(grades) == {later}
    assert {answer[one] for one in ("score", "correct", "tags")} == {later}
    assert {attempt[one] for one in ("seed", "paper")} == {later}
    assert mark(0) in json.dumps(answer["response"])


def test_the_csv_files_hold_what_the_json_holds(session):
    body = everybody.make(session, range(2), other=lambda who: 1 - who)
    made = held(session, body, 0)
    packed = files(made)
    assert set(packed) == {"about.csv", *(f"{one.name}.csv" for one in made.parts if one.rows)}
    about = list(csv.DictReader(io.StringIO(packed["about.csv"])))
    assert {row["part"]: int(row["rows"]) for row in about} == {
        name: len(part["rows"]) for name, part in as_json(made)["held"].items()
    }
    for part in made.parts:
        lines = list(csv.DictReader(io.StringIO(packed[f"{part.name}.csv"])))
        assert len(lines) == len(part.rows)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_note_that_looks_like_a_formula_is_not_computed_by_a_spreadsheet(session, sign):
    body = everybody.make(session, range(1))
    from db import notes

    notes.write(
        session,
        org_id=body.org_id,
        person_id=body.people[0],
        place="M01/x",
        body=f"{sign}1+1",
        now=NOW,
    )
    rows = list(csv.DictReader(io.StringIO(files(held(session, body, 0))["notes.csv"])))
    assert f"'{sign}1+1" in {row["body"] for row in rows}
