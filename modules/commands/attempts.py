"""Attempts: shown with everything that replays them, and graded again. For the operator."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Annotated, Any

import typer

from db import attempts, people
from db.engine import reading
from modules.basics import BadInput
from modules.commands.ending import fits, plainly
from modules.commands.options import Json
from modules.commands.regrading import attempt_regrade
from modules.learn import receipts
from modules.learn.receipts import Receipt

attempt = typer.Typer(no_args_is_help=True, help="Attempts: what was answered, graded again.")
attempt.command("regrade")(attempt_regrade)

AT_ONCE = 200  # attempts read at once: memory stays the same however many there are
KEPT = 1000  # differing attempts kept for --json; all are counted
Id = Annotated[str, typer.Argument(metavar="ID", help="The attempt's id, as receipts name it.")]


def found(typed: str) -> Receipt:
    """The attempt with this id. Raises BadInput when there is none."""
    try:
        attempt_id = uuid.UUID(typed)
    except ValueError:
        raise BadInput(f"“{typed}” is not the id of an attempt. A receipt shows it.") from None
    with reading() as session:
        fits(session)
        for organisation in people.organisations(session):
            one = attempts.by_id(session, org_id=organisation.id, attempt_id=attempt_id)
            if one:
                return receipts.read(session, organisation.id, [one])[0]
    raise BadInput(f"There is no attempt {attempt_id}. Check the id on the receipt.")


@attempt.command("show")
def attempt_show(id: Id, as_json: Json = False) -> None:
    """Content, seed, answers in words and grades of an attempt. Names nobody."""
    with plainly():
        one = found(id)
    told = receipts.as_json([one], whole=True)[0]
    if as_json:
        typer.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    for name in ("attempt", "module", "version", "sha256", "form", "number", "seed", "language"):
        typer.echo(f"{name:10}  {told[name]}")
    typer.echo(f"{'started':10}  {told['started_at']}")
    typer.echo(f"{'ended':10}  {told['ended_at'] or 'open'}")
    for line in told["answers"]:
        verdict = {True: "right", False: "not right", None: "not graded"}[line["right"]]
        score = "" if line["score"] is None else f", score {line['score']:g}"
        tags = f", tags {' '.join(line['tags'])}" if line["tags"] else ""
        typer.echo(f"\n{line['slot']}, try {line['try']}, {line['answered_at']}")
        typer.echo(f"  asked     {line['question']}")
        typer.echo(f"  answered  {line['answer']}")
        typer.echo(f"  grade     {verdict}{score}{tags} (grader {line['grader']})")
        if first := line.get("first_graded"):
            before = "right" if first["right"] else "not right"
            typer.echo(
                f"  at first  {before}, score {first['score']:g}: its question was corrected"
            )


@attempt.command("replay")
def attempt_replay(
    id: Annotated[str, typer.Argument(metavar="[ID]")] = "",
    every: Annotated[bool, typer.Option("--all", help="Every attempt there is.")] = False,
    as_json: Json = False,
) -> None:
    """Grade an attempt again, or all. Exit 1 when a grade differs or cannot be replayed."""
    tally = Tally()
    with plainly():
        if bool(id) == every:
            raise BadInput("Name one attempt by its id, or say --all for every one.")
        for one in walk() if every else iter([found(id)]):
            wrong = tally.take(one)
            if wrong and as_json and len(tally.found) < KEPT:
                tally.found.append({"attempt": str(one.sitting.id), "differences": wrong})
            elif not as_json:
                for sentence in wrong:
                    typer.echo(f"{one.sitting.id}  {sentence}")
    if as_json:
        typer.echo(json.dumps(asdict(tally), indent=1, ensure_ascii=False))
    else:
        typer.echo(
            f"{tally.attempts} attempts with {tally.answers} answers replayed, {tally.newer} of "
            f"them by another version of the grader; {tally.regraded} count otherwise since their "
            f"question was corrected. Attempts that differ or cannot be replayed: "
            f"{tally.differing}."
        )
    if tally.differing:
        raise typer.Exit(1)


@dataclass
class Tally:
    """What a replay has come to so far.

    ``newer``: answers graded by another grader version; ``regraded``: answers that a corrected
    question has graded otherwise since. They are replayed as they were graded first.
    """

    attempts: int = 0
    answers: int = 0
    newer: int = 0
    regraded: int = 0
    differing: int = 0
    found: list[dict[str, Any]] = field(default_factory=list)

    def take(self, one: Receipt) -> list[str]:
        """Count an attempt; gives a sentence for each answer whose grade is not the same."""
        lines = one.replay()
        wrong = [str(line) for line in lines if not line.same]
        if one.trouble:
            wrong.append(f"cannot be replayed: {one.trouble}")
        self.attempts += 1
        self.answers += len(lines)
        self.newer += sum(
            line.replayed is not None and line.replayed.grader != line.recorded.grader
            for line in lines
        )
        self.regraded += sum(line.regraded is not None for line in lines)
        self.differing += bool(wrong)
        return wrong


def walk() -> Iterator[Receipt]:
    """Every attempt of every organisation, page by page; says on stderr how far it is."""
    with reading() as session:
        fits(session)
        ids = [one.id for one in people.organisations(session)]
    done = 0
    for org_id in ids:
        last: uuid.UUID | None = None
        while True:
            # A session for each page: one that looks at everything would hold up the clean-up.
            with reading() as session:
                sittings = attempts.page(session, org_id=org_id, after=last, limit=AT_ONCE)
                read = receipts.read(session, org_id, sittings)
            if not read:
                break
            yield from read
            last, done = sittings[-1].id, done + len(read)
            typer.echo(f"{done} attempts", err=True)
