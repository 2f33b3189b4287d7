"""The register, part two: what she is to learn, did, wrote, and asked others for."""

from __future__ import annotations

from db.tables import (
    Answer,
    Attempt,
    Certificate,
    Completion,
    ContentReport,
    Draft,
    Enrolment,
    HelpRequest,
    Note,
    Regrade,
    Regraded,
)
from modules.personal.entry import (
    Basis,
    Blanked,
    Goes,
    Look,
    Rows,
    Stays,
    Unlinked,
    WithAnswers,
    cols,
)
from modules.personal.of_people import ACT, COUNTS, OTHERS, WHILE_HERE

EVIDENCE = "evidence that the training took place, under a number that names nobody"

LEARNING: tuple[Rows, ...] = (
    Rows(
        Enrolment,
        "person_id",
        "enrolments",
        "to remind somebody in time",
        Basis.TASK,
        WHILE_HERE,
        Stays(COUNTS),
        cols("module enrolled_at due_on ended_on changed_at"),
    ),
    Rows(
        Attempt,
        "person_id",
        "attempts",
        "to go on with the very questions that were begun",
        Basis.TASK,
        "answers",
        Blanked({"seed": "", "paper": {}}, "a completion needs the attempt it was earned in"),
        cols(
            "id module form number turn revision_id seed paper language jurisdiction started_at "
            "ended_at"
        ),
    ),
    Rows(
        Regraded,
        "attempt_id",
        "answers_graded_again",
        "to count an answer as right that a faulty question called wrong, and to show both grades",
        Basis.TASK,
        "answers",
        WithAnswers(),
        cols(
            "attempt_id answer_id turn regrade_id score_before correct_before tags_before "
            "grader_before score correct tags grader"
        ),
        looks={
            "answer_id": Look(Answer, "slot", "slot"),
            "regrade_id": Look(Regrade, "why", "why"),
        },
        through="attempt",
    ),
    Rows(
        Regrade,
        "made_by",
        "regrades_made",
        "to tell who decided it",
        Basis.DUTY,
        WHILE_HERE,
        Stays(ACT),
        cols("module item number undoes why made_at"),
        held={"counts": "how many answers of others it changed"},
    ),
    Rows(
        Answer,
        "attempt_id",
        "answers",
        "feedback, and evidence that the training took place",
        Basis.TASK,
        "answers",
        Unlinked(),
        cols(
            "attempt_id slot try_number kind response score correct tags grader confidence "
            "free_text answered_at"
        ),
        through="attempt",
    ),
    Rows(
        Draft,
        "attempt_id",
        "drafts",
        "to lose nothing when a phone locks",
        Basis.TASK,
        "drafts",
        Goes(),
        cols("attempt_id slot body saved_at"),
        through="attempt",
    ),
    Rows(
        Completion,
        "person_id",
        "completions",
        "evidence, and the date from which it lapses",
        Basis.DUTY,
        WHILE_HERE + "; then under a number that names nobody",
        Stays(EVIDENCE),
        cols("attempt_id module version sha256 turn path completed_at valid_until"),
    ),
    Rows(
        Certificate,
        "person_id",
        "certificates",
        "to let others check a completion, if its holder wants that",
        Basis.TASK,
        WHILE_HERE,
        Goes(),
        cols("attempt_id code shares made_at withdrawn_at"),
    ),
    Rows(
        Note,
        "person_id",
        "notes",
        "own words, for oneself",
        Basis.TASK,
        "notes",
        Goes(),
        cols("place body written_at"),
    ),
    Rows(
        HelpRequest,
        "person_id",
        "help_asked_for",
        "to bring two colleagues together, one of whom chose the other",
        Basis.TASK,
        "help",
        Goes(),
        cols("module asked_at done_at"),
        held={"helper_id": OTHERS},
    ),
    Rows(
        HelpRequest,
        "helper_id",
        "help_asked_of_you",
        "to tell somebody that a colleague asks for help",
        Basis.TASK,
        "help",
        Goes(),
        cols("module asked_at done_at"),
        held={"person_id": OTHERS},
    ),
    Rows(
        ContentReport,
        "person_id",
        "reports_of_errors",
        "to mend what is wrong in the content, and to answer whoever noticed",
        Basis.TASK,
        "reports",
        Blanked({"person_id": None, "text": ""}, "what was mended, and the answer, name nobody"),
        cols("module revision_id place reason text reported_at state answer closed_at"),
    ),
)
