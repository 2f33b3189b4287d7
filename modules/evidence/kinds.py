"""What the log records: each kind of entry with its fields. Anything else is refused.

A fact stands in the entry for good, so none may tell who it is about. What does is personal: it
stands apart, salted, and can be erased.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import UnionType
from typing import Any

from modules.basics import BadInput

LONGEST = 500
"""Characters of a text in an entry."""

WHO = ("name", "email")


@dataclass(frozen=True)
class Kind:
    """One kind of entry.

    ``about`` says what its id is: a person, a thing such as an import, or "" for none. Each of
    ``facts`` must be given; None is allowed where its type says so. ``personal`` may be given;
    what begins with ``by_`` is about whoever did it.
    """

    about: str
    facts: Mapping[str, type | UnionType]
    personal: tuple[str, ...] = ()


RIGHT: Mapping[str, type | UnionType] = {
    "role": str,  # or deputy, acting
    "unit": uuid.UUID | None,  # None: the whole organisation
    "names": bool,  # an auditor sees names
    "ends": date | None,
}
ROSTER: Mapping[str, type | UnionType] = {
    "sha256": str,
    "people": int,
    "joined": int,
    "moved": int,
    "left": int,
    "changed": int,
}

RULE: Mapping[str, type | UnionType] = {
    "target": str,
    "sha256": str,  # of its title, target, first day and terms, as `modules.enrolling.proving`
    "starts": date,
}

MODULE: Mapping[str, type | UnionType] = {
    "module": str,
    "version": str,
    "number": int,
    "sha256": str,
    "change": str,  # "", wording, clarification or rule
}

KINDS: Mapping[str, Kind] = {
    # Somebody completed a module.
    "completion": Kind(
        "person",
        {"module": str, "version": str, "sha256": str, "path": str, "valid_until": date},
        WHO,
    ),
    # Somebody redid the part of a module that a version changed; her completion stands.
    "refreshed": Kind("person", {"module": str, "version": str, "sha256": str}, WHO),
    # Answers to a corrected question were graded again, or that was taken back: how many count for
    # more, less, the same, could not be judged, and how many completions it granted.
    "regraded": Kind(
        "thing",
        {
            "module": str,
            "item": str,
            "from_sha256": str,
            "to_sha256": str,
            "undoes": int | None,  # the number of the item's regrade that is taken back
            "up": int,
            "down": int,
            "same": int,
            "unjudged": int,
            "granted": int,
        },
        ("by_name",),
    ),
    # Somebody need not take a module, until a day or for good; the ground is hers.
    "exemption": Kind("person", {"module": str, "until": date | None}, (*WHO, "ground", "by_name")),
    "exemption_ended": Kind("person", {"module": str}, (*WHO, "by_name")),
    # Somebody has longer for the duty of a due day, or has no more; the ground is hers.
    "extension": Kind(
        "person", {"module": str, "due_on": date, "until": date}, (*WHO, "ground", "by_name")
    ),
    "extension_ended": Kind("person", {"module": str, "due_on": date}, (*WHO, "by_name")),
    # Training elsewhere was entered by hand, or that was a mistake: its completion is gone.
    "completion_by_hand": Kind(
        "person",
        {
            "module": str,
            "version": str,
            "sha256": str,
            "valid_until": date,
            "kind": str,
            "happened_on": date,
            "reason": str,
        },
        (*WHO, "document", "by_name"),
    ),
    "completion_withdrawn": Kind(
        "person", {"module": str, "happened_on": date}, (*WHO, "document", "by_name")
    ),
    # Somebody said that she read a version of a policy.
    "policy_acknowledged": Kind("person", {"policy": str, "number": int, "sha256": str}, WHO),
    "right_given": Kind("person", RIGHT, (*WHO, "by_name")),
    "right_taken": Kind("person", RIGHT, (*WHO, "by_name")),
    # An account at a provider stands for somebody, or does so no more.
    "identity_linked": Kind("person", {"provider": str}, WHO),
    "identity_unlinked": Kind("person", {"provider": str}, WHO),
    # An operator made a link to another pass-phrase; whether the second factor went with the old.
    "account_reset": Kind("person", {"second_factor": bool}, WHO),
    # A directory may write people here, and may no more.
    "directory_connected": Kind("thing", {"scopes": str, "until": date}, ("by_name",)),
    "directory_ended": Kind("thing", {}, ("by_name",)),
    # Somebody was erased: how many personal fields left this log. Whose is no longer known.
    "erasure": Kind("", {"fields": int}, ("by_name",)),
    # The works agreement that holds from now on.
    "agreement": Kind("", {"number": int, "sha256": str, "signatures": int}, ("by_name",)),
    # A rule asks somebody to learn something from a day on, otherwise than before, or no more.
    "rule_published": Kind("thing", RULE, ("by_name",)),
    "rule_changed": Kind("thing", RULE, ("by_name",)),
    "rule_ended": Kind("thing", {**RULE, "ends": date}, ("by_name",)),
    # Somebody approved a draft as it stood, with how many comments open: of its files, not of the
    # revision that they become.
    "module_approved": Kind("thing", {"module": str, "sha256": str, "comments": int}, ("by_name",)),
    # A trainer published a module; whether a second person had approved just that text.
    "module_published": Kind("thing", {**MODULE, "approved": bool, "comments": int}, ("by_name",)),
    # A trainer published an earlier revision again.
    "module_rolled_back": Kind("thing", {**MODULE, "repeats": int}, ("by_name",)),
    # The body takes part in the comparison of bodies, or does so no more.
    "comparison_joined": Kind("", {}, ("by_name",)),
    "comparison_left": Kind("", {}, ("by_name",)),
    "roster": Kind("thing", ROSTER, ("by_name",)),
    "roster_undone": Kind("thing", ROSTER, ("by_name",)),
}


def checked(kind: str, facts: Mapping[str, Any], personal: Mapping[str, str]) -> dict[str, Any]:
    """The facts as JSON values. Raises BadInput, naming what is missing, unknown or ill-typed."""
    if kind not in KINDS:
        raise BadInput(f"“{kind}” is no kind of evidence: {', '.join(KINDS)}.")
    known = KINDS[kind]
    if wrong := sorted(set(facts) ^ set(known.facts)):
        raise BadInput(f"{kind}: these facts are missing or unknown: {', '.join(wrong)}.")
    if wrong := sorted(set(personal) - set(known.personal)):
        raise BadInput(f"{kind}: these personal fields are unknown: {', '.join(wrong)}.")
    for name, value in personal.items():
        if not isinstance(value, str):
            raise BadInput(f"{kind}: {name} is no text.")
        _fits(kind, name, value)
    return {name: _json(kind, name, known.facts[name], value) for name, value in facts.items()}


def _json(kind: str, name: str, wanted: type | UnionType, value: Any) -> Any:
    # Python counts True as a number, and a moment as a day.
    sound = isinstance(value, wanted) and (type(value) is not bool or wanted is bool)
    if not sound or (isinstance(value, date) and type(value) is not date):
        raise BadInput(f"{kind}: {name} cannot be {value!r}.")
    if isinstance(value, str):
        _fits(kind, name, value)
    return str(value) if isinstance(value, date | uuid.UUID) else value


def _fits(kind: str, name: str, value: str) -> None:
    if len(value) > LONGEST:
        raise BadInput(f"{kind}: {name} is longer than {LONGEST} characters.")
    # Neither can be stored as text on both databases.
    if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise BadInput(f"{kind}: {name} holds characters that are no text.")
