"""How a subject that nobody knows yet becomes somebody, and how it never does."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db import identities
from db.engine import reading, writing
from db.tables import Evidence, Person, core
from modules.shell import session as signed
from tests.data.signing_in import entry, forget, set_up, sign_in
from tests.forger import Forger

AMIRA = "amira.khan@fernleigh.example"
OWNS = {"owns_addresses": ["fernleigh.example"]}


@pytest.fixture
def forger():
    made = Forger().start()
    made.claims = {"sub": "s-1"}
    yield made
    made.stop()


@pytest.fixture
def with_rule(world, forger, monkeypatch, tmp_path):
    """Sets the provider up with this rule and signs in with these claims: whoever comes in."""

    def sign(claims, **rule):
        set_up(monkeypatch, tmp_path, entry(issuer=forger.issuer, **rule))
        forger.claims = {"sub": "s-1", **claims}
        return sign_in(forger).name

    yield sign
    monkeypatch.undo()
    forget()


def test_without_a_rule_an_address_opens_nothing(with_rule):
    assert with_rule({"email": AMIRA, "email_verified": True}) == ""


def test_an_address_that_the_provider_has_verified_links_once_and_for_all(with_rule):
    assert with_rule({"email": AMIRA.upper(), "email_verified": True}, link="email") == "Amira Khan"
    with reading() as session:
        evidence = core(Evidence).c
        bodies = list(session.connection().execute(select(evidence.body)).scalars())
    assert sum('"identity_linked"' in one for one in bodies) == 1
    assert not any("s-1" in one or AMIRA in one for one in bodies)
    # From now on the subject is enough, and the address may change.
    assert with_rule({"email": "new@elsewhere.example"}, link="never") == "Amira Khan"


def test_an_address_that_nobody_verified_links_nobody(with_rule):
    for said in ({}, {"email_verified": False}, {"email_verified": "true"}, {"email_verified": 1}):
        assert with_rule({"email": AMIRA, **said}, link="email") == "", said
    # Not even in the provider's own domain, when it says itself that it did not.
    said = {"email": AMIRA, "email_verified": False}
    assert with_rule(said, link="email", **OWNS) == ""


def test_a_provider_that_owns_a_domain_vouches_for_it_and_for_no_other(with_rule):
    olgas = {"email": "amira.khan@fernleigh.example.evil.example"}
    assert with_rule(olgas, link="email", **OWNS) == ""
    others = {"email": AMIRA, "email_verified": True}
    assert with_rule(others, link="email", owns_addresses=["other.example"]) == ""
    assert with_rule({"email": AMIRA}, link="email", **OWNS) == "Amira Khan"


def test_an_address_of_another_organisation_opens_nothing(with_rule):
    said = {"email": "olga.petrenko@harrow.example", "email_verified": True}
    assert with_rule(said, link="email") == ""


def test_a_second_subject_with_her_address_does_not_open_her_record(with_rule, forger):
    said = {"email": AMIRA, "email_verified": True}
    assert with_rule(said, link="email") == "Amira Khan"
    assert with_rule({"sub": "s-2", **said}, link="email") == ""


def test_an_employee_number_links_where_that_is_the_rule(world, with_rule):
    viewer = world.viewer("amira")
    with writing() as session:
        session.get(Person, (viewer.org_id, viewer.person_id)).employee_number = "4711"
    rule = {"link": "employee-number", "employee_number_claim": "employeeid"}
    assert with_rule({"employeeid": ""}, **rule) == ""
    assert with_rule({"employeeid": "47"}, **rule) == ""
    assert with_rule({"employeeid": "4711"}, link="email") == ""
    assert with_rule({"employeeid": "4711"}, **rule) == "Amira Khan"


def test_whoever_has_left_is_not_linked_by_the_rule(world, with_rule):
    world.leave("amira")
    assert with_rule({"email": AMIRA, "email_verified": True}, link="email") == ""
    with writing() as session:
        assert identities.linked(session, provider="work") == []


def test_an_account_from_another_tenant_is_refused_whatever_else_it_says(with_rule):
    said = {"email": AMIRA, "email_verified": True}
    rule = {"link": "email", "require": {"tid": ["ours"]}}
    assert with_rule(said, **rule) == ""
    assert with_rule({"tid": "theirs", **said}, **rule) == ""
    assert with_rule({"tid": "ours", **said}, **rule) == "Amira Khan"


def test_a_strength_that_is_required_must_have_been_used(with_rule):
    said = {"email": AMIRA, "email_verified": True}
    rule = {"link": "email", "require": {"acr": ["urn:fernleigh:two-factors", "phr"]}}
    assert with_rule(said, **rule) == ""
    for weaker in ("0", "urn:fernleigh:one-factor", ["phr"], None):
        assert with_rule({"acr": weaker, **said}, **rule) == "", weaker
    assert with_rule({"acr": "phr", **said}, **rule) == "Amira Khan"
    # Also for who is known already: the subject alone is not enough.
    assert with_rule({"acr": "0"}, **rule) == ""


def test_tenant_and_object_together_may_be_the_subject(with_rule):
    said = {"email": AMIRA, "email_verified": True, "tid": "t", "oid": "o"}
    rule = {"subject": ["tid", "oid"]}
    assert with_rule(said, link="email", **rule) == "Amira Khan"
    # Entra gives another `sub` to every application; the object stays.
    assert with_rule({"sub": "s-9", "tid": "t", "oid": "o"}, **rule) == "Amira Khan"
    assert with_rule({"tid": "t"}, **rule) == ""


def test_an_address_that_only_userinfo_knows_is_asked_for_about_the_same_subject(with_rule, forger):
    forger.userinfo = {"sub": "s-2", "email": AMIRA, "email_verified": True}
    assert with_rule({}, link="email") == ""
    forger.userinfo = {"sub": "s-1", "email": AMIRA, "email_verified": True}
    assert with_rule({}) == ""
    assert forger.asked.count("/userinfo") == 1  # not where no rule needs it
    assert with_rule({}, link="email") == "Amira Khan"


def test_an_identity_of_one_organisation_is_nobody_in_another(world, with_rule):
    viewer = world.viewer("olga")
    with writing() as session:
        identities.link(
            session,
            provider="work",
            subject="s-1",
            org_id=viewer.org_id,
            person_id=viewer.person_id,
            now=signed.now(),
        )
    assert with_rule({}) == ""
    assert with_rule({"email": AMIRA, "email_verified": True}, link="email") == ""


def test_a_provider_for_an_organisation_that_is_not_here_lets_nobody_in(with_rule):
    said = {"email": AMIRA, "email_verified": True}
    assert with_rule(said, link="email", organisation="Nowhere") == ""
