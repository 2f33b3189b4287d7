"""Rules as an administrator makes them: rehearsed, published, changed, ended."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from db import people
from db.engine import reading, writing
from db.tables import Enrolment, Evidence, core
from modules.admin import deputies, ruling
from modules.admin.ruling_form import Filled, first
from modules.admin.structure import structure
from modules.basics import BadInput, Denied
from modules.duties import After, Audience, Clause, Never, Rule
from modules.evidence.verifying import verify

ENROLMENT, EVIDENCE = core(Enrolment).c, core(Evidence).c


@pytest.fixture
def marek(world):
    with writing() as session:
        session.connection().execute(core(Enrolment).delete())
    return world.viewer("marek")


def unit(world, name, who="marek"):
    with reading() as session:
        tree = structure(session, world.viewer(who), now=world.now)
    return next(one for one in tree.units if one.node.name == name)


def rule(world, *clauses, target="M01", days=30, **more):
    made = Rule(
        audience=Audience(clauses=clauses or (Clause(),)), due=After(days=days), renewal=Never()
    )
    given = {"title": "A rule", "target": target, "rule": made, "starts": world.now.date()}
    return Filled(**(given | more))


def enrolled(world):
    with reading() as session:
        rows = session.connection().execute(
            select(ENROLMENT.person_id, ENROLMENT.due_on).where(ENROLMENT.ended_on.is_(None))
        )
        return dict(rows.all())


def publish(world, who, filled, id=None):
    with writing() as session:
        return ruling.publish(session, who, filled=filled, id=id, now=world.now)


def test_a_rule_reaches_a_unit_and_all_below_and_nobody_of_another_body(world, marek):
    there = unit(world, "Revenues and benefits")
    filled = rule(world, Clause(units=(there.node.id,)))
    with reading() as session:
        seen = ruling.rehearse(session, marek, filled=filled, id=None, now=world.now)
    assert not enrolled(world)
    publish(world, marek, filled)
    found = enrolled(world)
    assert len(found) == there.below == seen.new == seen.people
    assert set(found.values()) == {world.now.date() + timedelta(days=30)}
    publish(world, marek, rule(world, title="Everybody"))
    with reading() as session:
        day = world.now.date()
        theirs = people.listing(session, org_id=world.organisations["Harrow Vale"], day=day)
    assert len(enrolled(world)) == 46
    assert not {one.person_id for one in theirs} & set(enrolled(world))


def test_a_rule_is_listed_with_how_many_it_asks_changed_and_ended(world, marek):
    id = publish(world, marek, rule(world))
    with reading() as session:
        (one,) = ruling.ruled(session, marek, now=world.now).rules
    assert (one.id, one.people, one.filled.title) == (id, 46, "A rule")
    publish(world, marek, rule(world, title="Sooner", days=10), id)
    assert set(enrolled(world).values()) == {world.now.date() + timedelta(days=10)}
    with writing() as session:
        ruling.end(session, marek, id=id, now=world.now)
    assert not enrolled(world)
    with reading() as session:
        assert not ruling.ruled(session, marek, now=world.now).rules


def test_people_are_named_by_address_in_any_letters_and_a_wrong_one_is_told(world, marek):
    with reading() as session:
        text = "Amira.Hassan@fernleigh.example\n"
        known = world.viewer("amira")
        amira = ruling.named(session, marek, text=known.email.upper() + " , " + known.email)
        assert amira == (known.person_id,)
        assert ruling.named(session, marek, text="  \n") == ()
        with pytest.raises(BadInput, match="nobody@nowhere"):
            ruling.named(session, marek, text=f"{text} nobody@nowhere.example")
        with pytest.raises(BadInput, match="500"):
            ruling.named(session, marek, text="\n".join(f"a{n}@x.example" for n in range(501)))
        # Who works for another body has no address here.
        with pytest.raises(BadInput):
            ruling.named(session, marek, text=world.viewer("uma").email)


def test_a_rule_without_a_title_is_not_kept(world, marek):
    with pytest.raises(BadInput, match="title"):
        publish(world, marek, rule(world, title=""))
    assert not enrolled(world)


def test_rules_and_units_of_another_body_can_be_neither_seen_nor_touched(world, marek):
    id, olga = publish(world, marek, rule(world)), world.viewer("olga")
    theirs = rule(world, Clause(units=(unit(world, "Governance").node.id,)))
    with reading() as session:
        assert not ruling.ruled(session, olga, now=world.now).rules
    for act in (
        lambda s: ruling.publish(s, olga, filled=rule(world), id=id, now=world.now),
        lambda s: ruling.publish(s, olga, filled=theirs, id=None, now=world.now),
        lambda s: ruling.rehearse(s, olga, filled=theirs, id=None, now=world.now),
        lambda s: ruling.end(s, olga, id=id, now=world.now),
    ):
        with pytest.raises(Denied), writing() as session:
            act(session)
    assert len(enrolled(world)) == 46


def test_a_new_rule_begins_with_everybody_and_something_published(world, marek):
    with reading() as session:
        found = ruling.ruled(session, marek, now=world.now)
    made = first(found.options.targets, world.now.date())
    assert made.target in found.options.targets
    assert made.rule.audience.clauses == (Clause(),)


def test_a_team_is_offered_with_the_department_above_it(world, marek):
    with reading() as session:
        offered = ruling.ruled(session, marek, now=world.now).options.units.values()
    assert "Revenues and benefits › Revenues" in offered
    assert {"Fernleigh", "Revenues and benefits"} <= set(offered)


def proved(world):
    """What the log holds of rules: kind, about whom or what, facts, personal fields."""
    org_id = world.organisations["Fernleigh"]
    with reading() as session:
        rows = session.connection().execute(
            select(EVIDENCE.kind, EVIDENCE.body)
            .where(EVIDENCE.org_id == org_id, EVIDENCE.kind.like("rule_%"))
            .order_by(EVIDENCE.number)
        )
        return [(row.kind, json.loads(row.body)) for row in rows]


def test_a_rule_published_changed_and_ended_stands_in_the_evidence_without_its_words(world, marek):
    amira = world.viewer("amira")
    secret = rule(world, Clause(people=(amira.person_id,)), title="Amira Khan once more")
    made = publish(world, marek, secret)
    publish(world, marek, rule(world, days=60), id=made)
    with writing() as session:
        ruling.end(session, marek, id=made, now=world.now)
    found = proved(world)
    assert [kind for kind, _ in found] == ["rule_published", "rule_changed", "rule_ended"]
    assert {body["about"] for _, body in found} == {str(made)}
    assert [body["facts"]["target"] for _, body in found] == ["M01"] * 3
    assert found[2][1]["facts"]["ends"] == world.now.date().isoformat()
    one, two, three = (body["facts"]["sha256"] for _, body in found)
    assert one != two == three
    told = json.dumps(found)
    assert "Amira" not in told
    assert str(amira.person_id) not in told
    assert amira.person_id.hex not in told
    # Who did it stands apart, where erasure reaches it.
    assert all(set(body["fields"]) == {"by", "by_name"} for _, body in found)
    with reading() as session:
        org_id = world.organisations["Fernleigh"]
        assert verify(session, org_id=org_id).sound


def test_what_nobody_published_stands_in_no_evidence(world, marek):
    with writing() as session, pytest.raises(BadInput):
        ruling.publish(session, marek, filled=rule(world, title=" "), id=None, now=world.now)
    assert proved(world) == []


def test_whoever_acts_for_a_manager_has_the_duties_of_managers_at_once_and_no_longer(world, marek):
    publish(world, marek, rule(world, Clause(roles=("manager",))))
    amira, tom = world.viewer("amira"), world.viewer("tom")
    assert amira.person_id not in enrolled(world)
    with writing() as session:
        deputies.give(
            session,
            marek,
            manager_id=tom.person_id,
            deputy_id=amira.person_id,
            kind="deputy",
            starts=world.now.date(),
            last=None,
            now=world.now,
        )
    assert amira.person_id in enrolled(world)
    with reading() as session:
        [one] = deputies.deputies(session, marek, now=world.now).acting
    with writing() as session:
        deputies.end(session, marek, id=one.id, now=world.now)
    assert amira.person_id not in enrolled(world)
