"""What could go wrong for people, what the program does about it, and the tests that show it."""

from __future__ import annotations

from dataclasses import dataclass

from modules.trust.places import filled


@dataclass(frozen=True)
class Measure:
    """One measure. ``shown`` are patterns of test files below tests/; each finds one at least.

    ``does`` has `{places}` for what a register or a setting knows; `told` fills them in.
    """

    against: str
    does: str
    shown: tuple[str, ...]

    @property
    def told(self) -> str:
        """What it does, as the program is today."""
        return filled(self.does)


# What could happen, and whom it would harm.
RISKS: tuple[tuple[str, str], ...] = (
    (
        "A manager learns how somebody did",
        "Staff: marks and mistakes are used to judge them, so they learn to hide instead of asking",
    ),
    (
        "A small group’s figure tells about one person",
        "Staff of small units: a count of one is a name, also by subtracting two larger figures",
    ),
    (
        "Somebody looks at records out of curiosity",
        "Staff: where they stand is known to people who have no reason to know",
    ),
    (
        "Data of one organisation are seen in another",
        "Staff of both: what was agreed in one place does not hold in the other",
    ),
    (
        "An account is taken over",
        "Whoever it belongs to: her answers are read, or somebody acts in her name",
    ),
    (
        "Data are kept longer than they are needed",
        "Staff and people who have left: old mistakes stay where they can be found",
    ),
    (
        "What is held on a person is wrong, or she cannot find out what it is",
        "Staff: a missing completion counts against somebody who learnt",
    ),
    (
        "The rules are widened later, unseen",
        "Staff: what was promised at the beginning does not hold any more",
    ),
    (
        "A certificate is forged, or tells more than its holder wants",
        "Holders and those who rely on it",
    ),
    (
        "Data of real citizens end up in a lab, a note or an answer",
        "Citizens: they are read by people who learn, for no purpose of theirs",
    ),
    ("Answers are lost", "Staff: work has to be done again, or a completion is missing"),
    (
        "Somebody is pressed to learn at night",
        "Staff: reminders and tasks reach into their own time",
    ),
    (
        "What counts as evidence is invented, altered or made to disappear",
        "Staff: training that took place counts for nothing, or one that did not counts",
    ),
    (
        "A directory writes what it should not, or its token is stolen",
        "Staff: somebody is moved, put under another manager or shut out, as nobody here decided",
    ),
)

MEASURES: tuple[Measure, ...] = (
    Measure(
        RISKS[0][0],
        "No right to another person’s answers exists; what is not in the table of rights is "
        "refused to everybody, in page, action, route and command alike.",
        ("unit/test_access.py", "data/test_access_actions.py", "data/test_access_people.py"),
    ),
    Measure(
        RISKS[0][0],
        "Managers see of their own people what the agreement names, and nobody outside their line.",
        ("data/test_agreement_limits.py", "data/test_manage_actions.py"),
    ),
    Measure(
        RISKS[1][0],
        "Groups below the threshold are hidden, with what would give them away within a month and "
        "between months; an attacker by subtraction is part of the tests.",
        (
            "unit/test_suppress.py",
            "property/test_suppress_properties.py",
            "property/test_breakdown_attack.py",
            "data/test_snapshots.py",
            "data/test_breakdowns.py",
            "data/test_report_attack.py",
        ),
    ),
    Measure(
        RISKS[1][0],
        "What training did is told in whole blocks of people, so that two reports never differ by "
        "one person.",
        ("data/test_learned.py",),
    ),
    Measure(
        RISKS[2][0],
        "Whoever opens somebody’s record is written down before it is shown, and the person sees "
        "who it was.",
        ("data/test_manage_actions.py", "data/test_admin_actions.py"),
    ),
    Measure(
        RISKS[2][0],
        "The evidence is read without names, unless names were granted as well; reading names in "
        "it is written down like opening a record.",
        ("data/test_evidence_page.py",),
    ),
    Measure(
        RISKS[3][0],
        "Every row belongs to one organisation, and each query asks for it.",
        ("data/test_access_organisations.py", "unit/test_register.py"),
    ),
    Measure(
        RISKS[4][0],
        "A sign-in is a random token of which only a hash is stored; it ends after {hours} hours "
        "at most and by hand, and no address, device or browser is kept with it.",
        (
            "data/test_people.py",
            "hostile/test_*.py",
            "data/test_sign*.py",
            "data/test_oidc_*.py",
            "data/test_local_*.py",
            "data/test_second_factor.py",
            "data/test_account_links.py",
            "data/test_brakes.py",
            "property/test_passphrases.py",
        ),
    ),
    Measure(
        RISKS[4][0],
        "A pass-phrase has at least {alone} characters, or {with_second} where a second factor is "
        "asked for, is none of {common} common ones, and is kept as argon2id. A second factor is "
        "asked of {asked_second}.",
        (
            "property/test_passphrases.py",
            "data/test_local_sign_in.py",
            "data/test_second_factor.py",
            "data/test_own_account.py",
        ),
    ),
    Measure(
        RISKS[4][0],
        "After {free} wrong tries each next one has to wait, for {longest_wait} minutes at most; "
        "neither an answer nor its time tells whether an address has an account.",
        ("data/test_brakes.py", "data/test_local_brakes.py", "hostile/test_enumeration.py"),
    ),
    Measure(
        RISKS[5][0],
        "Each kind is deleted or unlinked after the days agreed on, by the program itself.",
        ("data/test_retention.py", "data/test_forgetting.py"),
    ),
    Measure(
        RISKS[5][0],
        "What names somebody in the evidence ({apart}) stands apart from the log, each field under "
        "a salt of its own; erasure takes it out and the chain still holds.",
        ("data/test_evidence_recording.py", "data/test_erasure_evidence.py"),
    ),
    Measure(
        RISKS[6][0],
        "Everybody downloads what is held on her, all of it and nothing of anybody else’s.",
        ("data/test_export.py", "data/test_export_files.py"),
    ),
    Measure(
        RISKS[6][0],
        "Erasure leaves no name, address or subject anywhere, while sums stay right.",
        ("data/test_erasure.py",),
    ),
    Measure(
        RISKS[6][0],
        "A grade can be replayed from what was answered, with the grader of its time.",
        ("data/test_receipts.py", "property/test_replay.py"),
    ),
    Measure(
        RISKS[7][0],
        "The agreement is signed with keys that the operator does not have; a changed byte stops "
        "the start, and each new state is shown to everybody.",
        (
            "unit/test_agreement*.py",
            "data/test_agreement_*.py",
            "property/test_agreement_properties.py",
        ),
    ),
    Measure(
        RISKS[8][0],
        "A certificate has a number that cannot be guessed; its public page shows what the holder "
        "chose, and an unknown number gets the same answer as a withdrawn one.",
        ("data/test_certificate*.py",),
    ),
    Measure(
        RISKS[9][0],
        "Files for labs are looked at whole; what looks like real people is refused, and nothing "
        "of a file is kept.",
        ("labs/test_uploads.py", "labs/test_uploads_people.py"),
    ),
    Measure(
        RISKS[10][0],
        "An answer is stored before its feedback is shown, also when the server is killed or the "
        "database is away.",
        ("load/test_crash.py", "data/test_outage.py"),
    ),
    Measure(
        RISKS[11][0],
        "Reviews are offered and reminders arrive in the hours agreed on only.",
        ("unit/test_hours.py", "data/test_learn_reviews_due.py", "data/test_agreement_limits.py"),
    ),
    Measure(
        RISKS[12][0],
        "What counts ({kinds}) is entered in a log that only grows: each entry carries the hash of "
        "the one before, so that one that is altered, removed, moved or put in is found, also in "
        "an exported file and by a verifier that needs nothing of this program.",
        ("data/test_evidence_recording.py", "data/test_evidence_tampering.py"),
    ),
    Measure(
        RISKS[12][0],
        "Every day a checkpoint is made of the log, if it holds; checkpoints are {checkpoints}.",
        ("data/test_evidence_commands.py", "data/test_evidence_tampering.py"),
    ),
    Measure(
        RISKS[13][0],
        "A directory has a token of its own for one organisation, of which only a hash is stored. "
        "It may do what was chosen for it (of {scopes}), ends after {directory_days} days at most, "
        "can be revoked at once, and reaches nobody elsewhere.",
        (
            "data/test_scim_protocol.py",
            "data/test_scim_bodies.py",
            "data/test_directory_commands.py",
        ),
    ),
    Measure(
        RISKS[13][0],
        "A directory writes who works here and where ({directory_writes}), and never a right, an "
        "answer or a result. Whoever it deactivates is signed out at once and keeps her record.",
        ("data/test_scim_people.py", "property/test_scim_*.py"),
    ),
)
