"""python -m modules …: each command opens its session, calls one action, prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group


@dataclass(frozen=True)
class Several:
    """Commands below one word, each loaded by itself."""

    help: str
    places: Mapping[str, str]


# Command -> where it is: a function of a module beside this one, or a group of commands.
PLACES: Mapping[str, str | Several] = {
    "account": "accounts:account",
    "administrator": "accounts:administrator",
    "agreement": "agreements:agreement",
    "answers": "records:answers",
    "attempt": "attempts:attempt",
    "audit": "audits:audit",
    "content": Several(
        "Lessons: check them, record them.",
        {
            "check": "checking:check",
            "sync": "contents:sync",
            "publish-due": "contents:publish_due",
            "export": "exports:export",
            "import": "exports:bring",
            "affected-by": "surveys:affected_by",
            "stats": "surveys:stats",
            "guess": "surveys:guess",
        },
    ),
    "duties": "duties:duties",
    "lab": "labs:lab",
    "migrate": "database:migrate",
    "organisation": "organisations:organisation",
    "people": "people:people",
    "person": "personal:person",
    "provider": "providers:provider",
    "questions": "questions:questions",
    "recount": "counts:recount",
    "register": "personal:register",
    "remind": "posting:remind",
    "report": "reports:report",
    "retention": "personal:retention",
    "rights": "rights:rights",
    "scim": "directories:scim",
    "scrub": "personal:scrub",
    "seed": "database:seed",
    "serve": "serving:serve",
    "statistics": "reports:statistics",
    "synth": "districts:synth",
    "trust-pack": "trust:trust_pack",
}


class Commands(Mapping[str, Any]):
    """The commands, each loaded when it is asked for: a staff list needs no lab and no server."""

    def __init__(self, places: Mapping[str, str | Several]) -> None:
        self._places = places

    def __getitem__(self, name: str) -> Any:
        place = self._places[name]
        if isinstance(place, Several):
            several = TyperGroup(
                name=name, help=place.help, no_args_is_help=True, rich_markup_mode=None
            )
            several.commands = Commands(place.places)  # type: ignore[assignment]
            return several
        module, _, what = place.partition(":")
        found = getattr(import_module(f"{__name__}.{module}"), what)
        if isinstance(found, typer.Typer):
            found.rich_markup_mode = None
            made: Any = get_group(found)
        else:
            alone = typer.Typer(add_completion=False, rich_markup_mode=None)
            alone.command(name)(found)
            made = get_command(alone)
        made.name = name
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Group(TyperGroup):
    """All commands."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.commands: Any = Commands(PLACES)


app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    add_completion=False,
    help=__doc__,
    rich_markup_mode=None,
    # A trace with the values of variables would print pass-phrases and names into logs.
    pretty_exceptions_enable=False,
)


@app.callback()
def everything() -> None:
    """Nothing is asked for before a command."""
