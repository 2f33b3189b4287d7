"""The register of every personal column: why, on what basis, how long, exported, erased how.

A column is registered by `Rows`, or named below as not personal. A new one that is neither fails
a test; so does a new column that holds somebody's id and through which no rows are hers.
"""

from __future__ import annotations

from collections.abc import Mapping

from db.tables import (
    Answer,
    Base,
    ContentReport,
    Draft,
    DraftComment,
    LocalExample,
    LocalFact,
    ModuleDraft,
    Note,
    OwnRequest,
    PeopleGroup,
    Refusal,
    Regrade,
    RosterMapping,
    ScimClient,
    core,
)
from modules.personal.entry import BASES, Rows, cols
from modules.personal.of_duties import DUTIES
from modules.personal.of_learning import LEARNING
from modules.personal.of_people import PEOPLE
from modules.personal.of_studio import STUDIO
from modules.personal.of_trust import TRUST
from modules.personal.retention import SINCE, kinds, told

REGISTER: tuple[Rows, ...] = (*PEOPLE, *LEARNING, *DUTIES, *TRUST, *STUDIO)

# Tables none of whose columns is about anybody who learns or works here, and why.
NOT_PERSONAL: Mapping[str, str] = {
    "organisation": "the body itself",
    "unit": "the body’s tree",
    "unit_place": "the body’s tree, as it was",
    "bundle": "what is taught",
    "asset": "pictures and recordings of what is taught",
    "draft_file": "what is to be taught",
    "snapshot": "sums; small ones never leave the database",
    "breakdown": "ranges of sums over many people",
    "analysed": "sums over the whole body, of ten people at the least",
    "learned": "sums over the whole body; small ones never leave the database",
    "rollup": "sums; they never leave the database as they are",
    "rollup_day": "a day",
    "release": "figures of all bodies together, with noise",
    "mail_run": "how many mails a run sent",
    "holiday": "a day off",
    "brake": "a keyed hash, which leads to no account and no address",
    "sign_in_step": "nobody is known yet",
    "people_group": "a name that a directory gave a group",
    "roster_mapping": "the head of a file",
    "agreement": "the agreement itself; whoever signed it did so for others, in an office",
    "evidence": "what happened, without whom: personal fields stand apart and salted",
    "evidence_head": "the newest entry",
    "checkpoint": "the newest entry, signed",
    "loose_answer": "belongs to nobody: no person, no attempt, no day",
}

# Columns of registered tables that say nothing about her, by table.
PLAIN: Mapping[str, tuple[str, ...]] = {
    "role_grant": cols("id"),
    "placement": cols("id"),
    "deputy": cols("id"),
    "roster_undo": cols("import_id number thing_id"),
    "roster_import": cols("id sha256"),
    "scim_client": cols("id token_hash scopes used_on"),
    "enrolment": cols("id assignment_id grace_days window_days before_access"),
    "assignment": cols("id changed_at ends"),
    "exemption": cols("id"),
    "extension": cols("id"),
    "hand_record": cols("id"),
    "policy": cols("id"),
    "policy_version": cols("policy_id number asks_again"),
    "mail": cols("id key claim claimed_at"),
    "comparing": cols("id"),
    "answer": cols("id"),
    "regrade": cols("id from_revision_id to_revision_id"),
    "help_request": cols("id"),
    "content_report": cols("id"),
    "record_view": cols("id"),
    "refusal": cols("id"),
    "change": cols("id"),
    "reminder": cols("id"),
    "own_request": cols("id"),
    "revision": cols("id number sha256 origin shipped_from repeats offered"),
    "shipped_waiting": cols("sha256 since"),
    "module_draft": cols("id base_id number revision_id approved_number offered merges refused"),
    "draft_change": cols("draft_id number line undoes"),
    "draft_comment": cols("id draft_id"),
}

# Where somebody can have typed the name of somebody else: on erasure it is taken out of them.
TYPED: tuple[tuple[type[Base], str], ...] = (
    (LocalFact, "value"),
    (LocalExample, "body"),
    (Note, "body"),
    (ContentReport, "text"),
    (ContentReport, "answer"),
    (OwnRequest, "text"),
    (OwnRequest, "answer"),
    (Regrade, "why"),
    (PeopleGroup, "name"),
    (ScimClient, "name"),
    # A file without a head has somebody in the place of the names of its columns.
    (RosterMapping, "mapping"),
    # What was asked for can have been typed into the address.
    (Refusal, "what"),
    (Draft, "body"),
    (ModuleDraft, "word"),
    (DraftComment, "text"),
    (Answer, "response"),
)


def kept(rows: Rows) -> str:
    """How long rows are kept, in words."""
    return told(rows.kept) if rows.kept in SINCE else rows.kept


def document() -> str:
    """The register as Markdown: docs/register.md."""
    out = [HEAD.rstrip("\n")]
    out += [f"- **{basis}**: {text}" for basis, text in BASES.items()]
    out.append(TAIL.rstrip("\n"))
    tables = list(dict.fromkeys(rows.table_name for rows in REGISTER))
    for table in tables:
        out.append(f"\n## `{table}`")
        for rows in (one for one in REGISTER if one.table_name == table):
            out += ["", f"**`{rows.name}`**, by `{rows.by}`: {rows.purpose}.", ""]
            out.append(f"Basis: {rows.basis}. Kept: {kept(rows)}.\n")
            out += ["| Column | Export | Erasure |", "|---|---|---|"]
            by = () if rows.by in rows.shown else (rows.by,)
            for column in (*by, *rows.shown, *rows.held):
                look = rows.looks.get(column)
                shown = f"yes, as `{look.shown_as}`" if look else "yes"
                if column in rows.held:
                    shown = f"no: {rows.held[column]}"
                elif column in by:
                    shown = "no: an id, which says no more than whose row it is"
                out.append(f"| `{column}` | {shown} | {rows.erasure(column)} |")
        if plain := PLAIN.get(table):
            names = ", ".join(f"`{one}`" for one in plain)
            out.append(f"\nNot personal: {names}.")
    out += ["\n## How long\n", "| Kind | Kept | Why so long |", "|---|---|---|"]
    out += [f"| {kind} | {told(kind)} | {SINCE[kind].why} |" for kind in kinds()]
    out.append("\n## Not personal\n")
    out += [f"- `{table}`: {why}" for table, why in NOT_PERSONAL.items()]
    typed = ", ".join(f"`{core(table).name}.{column}`" for table, column in TYPED)
    out.append(f"\n## Typed by others\n\nOn erasure name and address are taken out of {typed}.")
    return "\n".join(out) + "\n"


HEAD = """# The register of personal data

Written by `python -m modules register` from `modules/personal/`; a test compares the two, and
another holds every column of every table against it. What each column means stands in
[data.md](data.md).

The bases below are what fits a public body. They are a proposal: the body’s data-protection officer
decides, and names the law. Neither consent (an employer can seldom rely on it, recital 43) nor
legitimate interests (not open to public authorities for their tasks, Article 6(1)).
"""

TAIL = """
`org_id` stands in every table and says which organisation.
"""
