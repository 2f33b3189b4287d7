"""Duties from the command line: rules listed, rehearsed, published, ended; who is cleared."""

from __future__ import annotations

import json
import uuid
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session

from db import assignments as stored
from db import founding, whois
from db import people as staff
from db.engine import reading, writing
from db.tables import Organisation
from modules import enrolling
from modules.basics import BadInput
from modules.commands.bodies import Body, chosen
from modules.commands.ending import fits, plainly
from modules.commands.options import Json
from modules.days import now, short
from modules.enrolling import Changes, Rehearsal
from modules.enrolling.clearing import clearance
from modules.enrolling.refreshing import today_of
from modules.enrolling.written import Written, read

duties = typer.Typer(no_args_is_help=True, help="Who must take what by when.")

Rules = Annotated[Path, typer.Argument(help="A rule as YAML or JSON: docs/duties.md.")]
UNKNOWN = 2
"""The exit code of `duties cleared` for an address that nobody has."""
SHOWN = 12
"""Days of a rehearsal that are listed; JSON has them all."""


@duties.command("list")
def list_(organisation: Body = "", as_json: Json = False) -> None:
    """The rules of an organisation, those that ended as well."""
    with plainly(), reading() as session:
        body = chosen(session, organisation)
        today = today_of(session, org_id=body.id, now=now())
        found = stored.assignments(session, org_id=body.id)
    if as_json:
        typer.echo(json.dumps([_plain(vars(one)) for one in found], indent=1))
        return
    for one in found:
        state = "begins" if one.starts > today else "since"
        day = one.starts
        if one.ends is not None:
            state, day = ("ended" if one.ends <= today else "ends"), one.ends
        typer.echo(f"{one.id}  {one.target:<9} {state:<6} {short(day):<18} {one.title}")
    if not found:
        typer.echo("There is no rule yet.")


@duties.command()
def refresh(organisation: Body = "", as_json: Json = False) -> None:
    """Bring duties in step with the rules now, as the server does every hour; of every body."""
    with plainly():
        with reading() as session:
            fits(session)
            every = staff.organisations(session)
            bodies = [chosen(session, organisation)] if organisation else every
        made = {}
        for body in bodies:
            with writing() as session:
                made[body.name] = enrolling.refresh(session, org_id=body.id, now=now())
    if as_json:
        typer.echo(json.dumps({name: vars(one) for name, one in made.items()}, indent=1))
        return
    for name, changes in made.items():
        typer.echo(f"{name}: {_told(changes)}")


@duties.command()
def rehearse(file: Rules, organisation: Body = "", as_json: Json = False) -> None:
    """Say what publishing a rule would do; nothing is written."""
    with plainly(), reading() as session:
        body = chosen(session, organisation)
        found = _rehearsed(session, body, _read(session, body, file))
    if as_json:
        typer.echo(json.dumps(_plain(vars(found)), indent=1))
    else:
        _show(found)


@duties.command()
def publish(file: Rules, organisation: Body = "", as_json: Json = False) -> None:
    """Publish a rule, or another state of the one whose id the file has."""
    with plainly(), writing() as session:
        body = chosen(session, organisation)
        one = _read(session, body, file)
        found = _rehearsed(session, body, one)
        made = enrolling.publish(session, org_id=body.id, by=None, now=now(), **_given(one))
    if as_json:
        typer.echo(json.dumps({"id": str(made), **_plain(vars(found))}, indent=1))
    else:
        _show(found)
        typer.echo(f"Published as {made}.")


@duties.command()
def end(
    id: Annotated[str, typer.Argument(help="The id that `duties list` tells.")],
    organisation: Body = "",
    as_json: Json = False,
) -> None:
    """Let a rule ask nothing from today on. What was completed stays."""
    with plainly(), writing() as session:
        body = chosen(session, organisation)
        try:
            which = uuid.UUID(id)
        except ValueError as error:
            raise BadInput(f"“{id}” is no id. See `duties list`.") from error
        changes = enrolling.end(session, org_id=body.id, assignment_id=which, now=now())
    typer.echo(json.dumps(vars(changes), indent=1) if as_json else f"Ended: {_told(changes)}.")


@duties.command()
def cleared(
    email: Annotated[str, typer.Argument(help="The address of somebody who works here.")],
    organisation: Body = "",
    as_json: Json = False,
) -> None:
    """Whether somebody may work with citizens' data: exit code 0 yes, 1 no, 2 unknown address."""
    with plainly(), reading() as session:
        fits(session)
        body = chosen(session, organisation) if organisation else None
        known = None
        if body is None:
            known = whois.by_email(session, email=email, now=now())
        elif found := founding.person(session, org_id=body.id, email=email):
            known = whois.by_id(session, org_id=body.id, person_id=found.id, now=now())
        if known is None:
            typer.echo(
                f"Nobody who works here has the address {email}. Check the spelling.", err=True
            )
            raise typer.Exit(UNKNOWN)
        told = clearance(session, org_id=known.org_id, person_id=known.person_id, now=now())
    if as_json:
        typer.echo(json.dumps({"cleared": told.cleared, **_plain(vars(told))}, indent=1))
    elif told.cleared:
        typer.echo("yes")
    elif not told.placed:
        typer.echo("no: nobody has said yet where she works, so no rule can be asked")
    else:
        typer.echo(f"no: {', '.join(told.missing)}")
    if not told.cleared:
        raise typer.Exit(1)


def _read(session: Session, body: Organisation, file: Path) -> Written:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{file} cannot be read: {error}.") from error
    today = today_of(session, org_id=body.id, now=now())
    found = read(session, org_id=body.id, name=file.name, text=text, today=today)
    return found if found.starts else found.model_copy(update={"starts": today})


def _given(one: Written) -> dict[str, Any]:
    given = {"title": one.title, "target": one.target, "rule": one.rule, "starts": one.starts}
    return {**given, "assignment_id": one.id}


def _rehearsed(session: Session, body: Organisation, one: Written) -> Rehearsal:
    return enrolling.rehearse(session, org_id=body.id, now=now(), **_given(one))


def _show(found: Rehearsal) -> None:
    typer.echo(
        f"On {short(found.day)} it asks {found.people} people: {found.new} new duties, "
        f"{found.changed} changed, {found.unchanged} as they stand, {found.released} released."
    )
    typer.echo(f"Late on that day: {found.overdue_on_first_day} people.")
    for title, days in (("Due", found.due), ("Mails, if nobody does anything", found.mails)):
        typer.echo(f"{title}: {sum(count for _, count in days)}")
        for day, count in days[:SHOWN]:
            typer.echo(f"  {short(day):<18} {count}")
        if len(days) > SHOWN:
            typer.echo(f"  and {len(days) - SHOWN} more days until {short(days[-1][0])}")


def _told(changes: Changes) -> str:
    told = [f"{count} {what}" for what, count in vars(changes).items() if count]
    return ", ".join(told) or "nothing changed"


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """As JSON has it: days and ids as text, tallies as objects by day."""

    def plain(one: Any) -> Any:
        if isinstance(one, tuple) and one and isinstance(one[0], tuple):
            return {day.isoformat(): count for day, count in one}
        if isinstance(one, date):
            return one.isoformat()
        return str(one) if isinstance(one, uuid.UUID) else one

    return {name: plain(one) for name, one in values.items()}
