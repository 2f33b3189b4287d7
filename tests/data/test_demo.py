"""The seeded demo: its people, its months, and that it is made once and the same."""

import hashlib
import json
from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlmodel import Session

from db import assignments as rules_of
from db import attempts, duties, enrolments, people, revisions, snapshots, whois
from db.engine import insert_many
from db.tables import (
    Acknowledgement,
    Answer,
    Attempt,
    Completion,
    Enrolment,
    Exemption,
    Extension,
    Organisation,
    Person,
    Placement,
    PolicyVersion,
    Snapshot,
    Unit,
    new_id,
)
from modules import demo, enrolling, policies, publishing
from modules.access import Role, viewer_of
from modules.admin import evidence_log
from modules.basics import BadInput
from modules.enrolling.clearing import clearance
from modules.manage import attacking, team
from modules.progress.standing import Status, standing
from modules.settings import settings
from modules.suppress import Cell, audit
from tests.data.demo_year import NOW, database, rows, seeded


def test_two_invented_bodies_stand_apart(year):
    session, org_id = year
    found = people.organisations(session)
    assert {one.name for one in found} == {"Fernleigh District Council", "Harrow Vale Trust"}
    assert all(one.invented and one.zone == "Europe/London" for one in found)
    fernleigh = next(one for one in found if one.id == org_id)
    assert (fernleigh.target, fernleigh.trained_from, fernleigh.least) == (0.8, 0.5, 10)
    here = people.listing(session, org_id=org_id, day=NOW.date())
    assert len(here) == 300
    other = next(one for one in found if one.id != org_id)
    assert len(people.listing(session, org_id=other.id, day=NOW.date())) == 12
    demo.refuse_unless_invented(session)


def test_the_demos_people_have_the_roles_on_their_cards(year):
    session, org_id = year
    for card in demo.DEMO_PEOPLE:
        known = whois.by_email(session, email=card.email, now=NOW)
        viewer = viewer_of(known)
        assert viewer.org_id == org_id and viewer.invented
        assert Role(card.role) in viewer.roles
    tom = whois.by_email(session, email="tom.ashdown@fernleigh.example", now=NOW)
    team = duties.of_manager(session, org_id=org_id, line_manager_id=tom.person_id, day=NOW.date())
    assert len(team) == 12
    found = Counter(
        standing(due_on=one.due_on, valid_until=one.valid_until, today=NOW.date()).status
        for one in team
    )
    assert found == {"current": 8, "due": 2, "overdue": 1, "lapsed": 1}
    olga = whois.by_email(session, email="olga.petrenko@harrowvale.example", now=NOW)
    assert viewer_of(olga).roles >= {Role.LEAD, Role.ADMINISTRATOR, Role.MANAGER}


def test_the_demos_auditor_finds_the_year_in_the_evidence_and_nobodys_name(year):
    session, org_id = year
    elin = viewer_of(whois.by_email(session, email="elin.hughes@fernleigh.example", now=NOW))
    sheet = evidence_log.evidence(session, elin, now=NOW)
    completed = len(rows(session, Completion, org_id))
    said = len(rows(session, Acknowledgement, org_id))
    given = len(rows(session, Exemption, org_id))
    more = sum(row.granted_until is not None for row in rows(session, Extension, org_id))
    assert completed and said and given
    # The roles of five people, and the module that trainers approved and published.
    assert sheet.state.last == completed + said + given + more + 5 + 2
    assert {
        one.kind for one in evidence_log.evidence(session, elin, kind="right_given", now=NOW).lines
    } == {"right_given"}
    assert [one.kind for one in sheet.lines[:2]] == ["module_published", "module_approved"]
    assert all(len(one.who) == 8 for one in sheet.lines[2:])
    assert evidence_log.check(session, elin).sound


def test_amira_has_not_started_and_has_twelve_days(year):
    session, org_id = year
    amira = whois.by_email(session, email="amira.khan@fernleigh.example", now=NOW)
    scope = {"org_id": org_id, "person_id": amira.person_id}
    assert attempts.of_person(session, **scope) == []
    due = enrolments.due_dates(session, **scope)
    assert due == {"M01": NOW.date() + timedelta(days=12)}


def test_everybody_is_placed_once_on_every_day_of_their_time(year):
    session, _ = year
    stays = defaultdict(list)
    for row in rows(session, Placement):
        stays[row.person_id].append(row)
    for person in rows(session, Person):
        own = sorted(stays[person.id], key=lambda row: row.starts)
        assert own[0].starts == person.joined_on
        assert own[-1].ends == person.left_on
        for earlier, following in pairwise(own):
            assert earlier.ends == following.starts


def test_month_ends_show_a_believable_year(year):
    session, org_id = year
    top = next(row.id for row in rows(session, Unit, org_id) if row.parent_id is None)
    series = snapshots.series(session, org_id=org_id, module="M01", unit_ids=[top])
    assert len(series) == 13
    assert all(row.hidden == "" for row in series)
    curve = [row.in_date / row.people for row in series]
    assert 0.08 < curve[0] < 0.2 and 0.6 < curve[-1] < 0.8
    assert max(curve[:-2]) == pytest.approx(max(curve), abs=0.03) and curve[-1] < max(curve)
    assert {row.hidden for row in rows(session, Snapshot, org_id)} == {
        "",
        "small",
        "complement",
        "change",
        "same",
    }


def test_the_audit_isolates_nobody_and_does_when_nothing_is_hidden(year):
    session, org_id = year
    months = defaultdict(list)
    for row in snapshots.taken(session, org_id=org_id, module="M01"):
        months[row.month_end].append(row)
    for day in [min(months), max(months), sorted(months)[6]]:
        cells = [
            Cell(
                str(row.unit_id),
                str(row.parent_id) if row.parent_id else None,
                row.people,
                row.in_date,
            )
            for row in months[day]
        ]
        hidden = {str(row.unit_id): row.hidden for row in months[day]}
        assert audit(cells, hidden, 10) == []
        assert audit(cells, dict.fromkeys(hidden, ""), 10) != []


def test_all_three_breakdowns_are_told_of_the_newest_month_and_of_most_others(year):
    session, org_id = year
    shown = defaultdict(Counter)
    for part in snapshots.parts_taken(session, org_id=org_id, module="M01"):
        shown[part.month_end][part.by] += not part.hidden
    assert min(shown[max(shown)][by] for by in ("family", "path", "cohort")) >= 3
    assert sum(all(groups.values()) for groups in shown.values()) >= 8


def test_nothing_that_grace_sees_isolates_anybody(year):
    session, _ = year
    known = whois.by_email(session, email="grace.okafor@fernleigh.example", now=NOW)
    [found] = attacking.run(session, [viewer_of(known)], now=NOW)
    assert found.figures > 200
    assert (found.isolated, found.left_out) == ((), 0)


def test_nothing_in_it_could_be_a_real_persons(year):
    session, _ = year
    everybody = rows(session, Person)
    assert all(row.email.endswith((".example",)) for row in everybody)
    assert all(row.email == row.email.casefold() for row in everybody)
    assert not any(character.isdigit() for row in everybody for character in row.name + row.email)


def test_the_same_people_seed_and_day_give_the_same_demo(year, tmp_path):
    session, _ = year

    def digest(session):
        names = {row.id: row.email for row in rows(session, Person)}
        units = {row.id: row.name for row in rows(session, Unit)}
        tries = {row.id: row for row in rows(session, Attempt)}
        natural = [
            [
                (row.email, row.name, row.path, row.joined_on, row.left_on)
                for row in rows(session, Person)
            ],
            [
                (
                    names[row.person_id],
                    units[row.unit_id],
                    names.get(row.line_manager_id),
                    row.starts,
                )
                for row in rows(session, Placement)
            ],
            [
                (names[row.person_id], row.enrolled_at, row.due_on)
                for row in rows(session, Enrolment)
            ],
            [
                (names[row.person_id], row.form, row.number, row.seed, row.started_at, row.ended_at)
                for row in tries.values()
            ],
            [
                (
                    names[tries[row.attempt_id].person_id],
                    row.slot,
                    json.dumps(row.response, sort_keys=True),
                    row.confidence,
                    row.answered_at,
                )
                for row in rows(session, Answer)
            ],
            [
                (names[row.person_id], row.completed_at, row.valid_until)
                for row in rows(session, Completion)
            ],
            [(row.month_end, row.name, row.people, row.in_date) for row in rows(session, Snapshot)],
            [
                (names[row.person_id], row.number, row.acknowledged_at)
                for row in rows(session, Acknowledgement)
            ],
            [(names[row.person_id], row.ground, row.ends) for row in rows(session, Exemption)],
            [(names[row.person_id], row.due_on, row.answer) for row in rows(session, Extension)],
            [(row.number, row.body, row.published_at) for row in rows(session, PolicyVersion)],
        ]
        ordered = [sorted(map(repr, part)) for part in natural]
        return hashlib.sha256(repr(ordered).encode()).hexdigest()

    again = database(tmp_path)
    seeded(again, now=NOW - timedelta(hours=6))
    with Session(again) as other:
        assert digest(other) == digest(session)


def test_content_is_published_once_and_a_trainers_version_is_left_alone(year):
    session, org_id = year
    scope = {"org_id": org_id, "root": settings().content, "now": NOW}
    assert publishing.sync(session, **scope) == []
    text = {"org_id": org_id, "module": "M01", "version": "1.1.0", "sha256": "0" * 64}
    with session.begin_nested() as trial:
        revisions.publish(session, **text, text="{}", origin="trainer", now=NOW)
        assert publishing.sync(session, **scope) == []
        trial.rollback()
    assert revisions.latest(session, org_id=org_id)["M01"].number == 1


def test_a_database_with_people_is_not_seeded_again(year):
    session, _ = year
    with pytest.raises(BadInput, match=r"already has 312 people.*delete var/steward.db"):
        demo.make(session, now=NOW)


def test_the_demo_refuses_a_database_with_real_people(tmp_path):
    engine = database(tmp_path)
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        demo.refuse_unless_invented(session)
        body = {"id": new_id(), "name": "A real council", "invented": False, "created_at": NOW}
        insert_many(session, Organisation, [{**Organisation(**body).model_dump()}])
        demo.refuse_unless_invented(session)
        person = {
            "org_id": body["id"],
            "id": new_id(),
            "email": "ann@real.example",
            "name": "Ann Lee",
            "given_name": "Ann",
            "path": "A",
            "joined_on": NOW.date(),
        }
        insert_many(session, Person, [person])
        with pytest.raises(BadInput, match="1 person of a real organisation"):
            demo.refuse_unless_invented(session)


def test_the_demos_duties_follow_from_rules_and_a_refresh_changes_nothing(year):
    session, org_id = year
    for one in people.organisations(session):
        assert not enrolling.pending(session, org_id=one.id, now=NOW)
    titles = [one.title for one in rules_of.assignments(session, org_id=org_id)]
    assert titles[0] == "Everybody: M01 every year"
    assert "New starters: M01 before access to citizens’ data" in titles
    mine = rows(session, Enrolment, org_id)
    ruled = [row for row in mine if row.assignment_id is not None]
    assert len(ruled) > 0.7 * len(mine)
    # Her day was set by hand, and the rule for new starters still asks before access.
    amira = whois.by_email(session, email="amira.khan@fernleigh.example", now=NOW)
    scope = {"org_id": org_id, "person_id": amira.person_id}
    assert next(row for row in mine if row.person_id == amira.person_id).assignment_id is None
    assert clearance(session, **scope, now=NOW).missing == ("M01",)


def test_a_policy_changed_and_a_part_of_its_readers_has_acknowledged_the_change(year):
    session, _ = year
    marek = viewer_of(whois.by_email(session, email="marek.novak@fernleigh.example", now=NOW))
    found, _ = policies.listed(session, marek, now=NOW)
    assert [(one.held.newest, one.held.asked) for one in found] == [(2, 1), (2, 2)]
    shares = [one.done / one.people for one in found]
    assert 0.7 < shares[0] < 0.95 and 0.15 < shares[1] < 0.45
    amira = viewer_of(whois.by_email(session, email="amira.khan@fernleigh.example", now=NOW))
    assert len(policies.waiting(session, amira)) == 2
    tom = viewer_of(whois.by_email(session, email="tom.ashdown@fernleigh.example", now=NOW))
    assert [one.said for one in policies.my_policies(session, tom)] == [1, 2]
    assert len(policies.waiting(session, tom)) == 1


def test_nobody_acknowledged_before_she_joined_or_after_she_left(year):
    session, _ = year
    stays = {row.id: (row.joined_on, row.left_on) for row in rows(session, Person)}
    for row in rows(session, Acknowledgement):
        joined, left = stays[row.person_id]
        assert joined <= row.acknowledged_at.date() < (left or NOW.date())


def test_one_of_toms_people_waits_for_an_answer_one_was_refused_and_one_is_away(year):
    session, org_id = year
    tom = viewer_of(whois.by_email(session, email="tom.ashdown@fernleigh.example", now=NOW))
    found = team.team(session, tom, now=NOW)
    [waiting] = found.waiting
    assert waiting.until == waiting.due_on + timedelta(days=14)
    assert found.count(Status.EXEMPT) == 1
    answers = {row.answer for row in rows(session, Extension, org_id)}
    assert answers == {"", "needed"}
    grounds = Counter(row.ground for row in rows(session, Exemption, org_id))
    assert set(grounds) >= {"away", "no_data", "leaving"}
