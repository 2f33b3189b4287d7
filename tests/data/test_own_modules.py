"""A module that trainers wrote themselves is one like the shipped ones, in their organisation."""

from datetime import timedelta

import pytest

from db import drafts, duties
from db.engine import reading, writing
from modules import courses, enrolling
from modules.admin import ruling
from modules.learn import certificates
from modules.learn.path import my_path
from modules.manage import acting
from modules.post import batch
from modules.proofs import finding
from tests.data.ruling import rule
from tests.data.studio import LESSON, Studio
from tests.walk import Walk

TITLE = "The inbox that everybody reads"


@pytest.fixture
def studio(world):
    made = Studio(world)
    made.begin_own()
    made.through()
    return made


def cards(studio, who):
    return {one.id: one.title for one in studio.read(courses.of, who).modules}


def path(studio, who):
    with reading() as session:
        return my_path(session, studio.who(who), now=studio.now)


def ask(studio, target="M50"):
    """A rule that asks everybody within thirty days."""
    viewer = studio.who("marek")
    with writing() as session:
        return enrolling.publish(
            session,
            org_id=viewer.org_id,
            by=viewer.person_id,
            title="The inbox",
            target=target,
            rule=rule(),
            starts=studio.now.date(),
            assignment_id=None,
            now=studio.now,
        )


def test_it_is_in_the_course_of_its_organisation_and_in_no_other(studio):
    assert cards(studio, "amira")["M50"] == TITLE
    assert "M50" not in cards(studio, "olga")
    shown = [stop.card.id for stop in path(studio, "amira").others if stop.open]
    assert "M50" in shown
    assert "M50" not in [stop.card.id for stop in path(studio, "uma").others]
    assert "M50" not in [stop.card.id for stop in path(studio, "amira").stops]


def test_a_shipped_module_that_trainers_changed_is_listed_as_they_wrote_it(studio):
    studio.begin()
    studio.write("Why share? Data ecosystems and public benefit", "Why share at all?")
    studio.through()
    assert cards(studio, "amira")["M01"] == "Why share at all?"
    assert cards(studio, "olga")["M01"].startswith("Why share? Data")
    assert LESSON in studio.files()


def test_one_that_is_not_offered_is_only_for_whom_it_is_asked_of(studio):
    studio.begin("M50")
    slug = studio.draft().slug
    studio.write("Our team’s inbox", "The inbox of our team", path=f"{slug}/lesson.en.md")
    with writing() as session:
        org = studio.who("priya").org_id
        drafts.set_draft(session, org_id=org, id=studio.id, offered=False)
    studio.through()
    assert "M50" not in [stop.card.id for stop in path(studio, "amira").others]
    with writing() as session:
        acting.assign(
            session,
            studio.who("tom"),
            person_id=studio.who("amira").person_id,
            module="M50",
            due_on=studio.now.date() + timedelta(days=30),
            now=studio.now,
        )
    found = {stop.card.id: stop for stop in path(studio, "amira").others}
    assert found["M50"].standing is not None
    assert "M50" not in [stop.card.id for stop in path(studio, "ben").others]


def test_it_is_asked_by_a_rule_completed_and_certified_under_its_own_title(studio):
    ask(studio)
    with reading() as session:
        amira = studio.who("amira")
        who = {"org_id": amira.org_id, "person_id": amira.person_id}
        due = {one.module for one in duties.of_person(session, **who, day=studio.now.date())}
    assert "M50" in due
    Walk(studio.world, "amira", "M50").whole()
    with reading() as session:
        held = certificates.certificates(session, studio.who("amira"))
        [one] = [one for one in held if one.module == "M50"]
        told = certificates.certificate(session, studio.who("amira"), attempt_id=one.attempt_id)
        assert (told.title, told.version) == (TITLE, "1.0.0")
        feed = batch.batch(session, amira.org_id, "UTC", [], studio.now)
        assert feed.title("M50") == TITLE


def test_rules_proofs_and_titles_of_pages_know_it(studio):
    with reading() as session:
        found = ruling.ruled(session, studio.who("marek"), now=studio.now)
        assert found.options.targets["M50"] == f"M50 · {TITLE}"
        assert "M50" in finding.modules(session, studio.who("tom"))
        courses.serve(session, studio.who("tom"))
        assert courses.title("M50") == TITLE
        courses.serve(session, studio.who("olga"))
        assert courses.title("M50") == "M50"
