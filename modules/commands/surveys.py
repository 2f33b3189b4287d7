"""Lessons, surveyed: what relies on a fact, what each module holds, what a guesser could score."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Any

import typer
from sqlmodel import Session

from db import people, revisions, schema
from db.engine import reading
from modules.commands.ending import plainly
from modules.commands.options import Json
from modules.course import stats as counted
from modules.course.affected import affected, facts_of, relies
from modules.settings import settings


def affected_by(
    fact: Annotated[str, typer.Argument(help="A fact, or a source.")], as_json: Json = False
) -> None:
    """Say what relies on a fact or a source: places in content/, and published revisions."""
    with plainly():
        places = affected(settings().content, fact)
        wanted = facts_of(settings().content, fact)
        with reading() as session:
            # Content can be surveyed before there is a database.
            published = [] if schema.trouble(session) else _published(session, wanted)
    if as_json:
        made = {
            "id": fact,
            "facts": list(wanted),
            "places": [asdict(one) for one in places],
            "revisions": published,
        }
        typer.echo(json.dumps(made, indent=1, ensure_ascii=False))
        return
    for one in places:
        named = f" ({', '.join(one.facts)})" if one.facts and one.facts != (fact,) else ""
        typer.echo(f"{one.module or 'course'}  {one.kind}  {one.id}{named}")
    for revision in published:
        typer.echo(
            "published  {module} {version}, revision {number}, {organisation}".format(**revision)
        )
    typer.echo(f"{len(places)} places, {len(published)} published revisions.")


def _published(session: Session, wanted: tuple[str, ...]) -> list[dict[str, Any]]:
    """Every revision of every organisation that relies on one of the facts, newest last."""
    return [
        {
            "organisation": organisation.name,
            "module": one.module,
            "version": one.version,
            "number": one.number,
            "sha256": one.sha256,
        }
        for organisation in people.organisations(session)
        for one in revisions.every(session, org_id=organisation.id)
        if relies(json.loads(revisions.body(session, sha256=one.sha256)), wanted)
    ]


def stats(as_json: Json = False) -> None:
    """Count what each module holds: words, minutes, items, facts, reading grade, story, lab."""
    with plainly():
        found = counted.stats(settings().content)
    if as_json:
        typer.echo(json.dumps(found, indent=1, ensure_ascii=False))
        return
    for one in found["modules"]:
        grade = one["reading_grade"]
        typer.echo(
            f"{one['id']}  {one['minutes']} min, {one['words']['all']} words, {one['items']} items "
            f"in {one['families']} families, {one['variants']} variants, {one['delayed']} delayed, "
            f"{one['critical']} critical"
        )
        typer.echo(
            f"     reading grade {grade['median']}, {grade['screen']} {grade['hardest']}; "
            f"story {one['scenario'] or 'none'}, {one['citizen_texts']} citizen texts; "
            f"labs {', '.join(one['labs']) or 'none'}; guesser {one['guesser']['all_tricks']:.0%}"
        )


def guess(as_json: Json = False) -> None:
    """Let a guesser who knows only test-taking tricks answer the bank; fail if it does well."""
    with plainly():
        found = counted.stats(settings().content)
    whole = found["all"]["guesser"]
    by_module = {one["id"]: one["guesser"] for one in found["modules"]}
    if as_json:
        made = {"passed": whole["fair"], "bank": whole, "modules": by_module}
        typer.echo(json.dumps(made, indent=1, ensure_ascii=False))
    else:
        for name, one in {**by_module, "bank": whole}.items():
            typer.echo(
                f"{name}  {one['questions']} questions, chance {one['chance']:.1%}, all tricks "
                f"{one['all_tricks']:.1%}, place {one['place']} {one['in_place']:.1%}"
            )
            for trick, share in one["tricks"].items():
                typer.echo(f"     {trick}  {share:.1%}")
            typer.echo(f"     given away: {', '.join(one['given_away']) or 'none'}")
    if not whole["fair"]:
        raise typer.Exit(1)
