"""The register of personal data knows every column of every table; the document says the same."""

import re
from dataclasses import replace

import pytest

from db.tables import Base
from modules.agreement.files import load
from modules.personal import register, retention
from modules.personal.entry import BASES, Blanked
from modules.settings import ROOT
from tests.signers import agree

TABLES = sorted(Base.metadata.tables)
# Columns whose name says that they hold the id of a person.
PEOPLE = re.compile(r"(?:^|_)(?:person|viewer|helper|sender|manager|deputy)_id$|_by$")


def of(table):
    return [rows for rows in register.REGISTER if rows.table_name == table]


def columns(table):
    return {column.name for column in Base.metadata.tables[table].columns} - {"org_id"}


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_registered_as_personal_or_named_as_not(table):
    if table in register.NOT_PERSONAL:
        assert not of(table), "it is registered, so it is not free of personal data"
        return
    known = set(register.PLAIN.get(table, ()))
    for rows in of(table):
        known |= {rows.by, *rows.shown, *rows.held}
    assert columns(table) == known


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_hers_through_every_column_that_holds_a_person(table):
    metadata = Base.metadata.tables[table]
    pointing = {
        local.name
        for key in metadata.foreign_key_constraints
        for local, remote in zip(key.columns, key.elements, strict=True)
        if remote.target_fullname == "person.id"
    }
    pointing |= {name for name in columns(table) if PEOPLE.search(name)}
    assert pointing <= {rows.by for rows in of(table)}


def test_a_new_column_that_nobody_registered_is_found():
    rows = of("note")[0]
    known = {rows.by, *rows.shown, *rows.held, "a_new_one"}
    assert known != columns("note")


def test_what_is_not_personal_exists_and_holds_nobody():
    assert set(register.NOT_PERSONAL) <= set(TABLES)
    for table in register.NOT_PERSONAL:
        assert not [name for name in columns(table) if PEOPLE.search(name)]


def test_what_is_named_beside_a_row_is_a_column_of_its_table():
    for rows in register.REGISTER:
        named = {rows.by, *rows.shown, *rows.held, *rows.looks}
        if isinstance(rows.erase, Blanked):
            named |= set(rows.erase.values)
        assert named <= columns(rows.table_name), rows.name
        assert set(rows.looks) <= set(rows.shown)
        assert not set(rows.shown) & set(rows.held)
        assert rows.basis in BASES
        assert rows.purpose


def test_every_part_of_the_export_has_a_name_of_its_own():
    names = [rows.name for rows in register.REGISTER]
    assert len(set(names)) == len(names)


def test_every_period_is_told_and_is_used():
    assert set(retention.SINCE) == set(retention.kinds())
    assert retention.told("notes") == "90 days after it was last written, then deleted"
    assert "at once when" in retention.told("answers")


def test_what_the_app_says_on_its_pages_is_the_period_of_the_register():
    shipped = load(ROOT / "agreement.yaml").agreement.retention
    assert retention.Periods(**shipped.model_dump()) == retention.PERIODS == retention.in_force()


def test_another_agreement_has_other_periods_and_the_register_says_them(monkeypatch):
    agree(monkeypatch, retention__views=30, retention__answers=7)
    assert retention.in_force() == replace(retention.PERIODS, views=30, answers=7)
    assert retention.told("views").startswith("30 days after")
    assert "| views | 30 days after" in register.document()


def test_the_document_is_what_the_register_says():
    kept = (ROOT / "docs" / "register.md").read_text("utf-8")
    said = "run: python -m modules register > docs/register.md"
    assert kept == register.document(), said


def test_a_basis_that_a_public_body_may_not_use_for_its_tasks_is_never_named():
    told = " ".join(BASES.values())
    assert "6(1)(f)" not in told
    assert "6(1)(a)" not in told
