"""Rights in use: every action × role."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from db import certificates as held
from db import outbox, revisions
from db.engine import writing
from db.tables import Mail, core
from modules import evidence, leave, policies, proofs
from modules.access import ACTIONS, GRANTED, Grant, Role
from modules.admin import actions as admin
from modules.admin import (
    deputies,
    details,
    directory,
    evidence_log,
    examples,
    mailing,
    requests,
    roles,
    roster,
    ruling,
    structure,
    trusting,
)
from modules.author import actions as author
from modules.author import drafting, items, regrading, reviewing, versions
from modules.author import publishing as author_publishing
from modules.author import reports as content_reports
from modules.basics import BadInput, Denied
from modules.drafts import bringing
from modules.identity import inviting, own
from modules.learn import actions as learn
from modules.learn import (
    agreed,
    aids,
    certificates,
    delayed,
    feeding,
    finding,
    notes,
    own_export,
    own_requests,
    receipts,
    record,
    refresh,
    reporting,
    reviews,
    rounds,
    sureness,
)
from modules.learn import help as helping
from modules.learn import reading as reading_as
from modules.learn.citizen_file import citizen_file
from modules.learn.path import my_path
from modules.manage import acting, comparison, learned, weekly
from modules.manage import actions as manage
from modules.manage import team as teams
from modules.settings import settings
from tests.walk import opened_for
from tests.world import DUE


def only(world, role):
    """A viewer with one role and no other, in Amira's place."""
    grants = (Grant(role),) if role in GRANTED else ()
    return dataclasses.replace(world.viewer("amira"), roles=frozenset({role}), grants=grants)


def act_save(world, session, viewer):
    """Keep a draft."""
    of = opened_for(world, session)
    learn.save(
        session,
        viewer,
        of=of,
        sheet=of.journey.pre,
        slot="M01-Q01",
        body={"response": None, "sure": None},
        now=world.now,
    )


def act_share(world, session, viewer):
    """Share a certificate of Tom's, with his name and the roles of the viewer."""
    tom = dataclasses.replace(world.viewer("tom"), roles=viewer.roles)
    done = held.of_person(session, org_id=tom.org_id, person_id=tom.person_id)[0]
    certificates.share(session, tom, attempt_id=done.attempt_id, what="name", on=True)


def act_person(world, session, viewer):
    """Open Ben in Tom's place, with the roles of the viewer."""
    tom = dataclasses.replace(world.viewer("tom"), roles=viewer.roles)
    ben = world.viewer("ben").person_id
    teams.person(session, tom, person_id=ben, purpose="talk", now=world.now)


def act_decide(world, session, viewer):
    """Refuse what Tom has asked for."""
    tom = world.viewer("tom")
    own_requests.ask(session, tom, kind="erasure", now=world.now)
    [asked] = own_requests.mine(session, tom)
    requests.decide(session, viewer, id=asked.id, done=False, answer="No.", now=world.now)


def act_undo(world, session, viewer):
    """Take an import back, where there is none."""
    try:
        roster.undo(session, viewer, now=world.now)
    except BadInput as bad:
        assert "no import" in str(bad)


def act_exempt(world, session, viewer):
    """Exempt Ben in Tom's place, with the roles of the viewer."""
    tom = dataclasses.replace(world.viewer("tom"), roles=viewer.roles)
    ben = world.viewer("ben").person_id
    given = {"module": "M01", "ground": "equal", "until": None, "now": world.now}
    leave.exempt(session, tom, person_id=ben, **given)


def act_assign(world, session, viewer):
    """Assign a module to Cora in Tom's place, with the roles of the viewer, who has it already."""
    tom = dataclasses.replace(world.viewer("tom"), roles=viewer.roles)
    cora = world.viewer("cora").person_id
    try:
        acting.assign(session, tom, person_id=cora, module="M01", due_on=DUE, now=world.now)
    except BadInput as bad:
        assert "already" in str(bad)


def act_extend(world, session, viewer):
    """Give Cora more time in Tom's place, with the roles of the viewer."""
    tom = dataclasses.replace(world.viewer("tom"), roles=viewer.roles)
    cora = world.viewer("cora").person_id
    day = DUE + timedelta(days=9)
    leave.give(session, tom, person_id=cora, module="M01", until=day, now=world.now)


def act_export(world, session, viewer):
    """Take the log away."""
    given = {"module": "M01"}
    about = viewer.person_id
    deed = {"kind": "exemption_ended", "about": about, "facts": given, "now": world.now}
    evidence.record(session, org_id=viewer.org_id, **deed)
    assert evidence_log.export(session, viewer, names=False, now=world.now)


def act_again(world, session, viewer):
    """Send a mail again that stopped at the mail server."""
    amira = world.viewer("amira")
    row = {"org_id": amira.org_id, "person_id": amira.person_id, "key": "x", "kind": "duties"}
    monday = world.now + timedelta(days=1)
    row |= {"facts": {}, "day": monday.date(), "next_at": monday}
    outbox.put(session, [row], now=monday)
    mail = core(Mail)
    session.connection().execute(mail.update().values(state="failed"))
    [failed] = session.connection().execute(mail.select())
    mailing.again(session, viewer, mail_id=failed.id, now=monday)


def begun(w, s, v):
    """A draft of M01 in the viewer's organisation."""
    root = settings().content
    return bringing.begin(s, org_id=v.org_id, by=v.person_id, module="M01", root=root, now=w.now)


def act_review(w, s, v):
    return author_publishing.sheet(s, v, id=begun(w, s, v), now=w.now)


def act_ask(w, s, v):
    return author_publishing.ask(s, v, id=begun(w, s, v), word="", now=w.now)


def act_roll_back(w, s, v):
    first = revisions.latest(s, org_id=v.org_id)["M01"]
    more = {"sha256": "0" * 64, "text": "{}", "origin": "trainer", "now": w.now}
    made = revisions.publish(s, org_id=v.org_id, module="M01", version="9.0.0", **more)
    number = first.number if made else 0
    return versions.roll_back(s, v, module="M01", number=number, now=w.now)


ACTS = {
    "learn.path": lambda w, s, v: my_path(s, v, now=w.now),
    "learn.open": lambda w, s, v: rounds.opened(s, v, module="M01"),
    "learn.save": act_save,
    "learn.submit": lambda w, s, v: rounds.begin(s, v, module="M01", now=w.now),
    "learn.test_out": lambda w, s, v: rounds.begin(s, v, module="M01", now=w.now, test_out=True),
    "learn.help": lambda w, s, v: helping.asked_of_me(s, v),
    "learn.review": lambda w, s, v: reviews.due(s, v, now=w.now),
    "learn.delayed": lambda w, s, v: delayed.check(s, v, module="M01", form="delayed-1"),
    "learn.reading": lambda w, s, v: reading_as.mine(s, v, now=w.now),
    "learn.refresh": lambda w, s, v: refresh.news(s, v, now=w.now),
    "learn.calibration": lambda w, s, v: sureness.my_sureness(s, v),
    "learn.citizen": lambda w, s, v: citizen_file(s, v, now=w.now),
    "learn.aids": lambda w, s, v: aids.aids(s, v),
    "learn.glossary": lambda w, s, v: finding.glossary(s, v),
    "learn.search": lambda w, s, v: finding.search(s, v, text="share"),
    "learn.report": lambda w, s, v: reporting.let_go(s, v, id=v.org_id),
    "author.draft": lambda w, s, v: drafting.listed(s, v),
    "author.write": lambda w, s, v: drafting.edit(s, v, module="M01", now=w.now),
    "author.versions": lambda w, s, v: versions.history(s, v, module="M01"),
    "author.comment": lambda w, s, v: reviewing.comments(s, v, id=v.org_id),
    "author.review": act_review,
    "author.publish": act_ask,
    "author.rollback": act_roll_back,
    "author.reports": lambda w, s, v: content_reports.listed(s, v, state="open"),
    "author.items": lambda w, s, v: items.seen(s, v),
    "author.answer": lambda w, s, v: content_reports.reopen(s, v, id=v.org_id, now=w.now),
    "author.regrade": lambda w, s, v: regrading.look(s, v, module="M01"),
    "learn.policies": lambda w, s, v: policies.my_policies(s, v),
    "admin.policies": lambda w, s, v: policies.listed(s, v, now=w.now),
    "learn.more_time": lambda w, s, v: leave.my_leave(s, v, now=w.now),
    "manage.exempt": act_exempt,
    "manage.extend": act_extend,
    "manage.assign": act_assign,
    "manage.digest": lambda w, s, v: weekly.want(s, v, on=False, now=w.now),
    "manage.prove": lambda w, s, v: proofs.entered(s, v, now=w.now),
    "learn.note": lambda w, s, v: notes.note(s, v, place="M01/sitting-1"),
    "learn.certificate": lambda w, s, v: certificates.certificates(s, v),
    "learn.share": act_share,
    "learn.receipts": lambda w, s, v: receipts.receipts(s, v),
    "learn.answers": lambda w, s, v: record.record_of(s, v, email=v.email),
    "me.agreement": lambda w, s, v: agreed.agreed(s, v),
    "me.record": lambda w, s, v: record.my_record(s, v),
    "me.export": lambda w, s, v: own_export.my_export(s, v, now=w.now),
    "me.request": lambda w, s, v: own_requests.mine(s, v),
    "manage.person": lambda w, s, v: act_person(w, s, v),
    "admin.requests": lambda w, s, v: requests.requests(s, v),
    "admin.decide": lambda w, s, v: act_decide(w, s, v),
    "account.own": lambda w, s, v: own.overview(s, v, token="", now=w.now),
    "account.invite": lambda w, s, v: inviting.invite(s, v, person_id=v.person_id, now=w.now),
    "manage.team": lambda w, s, v: teams.team(s, v, now=w.now),
    "manage.remind": lambda w, s, v: teams.remind(s, v, now=w.now),
    "manage.statistics": lambda w, s, v: manage.statistics(s, v, now=w.now),
    "manage.learning": lambda w, s, v: learned.learned(s, v),
    "manage.define": lambda w, s, v: manage.define(s, v, target=0.9),
    "manage.comparison": lambda w, s, v: comparison.comparison(s, v, now=w.now),
    "manage.compare": lambda w, s, v: comparison.take_part(
        s, dataclasses.replace(v, invented=False), agreed=True, now=w.now
    ),
    "author.modules": lambda w, s, v: author.modules(s, v, now=w.now),
    "author.preview": lambda w, s, v: author.preview(s, v, module="M01"),
    "admin.people": lambda w, s, v: admin.people(s, v, now=w.now),
    "admin.person": lambda w, s, v: admin.person(s, v, person_id=v.person_id, now=w.now),
    "admin.evidence": lambda w, s, v: evidence_log.evidence(s, v, now=w.now),
    "admin.evidence_export": act_export,
    "admin.log": lambda w, s, v: admin.log(s, v),
    "admin.roster": lambda w, s, v: roster.home(s, v),
    "admin.roster_import": lambda w, s, v: roster.take(
        s, v, roster.opened(b"E-mail,Name\na@x.org,Ann", "a.csv"), roster.Choices(), now=w.now
    ),
    "admin.roster_undo": act_undo,
    "admin.local": lambda w, s, v: details.details(s, v),
    "admin.examples": lambda w, s, v: examples.examples(s, v),
    "admin.roles": lambda w, s, v: roles.roles(s, v, now=w.now),
    "admin.deputies": lambda w, s, v: deputies.deputies(s, v, now=w.now),
    "admin.units": lambda w, s, v: structure.structure(s, v, now=w.now),
    "admin.duties": lambda w, s, v: ruling.ruled(s, v, now=w.now),
    "admin.trust": lambda w, s, v: trusting.pack(s, v, now=w.now),
    "admin.directory": lambda w, s, v: directory.clients(s, v),
    "admin.mail": lambda w, s, v: mailing.mailbox(s, v, now=w.now),
    "admin.mail_again": lambda w, s, v: act_again(w, s, v),
    "admin.holidays": lambda w, s, v: mailing.holidays(s, v),
    "me.calendar": lambda w, s, v: feeding.make(s, v, now=w.now),
    "admin.law": lambda w, s, v: details.choose_law(s, v, law="uk", now=w.now),
}


def test_every_listed_right_is_tried_below():
    assert set(ACTS) == set(ACTIONS)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(ACTS))
def test_an_action_is_done_for_its_roles_and_refused_to_every_other(world, action, role):
    viewer = only(world, role)
    with writing() as session:
        if role in ACTIONS[action]:
            ACTS[action](world, session, viewer)
        else:
            with pytest.raises(Denied):
                ACTS[action](world, session, viewer)


@pytest.mark.parametrize("role", [*Role, None])
def test_somebody_without_any_role_or_with_the_wrong_one_gets_no_report(world, role):
    viewer = only(world, role)
    if role is None:
        viewer = dataclasses.replace(viewer, roles=frozenset())
    with writing() as session:
        if role in (Role.MANAGER, Role.LEAD):
            assert manage.completion_report(session, viewer, now=world.now)
        else:
            with pytest.raises(Denied):
                manage.completion_report(session, viewer, now=world.now)
