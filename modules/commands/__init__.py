"""python -m modules …: each command opens its session, calls one action, prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

# Command -> where it is: a function of a module beside this one, or a group of commands.
PLACES = {
    "account": "accounts:account",
    "administrator": "accounts:administrator",
    "agreement": "agreements:agreement",
    "answers": "records:answers",
    "attempt": "attempts:attempt",
    "audit": "audits:audit",
    "content": "contents:content",
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

    def __init__(self, places: Mapping[str, str]) -> None:
        self.places = places

    def __getitem__(self, name: str) -> Any:
        module, _, what = self.places[name].partition(":")
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
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


class Loaded(TyperGroup):
    """A group whose commands are loaded when they are asked for."""

    commands_at: Commands

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.commands: Any = self.commands_at


class Group(Loaded):
    """All commands."""

    commands_at = Commands(PLACES)


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
