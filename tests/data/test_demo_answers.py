"""The demo’s answers: graded, timed and completed as the app itself would have done."""

from collections import Counter
from datetime import timedelta

from db import whois
from db.tables import Attempt, Completion, Revision
from modules import analysing
from modules.access import viewer_of
from modules.basics import seed_for
from modules.demo.tempting import TEMPTING
from modules.labs import LABS
from modules.learn import opened
from modules.progress.asked import decisions, item_of
from modules.progress.item_flags import FLAGS
from modules.progress.outcome import outcome
from modules.progress.standing import months_after
from modules.scenarios import Ending, at, replay
from modules.settings import settings
from tests.data.demo_year import LONDON, NOW, rows


def test_every_seeded_answer_grades_as_it_was_graded(sheets, taught):
    kinds = Counter()
    lab = LABS[taught.lab.name]
    for _, sheet in sheets.values():
        for answer in sheet.answers.values():
            kinds[answer.kind] += 1
            if answer.kind == "item":
                item = item_of(taught, sheet, answer.slot, answer.try_number)
                grade = item.grade(answer.response)
            elif answer.kind == "lab":
                seed = seed_for(sheet.seed, answer.slot)
                grade = lab.grade(lab.load(taught.lab.options, seed, answer.response))
            else:
                assert (answer.score, answer.correct, answer.tags) == (None, None, ())
                continue
            assert (grade.score, grade.right, grade.version) == (
                answer.score,
                answer.correct,
                answer.grader,
            )
            assert grade.tags == answer.tags
    assert set(kinds) == {"item", "decision", "lab", "screen"}
    assert 8_000 < sum(kinds.values()) < 25_000


def test_every_story_is_one_that_the_scenario_allows(sheets, taught):
    step = next(step for step in taught.steps if step.kind == "scenario")
    endings = Counter()
    for _, sheet in sheets.values():
        taken = decisions(sheet, step)
        if taken:
            ending = at(taught.scenario, replay(taught.scenario, taken))
            assert isinstance(ending, Ending)
            endings[ending.kind] += 1
    assert endings["acceptable"] > endings["costly"] > 0


def test_a_completion_stands_exactly_for_each_check_that_is_passed(year, sheets, taught):
    session, _ = year
    known = {row.attempt_id: row for row in rows(session, Completion)}
    passed = {
        id: (row, sheet)
        for id, (row, sheet) in sheets.items()
        if row.form == "check" and outcome(taught, sheet).passed
    }
    assert known.keys() == passed.keys()
    again = 0
    for id, (row, sheet) in passed.items():
        completion = known[id]
        last = max(answer.answered_at for answer in sheet.answers.values())
        assert completion.completed_at == last == row.ended_at
        day = last.astimezone(LONDON).date()
        assert completion.valid_until == months_after(day, settings().valid_months)
        assert (completion.version, completion.person_id) == (taught.version, row.person_id)
        again += any(answer.slot.startswith("again:") for answer in sheet.answers.values())
    assert again > 0
    failed = [sheet for row, sheet in sheets.values() if row.form == "check"]
    assert len(failed) > len(passed)


def test_the_app_reads_a_seeded_round_as_finished_or_open(year, taught):
    session, org_id = year
    done = {row.person_id for row in rows(session, Completion, org_id)}
    begun = {row.person_id for row in rows(session, Attempt, org_id)}
    for person_id in [*sorted(done)[:12], *sorted(begun - done)[:12]]:
        known = whois.by_id(session, org_id=org_id, person_id=person_id, now=NOW)
        if known is None:
            continue
        journey = opened.read(session, viewer_of(known), "M01").journey
        assert journey.started
        if person_id not in done:
            assert not journey.finished and journey.current is not None
        elif journey.finished:
            assert journey.current is None and journey.practice.ended


def test_attempts_are_pinned_ordered_and_in_working_hours(year, sheets):
    session, _ = year
    published = {row.id: row for row in rows(session, Revision)}
    for row, sheet in sheets.values():
        assert published[row.revision_id].published_at < row.started_at < NOW
        times = [answer.answered_at for answer in sheet.answers.values()]
        assert times == sorted(times)
        assert all(row.started_at < time < NOW for time in times)
        if times:
            assert 8 <= times[0].astimezone(LONDON).hour < 18
            # A second check may follow days later, and the round is finished by it.
            assert row.form == "practice" or times[-1] - row.started_at < timedelta(hours=1)
        if row.form == "practice" and sheet.ended:
            assert times[-1] - times[0] > timedelta(minutes=8)


def test_a_trainer_of_the_demo_finds_questions_that_want_another_look(year):
    session, org_id = year
    found = analysing.read(session, org_id=org_id, module="M01", language="en", least=10)
    flags = {one.id: one.flags for one in found.flagged}
    assert set(TEMPTING) <= {id_ for id_, of in flags.items() if set(of) - {"too-easy"}}
    assert {flag for of in flags.values() for flag in of} == set(FLAGS)
    assert found.edges and found.stops and found.beliefs and len(found.objectives) == 4
