"""The trust pack says what runs: every table and right is in it, and nothing was invented."""

from __future__ import annotations

import dataclasses
import json
import re
import zipfile
from io import BytesIO

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from db import scim_clients
from db.engine import reading, writing
from db.tables import Base, LocalFact
from modules import access, words
from modules.access import By, Role
from modules.admin import trusting
from modules.commands import app
from modules.evidence import kinds
from modules.personal import register, retention
from modules.settings import settings
from modules.trust import pack, places, shown
from modules.trust import writing as packs
from modules.trust.known import known
from modules.trust.measures import MEASURES, RISKS
from tests.signers import Signers, agree
from tests.world import NOW


def of(world, name="Fernleigh"):
    with reading() as session:
        return known(session, org_id=world.organisations[name], now=NOW)


def texts(found, ran=None):
    return {one.name: one.text for one in pack.documents(found, ran)}


def test_every_table_every_right_and_every_period_is_in_it(world):
    found = texts(of(world))
    for table in Base.metadata.tables:
        assert f"`{table}`" in found["register.md"], table
    for table in (access.PAGES, access.ACTIONS, access.ROUTES, access.COMMANDS):
        for name in table:
            assert f"`{name}`" in found["rights.md"], name
    for kind in retention.kinds():
        assert retention.told(kind) in found["retention.md"]
    for rows in register.REGISTER:
        assert rows.purpose in found["article-30.md"]
        assert all(f"`{one}`" in found["article-30.md"] for one in (*rows.shown, *rows.held))


def test_article_30_and_article_35_have_every_letter_in_order(world):
    found = texts(of(world))
    letters = re.findall(r"^## \((\w)\)", found["article-30.md"], re.MULTILINE)
    assert letters == list("abcdefg")
    assert re.findall(r"^## \((\w)\)", found["dpia.md"], re.MULTILINE) == list("abcd")


def test_a_changed_register_or_right_changes_the_pack(world, monkeypatch):
    before = texts(of(world))
    first = dataclasses.replace(register.REGISTER[0], purpose="to send her birthday cards")
    monkeypatch.setattr(register, "REGISTER", (first, *register.REGISTER[1:]))
    after = texts(of(world))
    assert "birthday cards" in after["article-30.md"]
    assert "birthday cards" in after["register.md"]
    assert "birthday cards" not in before["article-30.md"]
    from modules import rights

    monkeypatch.setattr(rights, "ACTIONS", {**access.ACTIONS, "x.spy": frozenset({Role.MANAGER})})
    assert "| `x.spy` | – | yes |" in texts(of(world))["rights.md"]


def test_another_agreement_changes_what_the_pack_says_of_managers_periods_and_thresholds(
    world, monkeypatch
):
    agree(
        monkeypatch,
        managers_see=["name", "module", "status"],
        threshold__least=25,
        retention__views=17,
        confidence__asked=False,
    )
    found = texts(of(world))
    assert "25 people or more" in found["dpia.md"]
    assert "is not asked" in found["dpia.md"]
    assert "the unit they work in" not in found["dpia.md"]
    assert "17 days after the view" in found["retention.md"]
    assert "17 days after the view" in found["article-30.md"]
    assert "Who looked at your record is deleted after 17 days" in found["agreement.md"]


@pytest.mark.parametrize(
    ("law", "said", "never"),
    [
        ("eu", "Article 22 of the GDPR", "UK GDPR"),
        ("uk", "Articles 22A to 22D of the UK GDPR", "European Economic Area"),
        ("neutral", "GDPR or UK GDPR", "⟦"),
    ],
)
def test_each_law_is_named_as_it_is_numbered(world, law, said, never):
    found = texts(dataclasses.replace(of(world), law=law))
    for name in ("dpia.md", "article-30.md", "read-me.md"):
        assert never not in found[name]
        assert "[[" not in found[name]
        assert "!" not in re.sub(r"`[^`]*`", "", found[name])
    assert said in found["dpia.md"]


def test_what_only_people_can_judge_is_asked_with_its_reason_and_never_answered(world):
    documents = pack.documents(of(world))
    asked = [line for one in documents for line in one.text.splitlines() if pack.OPEN in line]
    assert len(asked) == 15
    assert all("*Why you:*" in line for line in asked)
    assert f"{len(asked)} places are left open" in documents[0].text
    risks = re.findall(r"^\| .* \| … \| … \|$", texts(of(world))["dpia.md"], re.MULTILINE)
    assert len(risks) == len(RISKS)


def test_unsigned_is_said_wherever_the_agreement_is_and_signed_names_who(
    world, tmp_path, monkeypatch
):
    from modules.agreement import current
    from modules.agreement.files import load

    with_it = ("read-me.md", "dpia.md", "article-30.md", "retention.md", "agreement.md")
    found = texts(of(world))
    assert all("**Unsigned.**" in found[name] for name in with_it)
    who = Signers()
    who.sign(tmp_path / "agreement.yaml", who.naming())
    signed = load(tmp_path / "agreement.yaml")
    monkeypatch.setattr(current, "in_force", lambda: signed)
    found = texts(of(world))
    assert not [name for name in with_it if "Unsigned" in found[name]]
    assert "signed by Dana Officer and Sami Council" in found["dpia.md"]
    assert all(key in found["agreement.md"] for key in who.keys)


def test_names_that_people_typed_cannot_write_the_pack(world):
    with writing() as session:
        session.add(
            LocalFact(
                org_id=world.organisations["Fernleigh"],
                key="data-protection-officer",
                value="Dana | yes\n# Heading [x](https://evil.example) <b>",
                changed_by=world.viewer("marek").person_id,
                changed_at=NOW,
            )
        )
    text = texts(of(world))["article-30.md"]
    assert "\n# Heading" not in text
    assert "[x](https" not in text
    assert "Dana \\| yes" in text


def test_an_organisation_sees_nothing_of_another(world):
    fernleigh, harrow = texts(of(world)), texts(of(world, "Harrow Vale"))
    assert not [name for name, text in fernleigh.items() if "Harrow" in text]
    assert not [name for name, text in harrow.items() if "Fernleigh" in text and name != "tests.md"]
    assert of(world).people == 46
    assert of(world, "Harrow Vale").people == 15


def test_every_measure_answers_a_risk_and_is_shown_by_tests_that_exist():
    risks = {what for what, _ in RISKS}
    assert {one.against for one in MEASURES} == risks
    for one in MEASURES:
        assert shown.files(one), one.does
        assert all(shown.tests(path) for path in shown.files(one)), one.does


def test_measures_say_what_registers_and_settings_say_today(world, monkeypatch):
    before = texts(of(world))
    for name in ("dpia.md", "article-30.md", "tests.md"):
        assert all(measure.told in before[name] for measure in MEASURES), name
        assert not re.search(r"\{\w+\}", before[name])
    assert all(kind.replace("_", " ") in before["dpia.md"] for kind in kinds.KINDS)
    assert "coffee drunk" not in before["dpia.md"]
    assert "checkpoints are **not signed**" in before["dpia.md"]
    assert "A second factor is asked of administrators." in before["dpia.md"]
    assert "users:read, users:write, groups:read, groups:write" in before["article-30.md"]

    monkeypatch.setattr(kinds, "KINDS", {**kinds.KINDS, "coffee_drunk": kinds.Kind("", {})})
    monkeypatch.setattr(scim_clients, "SCOPES", ("users:stare",))
    monkeypatch.setattr(scim_clients, "LONGEST_DAYS", 17)
    monkeypatch.setenv("STEWARD_SECOND_FACTOR", "everybody")
    monkeypatch.setenv("STEWARD_SIGN_IN_HOURS", "3")
    monkeypatch.setenv("STEWARD_EVIDENCE_KEY", "a key")
    settings.cache_clear()
    after = texts(of(world))["dpia.md"]
    for said in (
        "roster undone, coffee drunk",
        "(of users:stare), ends after 17 days",
        "A second factor is asked of everybody.",
        "it ends after 3 hours at most",
        "signed with this installation’s Ed25519 key",
    ):
        assert said in after
    monkeypatch.undo()
    settings.cache_clear()


def test_every_place_of_a_measure_has_its_fact_and_every_fact_a_place():
    used = {name for one in MEASURES for name in places.PLACE.findall(one.does)}
    assert used == set(places.PLACES)


def test_every_role_is_a_recipient_in_words():
    assert set(pack.RECIPIENTS) == set(Role)
    assert By.OPERATOR not in pack.RECIPIENTS
    say = words.of("en")
    clauses = {f"agreement.see_them.{one}" for one in ("name", "unit", "module", "status", "on")}
    assert not [key for key in clauses if say(key).startswith("⟦")]


def test_the_record_names_administrators_who_read_requests_and_auditors_who_read_of_roles(world):
    text = texts(of(world))["article-30.md"]
    assert Role.ADMINISTRATOR in access.ACTIONS["admin.requests"]
    assert "what people ask about their own data" in text
    assert "right_taken" in kinds.KINDS
    assert "roles given and taken, in the log of evidence, without names" in text


def test_results_of_a_run_stand_beside_the_tests_and_failures_are_not_hidden(world, tmp_path):
    results = tmp_path / "results.xml"
    cases = "".join(
        f'<testcase classname="tests.data.test_learned" name="{name}">{inside}</testcase>'
        for name, inside in (
            (f"{shown.tests(shown.TESTS / 'data' / 'test_learned.py')[0].name}[sqlite]", ""),
            (
                f"{shown.tests(shown.TESTS / 'data' / 'test_learned.py')[0].name}[postgresql]",
                "<failure/>",
            ),
        )
    )
    results.write_text(
        f'<testsuites><testsuite timestamp="2026-11-20T10:00:00">{cases}</testsuite></testsuites>'
    )
    text = texts(of(world), shown.outcomes(results))["tests.md"]
    assert "run on 2026-11-20: 0 passed, 1 failed, 0 skipped" in text
    assert text.count("**failed**") == 1
    assert "**not run**" in text


def test_the_pdf_is_tagged_titled_and_holds_every_document(world):
    found = packs.files(of(world))
    reader = PdfReader(BytesIO(found[packs.PDF]))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    whole = " ".join(page.extract_text() for page in reader.pages)
    for title in ("Record of processing activities", "Who may do what", "Retention schedule"):
        assert title in whole
    assert "Unsigned" in whole


def test_the_same_pack_is_the_same_files_and_each_has_its_hash(world):
    import hashlib

    one, other = packs.files(of(world)), packs.files(of(world))
    assert one == other
    told = json.loads(one[packs.LIST])
    assert told["open_questions"] == 15
    for name, sha in told["files"].items():
        assert hashlib.sha256(one[name]).hexdigest() == sha
    with zipfile.ZipFile(BytesIO(packs.zipped(one))) as file:
        assert set(file.namelist()) == set(one)


def test_the_command_writes_one_organisation_and_asks_which_when_there_are_two(world, tmp_path):
    run = CliRunner().invoke(app, ["trust-pack", "--out", str(tmp_path / "p")])
    assert run.exit_code == 1
    assert "“Fernleigh”, “Harrow Vale”" in run.output
    wanted = ["trust-pack", "--out", str(tmp_path / "p"), "--organisation", "Harrow Vale"]
    run = CliRunner().invoke(app, [*wanted, "--json"])
    assert run.exit_code == 0
    assert json.loads(run.output)["organisation"] == "Harrow Vale"
    assert (tmp_path / "p" / "dpia.md").read_text("utf-8").startswith("# Data protection")


def test_an_administrator_takes_her_own_organisation_along(world):
    with reading() as session:
        found = trusting.pack(session, world.viewer("marek"), now=NOW)
    with zipfile.ZipFile(BytesIO(found.zipped())) as file:
        assert b"Fernleigh" in file.read("read-me.md")
        assert "trust-pack.pdf" in file.namelist()
