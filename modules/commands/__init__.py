"""python -m modules …: each command opens its session, calls one action, prints."""

from __future__ import annotations

import typer

from modules.commands import (
    accounts,
    agreements,
    attempts,
    audits,
    contents,
    database,
    directories,
    districts,
    labs,
    people,
    personal,
    providers,
    records,
    reports,
    rights,
    serving,
    surveys,
    trust,
)

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, rich_markup_mode=None)
app.command()(database.migrate)
app.command()(database.seed)
app.command()(districts.synth)
app.command()(records.answers)
app.command()(personal.register)
app.command()(personal.retention)
app.command()(personal.scrub)
app.command()(reports.statistics)
app.command()(rights.rights)
app.command()(serving.serve)
app.command("trust-pack")(trust.trust_pack)
contents.content.command("affected-by")(surveys.affected_by)
contents.content.command("stats")(surveys.stats)
contents.content.command("guess")(surveys.guess)
app.add_typer(agreements.agreement, name="agreement")
app.add_typer(accounts.organisation, name="organisation")
app.add_typer(accounts.administrator, name="administrator")
app.add_typer(accounts.account, name="account")
app.add_typer(attempts.attempt, name="attempt")
app.add_typer(audits.audit, name="audit")
app.add_typer(contents.content, name="content")
app.add_typer(labs.lab, name="lab")
app.add_typer(providers.provider, name="provider")
app.add_typer(personal.person, name="person")
app.add_typer(people.people, name="people")
app.add_typer(reports.report, name="report")
app.add_typer(directories.scim, name="scim")
