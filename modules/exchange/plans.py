"""What was chosen for an import of people, and what it would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from db.roster import trees
from db.roster.counting import Counts
from modules.exchange.reading import Table
from modules.exchange.units import Tree


@dataclass(frozen=True)
class Choices:
    """What the person who imports has chosen."""

    # Column -> field; empty: remembered from the last file with this head, or guessed.
    mapping: Mapping[str, str] = field(default_factory=dict)
    # Whether whoever is missing from the file leaves.
    leavers: bool = False
    # Whether wrong rows are left out; otherwise one stops the import.
    skip_wrong: bool = False
    # How many leave, said again by the person who imports: needed when they are many.
    leaving: int | None = None


@dataclass(frozen=True)
class Plan:
    """What an import would do. Its lists are read from the session while it is open."""

    table: Table
    mapping: Mapping[str, str]
    remembered: bool
    ignored_columns: tuple[str, ...]
    secret_columns: tuple[str, ...]
    counts: Counts
    tree: Tree
    choices: Choices
    # Codes of sentences that stop the import, with what they tell.
    stops: tuple[tuple[str, Mapping[str, object]], ...]
    notes: tuple[tuple[str, Mapping[str, object]], ...]
    new_units: tuple[trees.Node, ...]
    changed_units: tuple[tuple[trees.Node, trees.Node], ...]

    @property
    def nothing(self) -> bool:
        """Whether everything stands already as the file has it."""
        return self.counts.nothing and not self.changed_units
