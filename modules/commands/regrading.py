"""Answers to a corrected question, graded again from the command line. Dry unless told."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from db.engine import reading, writing
from db.tables import Organisation
from modules import words
from modules.agreement.current import at_least
from modules.basics import BadInput
from modules.commands.bodies import Body, chosen
from modules.commands.ending import fits, plainly
from modules.commands.options import Json
from modules.days import now
from modules.regrade.applying import apply, planned_back, undo
from modules.regrade.counts import KEYS, Shown, shown
from modules.regrade.planning import Plan, plan

Module = Annotated[str, typer.Option("--module", help="The module's id, as in M01.")]
Item = Annotated[str, typer.Option("--item", help="The question's id, as in M01-Q03.")]
Apply = Annotated[bool, typer.Option("--apply", help="Do it; otherwise nothing is written.")]
Why = Annotated[str, typer.Option("--why", help="One sentence, which learners can read.")]
Undo = Annotated[int, typer.Option("--undo", help="Take back the regrade with this number.")]


def attempt_regrade(
    module: Module,
    item: Item,
    organisation: Body = "",
    do: Apply = False,
    why: Why = "",
    undo_: Undo = 0,
    as_json: Json = False,
) -> None:
    """Grade every answer to a corrected question by the published version. Takes nothing away."""
    with plainly():
        if why and not do:
            raise BadInput("A reason is for doing it: add --apply, or leave --why out.")
        with reading() as session:
            fits(session)
            body = chosen(session, organisation)
            scope: dict[str, Any] = {"org_id": body.id, "module": module, "item": item}
            if undo_:
                _, dry = planned_back(session, **scope, number=undo_)
            else:
                dry = plan(session, **scope)
        done = dry
        if do:
            with writing() as session:
                if undo_:
                    done = undo(session, **scope, number=undo_, why=why, now=now())
                else:
                    done = apply(session, **scope, why=why, after=dry.number, now=now())
    _print(body, done, do, as_json)


def _print(body: Organisation, done: Plan, applied: bool, as_json: bool) -> None:
    told = shown(done.counts.stored, at_least(body.least))
    if as_json:
        typer.echo(json.dumps(as_values(body.name, done, told, applied), indent=1))
        return
    say = words.of("en")
    typer.echo(f"{body.name}: {done.module} {done.item}, {'done' if applied else 'dry run'}")
    if told.few:
        typer.echo(say("regrade.few"))
        return
    for key in KEYS:
        one = told.figures[key]
        typer.echo(f"  {say(f'regrade.n_{one.kind}', n=one.n):>24}  {say(f'regrade.row_{key}')}")


def as_values(name: str, done: Plan, told: Shown, applied: bool) -> dict[str, object]:
    """A regrade as JSON values; a figure about fewer people than are shown has no number."""
    return {
        "organisation": name,
        "module": done.module,
        "item": done.item,
        "version": done.to.version,
        "applied": applied,
        "newest_regrade": done.number + applied,
        "changes": told.changes,
        "too_few_people": told.few,
        "figures": {key: {"kind": one.kind, "n": one.n} for key, one in told.figures.items()},
    }
