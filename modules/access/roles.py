"""What somebody can be to the organisation, and which roles can be given how far."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the organisation. Learner and manager follow from where people work."""

    LEARNER = "learner"
    MANAGER = "manager"
    LEAD = "lead"
    TRAINER = "trainer"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class By(StrEnum):
    """Who else may call a route or a command."""

    ANYBODY = "anybody"  # signed in or not
    CLIENT = "client"  # a program with a bearer token of its own, within its scopes
    OPERATOR = "operator"  # whoever may run programs on the server


Rule = frozenset[Role] | By

EVERYONE = frozenset(Role)
MANAGER = frozenset({Role.MANAGER})
LEAD = frozenset({Role.LEAD})
TRAINER = frozenset({Role.TRAINER})
REVIEWER = frozenset({Role.REVIEWER})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
AUDITOR = frozenset({Role.AUDITOR})

# The roles that can be given, each for the whole organisation; these also for one unit's subtree.
GRANTED = (Role.LEAD, Role.TRAINER, Role.REVIEWER, Role.ADMINISTRATOR, Role.AUDITOR)
BY_UNIT = frozenset({Role.LEAD, Role.ADMINISTRATOR, Role.AUDITOR})
