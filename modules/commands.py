"""python -m modules …: each command opens its session, calls one action, prints."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from db import people, schema
from db.engine import database_url, engine, reading, writing
from modules import access, demo, log, publishing, snapshots, words
from modules.api import start
from modules.basics import Denied, StewardError
from modules.course.check import problems
from modules.learn import actions as learn
from modules.manage import actions as manage
from modules.settings import ROOT, settings

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, rich_markup_mode=None)
content = typer.Typer(no_args_is_help=True, help="Lessons: check them, record them.")
report = typer.Typer(no_args_is_help=True, help="Statistics, exactly as somebody may see them.")
app.add_typer(content, name="content")
app.add_typer(report, name="report")

Email = Annotated[str, typer.Option(help="Whose rights apply.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@contextmanager
def plainly() -> Iterator[None]:
    """Errors that a person can mend are one sentence on stderr and exit code 1."""
    try:
        yield
    except Denied as denied:
        fail(f"Refused: this person has no right to it ({denied}).")
    except StewardError as error:
        fail(str(error))
    except SQLAlchemyError as error:
        where = database_url().split("@")[-1]
        fail(f"The database {where} does not answer: {getattr(error, 'orig', error)}")


def fail(sentence: str) -> None:
    """End with a sentence."""
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


@app.command()
def migrate() -> None:
    """Bring the database to the newest migration."""
    with plainly():
        schema.migrate(engine())
    typer.echo(f"The database is at migration {schema.newest()}.")


@app.command()
def seed(
    count: Annotated[int, typer.Option("--people", min=60, help="How many employees.")] = 300,
    number: Annotated[int, typer.Option("--seed", help="Same seed, same body.")] = 7,
) -> None:
    """Make the invented public body and its year of learning, in an empty database."""
    with plainly():
        with reading() as session:
            before = schema.current(session)
        if before not in (None, schema.newest()):
            with reading() as session:
                raise StewardError(schema.trouble(session))
        schema.migrate(engine())
        with writing() as session:
            demo.make(session, people=count, seed=number, now=now())
    typer.echo(f"Made an invented body of {count} people in {database_url().split('@')[-1]}.")


@content.command("check")
def content_check(as_json: Json = False) -> None:
    """Say what is wrong in content/, each with its place and what to do."""
    found = problems(settings().content, now().date())
    found += words.missing_keys(settings().content, ROOT / "modules")
    stops = [one for one in found if one.stops]
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], indent=1, ensure_ascii=False))
    else:
        for one in found:
            typer.echo(f"{'stop' if one.stops else 'tip '}  {one}")
        typer.echo(f"{len(stops)} to mend, {len(found) - len(stops)} tips.")
    if stops:
        raise typer.Exit(1)


@content.command("sync")
def content_sync() -> None:
    """Record the shipped lessons as revisions in every organisation."""
    with plainly(), writing() as session:
        trouble = schema.trouble(session)
        if trouble:
            raise StewardError(trouble)
        for organisation in people.organisations(session):
            made = publishing.sync(
                session, org_id=organisation.id, root=settings().content, now=now()
            )
            for one in made:
                typer.echo(f"{organisation.name}: {one.module} {one.version} published")
            if not made:
                typer.echo(f"{organisation.name}: nothing changed")


@report.command("completion")
def report_completion(
    who: Annotated[str, typer.Option("--as", help="Whose rights apply: an e-mail address.")],
    as_json: Json = False,
) -> None:
    """Who is in date, exactly as that person may see it."""
    with plainly(), writing() as session:
        viewer = access.by_email(session, email=who, now=now())
        found = manage.completion_report(session, viewer, now=now())
    typer.echo(json.dumps(found, indent=1, ensure_ascii=False, default=str))


@app.command()
def answers(
    of: Annotated[str, typer.Option(help="Whose answers: an e-mail address.")],
    who: Annotated[str, typer.Option("--as", help="Whose rights apply: an e-mail address.")],
    as_json: Json = False,
) -> None:
    """The answers of a person. Only she herself may read them."""
    with plainly(), reading() as session:
        viewer = access.by_email(session, email=who, now=now())
        record = learn.record_of(session, viewer, email=of)
    if as_json:
        typer.echo(json.dumps(learn.as_json(record), indent=1, ensure_ascii=False))
        return
    for one in record.answers:
        verdict = "" if one.correct is None else "right" if one.correct else "not right"
        typer.echo(f"{one.answered_at:%Y-%m-%d %H:%M}  {one.kind:8}  {one.slot:24}  {verdict}")


@app.command()
def statistics() -> None:
    """Take the month-end figures that are missing, for every organisation."""
    with plainly(), writing() as session:
        taken = snapshots.catch_up(session, now=now())
    typer.echo(f"{taken} month-ends taken.")


@app.command()
def serve(
    prepare: Annotated[
        bool, typer.Option(help="On an empty database, make the demo body first.")
    ] = False,
) -> None:
    """Serve Steward on http://HOST:PORT."""
    log.configure()
    with plainly():
        free(settings().host, settings().port)
        if prepare:
            prepare_demo()
        trouble = start.trouble()
        if trouble:
            raise StewardError(trouble)
    typer.echo(f"Steward is on http://{settings().host}:{settings().port}  (stop with Ctrl+C)")
    uvicorn.run(
        "streamlit_app:app",
        host=settings().host,
        port=settings().port,
        app_dir=str(ROOT),
        log_config=None,
        access_log=False,
        server_header=False,
        ws_max_size=16 * 1024 * 1024,
        timeout_graceful_shutdown=5,
    )


def prepare_demo() -> None:
    """Make the demo body if the database has no tables yet; otherwise leave it alone."""
    with reading() as session:
        empty = schema.current(session) is None
    if empty:
        typer.echo("Making an invented public body of 300 people, once ...")
        schema.migrate(engine())
        with writing() as session:
            demo.make(session, people=300, seed=7, now=now())


def free(host: str, port: int) -> None:
    """Raise unless the port can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise StewardError(
                f"Port {port} on {host} cannot be used: {taken.strerror}. Is Steward running "
                f"already? Stop it, or choose another port: PORT={port + 1} make run"
            ) from taken
