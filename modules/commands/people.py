"""People arrive by staff list: looked at first, imported as a whole, taken back."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from db.engine import reading, writing
from db.roster import kept
from modules import words
from modules.basics import BadInput
from modules.commands.bodies import Body, chosen
from modules.commands.ending import fits, plainly
from modules.commands.options import Json
from modules.days import now
from modules.exchange import columns, roster, telling, undoing
from modules.exchange.plans import Choices, Plan
from modules.exchange.reading import open_table

people = typer.Typer(no_args_is_help=True, help="People, as the HR system has them.")

WIDTH = 30


class Bar:
    """How far an import is, on stderr: a bar at a terminal, elsewhere a line for each stage."""

    def __init__(self) -> None:
        self.live = sys.stderr.isatty()
        self.stage, self.share = "", -1

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell that ``done`` of ``total`` of a stage is reached."""
        share = 100 * done // total if total else 100
        if (stage, share) == (self.stage, self.share):
            return
        if self.live:
            if self.stage and stage != self.stage:
                typer.echo("", err=True)
            full = WIDTH * share // 100
            bar = "█" * full + "·" * (WIDTH - full)
            typer.echo(f"\r{stage:<10} {bar} {share:>3} %", err=True, nl=False)
            if stage == "writing" and share == 100:
                typer.echo("", err=True)
        elif stage != self.stage:
            typer.echo(f"{stage} …", err=True)
        self.stage, self.share = stage, share


@people.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV, .xlsx, or OneRoster as zip or folder.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen.")] = False,
    as_json: Json = False,
    organisation: Body = "",
    leavers: Annotated[
        bool, typer.Option("--leavers", help="Whoever is missing from the file leaves.")
    ] = False,
    leaving: Annotated[
        int, typer.Option("--leaving", help="Confirm that so many leave, where they are many.")
    ] = -1,
    skip_wrong: Annotated[
        bool, typer.Option("--skip-wrong", help="Leave wrong rows out and import the others.")
    ] = False,
    mapping: Annotated[
        list[str] | None, typer.Option("--map", help="COLUMN=FIELD, as often as needed.")
    ] = None,
) -> None:
    """Bring a staff list: all of it, or nothing. Exit 1 when something stops it."""
    say, moment, bar = words.of("en"), now(), Bar()
    with plainly():
        table = open_table(file, file.name)
        choices = Choices(
            mapping=columns.typed(mapping or []),
            leavers=leavers,
            skip_wrong=skip_wrong,
            leaving=leaving if leaving >= 0 else None,
        )
        with reading() as session:
            fits(session)
            body = chosen(session, organisation)

        def planned(session: Session) -> Plan:
            return roster.plan(
                session,
                organisation=body,
                table=table,
                choices=choices,
                paths=telling.role_paths,
                by=None,
                now=moment,
                tell=bar,
            )

        def show(session: Session, plan: Plan) -> None:
            if bar.live:
                typer.echo("", err=True)
            if as_json:
                for piece in telling.as_json(session, plan, say, org_id=body.id):
                    typer.echo(piece, nl=False)
            else:
                for line in telling.as_text(session, plan, say, org_id=body.id):
                    typer.echo(line)

        if dry_run:
            with reading() as session:
                plan = planned(session)
                show(session, plan)
        else:
            try:
                with writing() as session:
                    plan = roster.apply(
                        session,
                        organisation=body,
                        planned=planned,
                        by=None,
                        now=moment,
                        tell=bar,
                        show=show,
                    )
            except IntegrityError as error:
                raise BadInput(roster.MEANWHILE) from error
    done = not (dry_run or plan.stops)
    if as_json:
        typer.echo(f' "done": {json.dumps(done)}\n}}')
    else:
        typer.echo(f"\n{_ending(plan, dry_run)}")
    if plan.stops:
        raise typer.Exit(1)


def _ending(plan: Plan, dry_run: bool) -> str:
    if plan.stops:
        return "Nothing was imported."
    if dry_run:
        return "This was a dry run: nothing was changed."
    return "Everything stands already as the file has it." if plan.nothing else "Imported."


@people.command()
def imports(organisation: Body = "", as_json: Json = False) -> None:
    """The latest imports of staff lists."""
    with plainly(), reading() as session:
        fits(session)
        body = chosen(session, organisation)
        found = kept.imports(session, org_id=body.id)
    if as_json:
        typer.echo(json.dumps([one.model_dump(mode="json") for one in found], indent=1))
        return
    for one in found:
        undone = "  undone" if one.undone_at else ""
        typer.echo(
            f"{one.imported_at:%Y-%m-%d %H:%M} UTC  {one.people:,} people: {one.joined:,} joined, "
            f"{one.moved:,} moved, {one.changed:,} changed, {one.left:,} left{undone}"
        )
    if not found:
        typer.echo("No staff list was imported yet.")


@people.command()
def undo(organisation: Body = "") -> None:
    """Take the latest import back, unless something has changed since."""
    with plainly():
        try:
            with writing() as session:
                fits(session)
                body = chosen(session, organisation)
                done = undoing.undo(session, org_id=body.id, now=now())
        except IntegrityError as error:
            raise BadInput(roster.MEANWHILE) from error
    typer.echo(f"The import of {done.imported_at:%Y-%m-%d %H:%M} UTC is undone.")
