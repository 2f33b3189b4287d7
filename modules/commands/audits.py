"""Evidence on the command line: make a key and checkpoints, export the log, verify it."""

from __future__ import annotations

import gzip
import io
import json
import os
import tempfile
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import Annotated, BinaryIO, cast

import typer
from sqlmodel import Session

from db import evidence as stored
from db import people
from db.engine import reading, writing
from db.tables import Organisation
from modules.agreement.current import agreed
from modules.basics import BadInput
from modules.commands.ending import fits, plainly
from modules.commands.options import Json
from modules.days import now
from modules.evidence import checkpoints, exporting, files, keys, verifying
from modules.evidence.checking import Report

audit = typer.Typer(no_args_is_help=True, help="Evidence that can be checked anywhere.")
Which = Annotated[
    str, typer.Option(help="The organisation, by name or id; needed where there are several.")
]
Key = Annotated[
    list[str] | None, typer.Option(help="A public key that may sign. Can be given again.")
]

# From so many entries on a second process is worth its start.
SPLIT = 100_000


@audit.command()
def key(
    out: Annotated[Path | None, typer.Option(help="Where to write a new key.")] = None,
) -> None:
    """Make the key that signs checkpoints, or print the public one of the key in use."""
    with plainly():
        if out:
            typer.echo(keys.make(out))
            return
        own = keys.own()
        if own is None:
            raise BadInput(
                "There is no key: checkpoints are not signed. Make one with --out FILE, and name "
                "it in STEWARD_EVIDENCE_KEY_FILE."
            )
        typer.echo(keys.public(own))


@audit.command()
def checkpoint(
    organisation: Which = "",
    out: Annotated[
        Path | None, typer.Option(help="A file to add it to, to keep elsewhere.")
    ] = None,
) -> None:
    """Make a checkpoint of the newest entry, and print it: whoever keeps it sees a cut log."""
    with plainly():
        with writing() as session:
            fits(session)
            which = chosen(session, organisation)
            mark = checkpoints.make(session, org_id=which.id, now=now())
        if mark is None:
            raise BadInput(f"Nothing has been recorded for {which.name} yet.")
        line = json.dumps({"checkpoint": mark._asdict()})
        typer.echo(line)
        if not mark.signature:
            typer.echo("It is not signed: there is no key. See `audit key --help`.", err=True)
        if out:
            try:
                with out.open("a", encoding="utf-8") as file:
                    file.write(f"{line}\n")
            except OSError as error:
                raise BadInput(f"{out} cannot be written: {error.strerror}.") from error


@audit.command()
def export(
    out: Annotated[Path, typer.Option(help="The file; with .gz at its end it is compressed.")],
    organisation: Which = "",
    first: Annotated[int, typer.Option("--from", help="The first entry.")] = 1,
    names: Annotated[bool, typer.Option("--names", help="With names and addresses.")] = False,
) -> None:
    """Write the log with its checkpoints to a file that can be verified anywhere."""
    with plainly():
        if names and not agreed().names.auditors_see_names:
            raise BadInput(
                "Agreement, clause “names.auditors_see_names”: no names beside the evidence are "
                "agreed. Leave --names out, or have an agreement signed that allows it."
            )
        with writing() as session:
            fits(session)
            which = chosen(session, organisation)
            try:
                mark = checkpoints.make(session, org_id=which.id, now=now())
            except BadInput as broken:
                mark = None
                typer.echo(f"Exported as it is. {broken}", err=True)
        if mark and not mark.signature:
            typer.echo("Checkpoints are not signed: there is no key.", err=True)
        with reading() as session:
            stored.steady(session)
            wish = exporting.Wish(first=first, names=names)
            many = save(session, out, which, wish)
        typer.echo(f"{many} entries written to {out}.")


def save(session: Session, out: Path, which: Organisation, wish: exporting.Wish) -> int:
    """Write an export beside its place and move it there when it is whole."""
    try:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}")
        try:
            with os.fdopen(handle, "wb") as raw, closing(packed(raw, out)) as file:
                many = exporting.write(
                    session, file, org_id=which.id, organisation=which.name, wish=wish, now=now()
                )
            Path(name).replace(out)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise BadInput(f"{out} cannot be written: {error.strerror}.") from error
    return many


def packed(raw: BinaryIO, out: Path) -> BinaryIO:
    """The file, or what compresses into it."""
    if out.suffix != ".gz":
        return raw
    compressing = gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=3)
    return cast(BinaryIO, io.BufferedWriter(cast(io.RawIOBase, compressing), 1 << 20))


@audit.command()
def verify(
    file: Annotated[Path | None, typer.Argument(help="An export; without it the database.")] = None,
    key: Key = None,
    since: Annotated[
        Path | None, typer.Option(help="Checkpoints or an export that were kept elsewhere.")
    ] = None,
    organisation: Which = "",
    as_json: Json = False,
) -> None:
    """Verify every entry, personal field and checkpoint. Exit 1 with what is wrong."""
    with plainly():
        trusted = frozenset(one.strip().casefold() for one in key or ())
        marks = files.marks_in(since) if since else []
        if file is not None:
            reports = [files.verify(file, trusted=trusted, since=marks)]
        else:
            with reading() as session:
                stored.steady(session)
                fits(session)
                one = organisation or since
                which = [chosen(session, organisation)] if one else people.organisations(session)
                reports = [
                    verifying.verify(
                        session,
                        org_id=each.id,
                        organisation=each.name,
                        trusted=trusted,
                        since=marks,
                        split=SPLIT,
                    )
                    for each in which
                ]
    if as_json:
        typer.echo(json.dumps([one.as_json() for one in reports], indent=1, ensure_ascii=False))
    else:
        for report in reports:
            typer.echo("\n".join(told(report, trusted)))
    if not all(one.sound for one in reports):
        raise typer.Exit(1)


def told(report: Report, trusted: Collection[str]) -> list[str]:
    """A report in words; ``trusted`` are the keys that were given with it."""
    if report.last == 0 and report.sound:
        return [f"{report.organisation}: nothing has been recorded yet."]
    verdict = "holds" if report.sound else "DOES NOT HOLD"
    lines = [f"{report.organisation}: the log {verdict}, entries {report.first} to {report.last}."]
    lines += [f"  {finding}" for finding in report.findings]
    if report.checkpoints == 0:
        lines.append("  There is no checkpoint yet.")
    elif report.signed < report.checkpoints:
        lines.append(f"  {report.checkpoints - report.signed} checkpoints are not signed.")
    if not trusted:
        lines.append("  No public key was given with --key, so who signed is not checked.")
    if report.erased > 0:
        lines.append(f"  {report.erased} personal fields have been erased.")
    if report.sealed:
        lines.append(f"  {report.sealed} entries are sealed: they say nothing, but hold.")
    if not report.names:
        lines.append("  Names and addresses are left out of this file.")
    return lines


def chosen(session: Session, like: str) -> Organisation:
    """The organisation that is meant. Raises BadInput when that is not clear."""
    every = people.organisations(session)
    found = [one for one in every if like in ("", one.name, str(one.id), one.id.hex)]
    if len(found) != 1:
        names = ", ".join(one.name for one in every) or "none"
        raise BadInput(f"Say which organisation with --organisation: {names}.")
    return found[0]


__all__ = ["audit"]
