"""Everybody of two bodies at every page, route, command and action: who got in, who did not.

`make matrix` prints it and ends with 1 when it is not what `modules/access/tables.py` says.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from sqlmodel import Session
from typer.main import get_command
from typer.testing import CliRunner

from db.engine import engine
from modules import access, words
from modules.access import By, Role, Viewer
from modules.basics import Denied
from modules.commands import app
from tests.bodies import CAST, Open, opened
from tests.data.test_access_actions import ACTS
from tests.driver import COOKIE, Broken, Tab

SAY = words.of("en")
OUT = "signed out"
WHO = (*(who for _, _, who in CAST), OUT)
QUERY = {name: {"module": "M01"} for name in ("lesson", "completion", "preview", "versions")}


@dataclass(frozen=True)
class Cell:
    """What one person met at one place, and what the table of rights says."""

    kind: str
    place: str
    who: str
    met: str
    ought: str

    @property
    def surprise(self) -> bool:
        """Whether the two differ."""
        return self.met != self.ought


def ought(viewer: Viewer | None, rule: Any) -> str:
    """What the table says to somebody; `viewer` is None for who is signed out or has left."""
    if isinstance(rule, By):
        return "allowed" if rule is By.ANYBODY else "refused"
    return "allowed" if viewer and viewer.roles & rule else "refused"


# --- pages ---------------------------------------------------------------------------------------


def page(tab: Tab, name: str) -> str:
    """What a page does to this tab: it is drawn, or it refuses."""
    try:
        said = tab.open("" if name == "home" else name, **QUERY.get(name, {})).text()
    except Broken as broken:
        return f"broken: {broken}"
    if SAY("error.denied") in said or SAY("signin.ended") in said:
        return "refused"
    bug = SAY("error.bug") in said or not said.strip()
    return f"broken: {said[:200]}" if bug else "allowed"


def pages(site: Open, viewers: Mapping[str, Viewer]) -> Iterator[Cell]:
    """Every page by a websocket of its own for each person."""
    for who in WHO:
        tab = Tab(site.url, site.tokens.get(who, ""))
        for name, rule in access.PAGES.items():
            yield Cell("page", name, who, page(tab, name), ought(viewers.get(who), rule))
        tab.close()


# --- routes --------------------------------------------------------------------------------------


def route(client: httpx.Client, method: str, path: str, url: str) -> str:
    """What a route does to a request: it takes it, or it sends it away."""
    told = {} if method == "GET" else {"Origin": url}
    answer = client.request(method, path, headers=told)
    if answer.status_code >= 500:
        return f"broken: {answer.status_code} {answer.text[:200]}"
    away = answer.headers.get("location", "").startswith("/sign-in?next=")
    closed = answer.status_code == 401 or SAY("gate.origin") in answer.text
    return "refused" if away or closed else "allowed"


def routes(site: Open, viewers: Mapping[str, Viewer]) -> Iterator[Cell]:
    """Every route with everybody's cookie; no cookie opens what programs bring a token for."""
    for name, rule in access.ROUTES.items():
        method, _, pattern = name.partition(" ")
        path = pattern.replace("{", "").replace("}", "").replace(":path", "")
        for who in WHO:
            token = site.tokens.get(who, "")
            if who in viewers and "sign-out" in name:
                token = site.bodies.sign_in(who)
            cookies = {COOKIE: token} if token else {}
            with httpx.Client(base_url=site.url, trust_env=False, cookies=cookies) as client:
                met = route(client, method, path, site.url)
            yield Cell("route", name, who, met, ought(viewers.get(who), rule))


# --- commands and actions ------------------------------------------------------------------------


def command(path: str, email: str) -> str:
    """What a command with `--as` says to somebody; what it needs else is filled in with her."""
    group: Any = get_command(app)
    for name in path.split():
        group = group.commands[name]
    line = [*path.split(), "--as", email]
    for one in group.params:
        if one.required and "--as" not in one.opts:
            line += [email] if one.param_type_name == "argument" else [one.opts[0], email]
    done = CliRunner().invoke(app, line)
    if done.output.startswith(("Refused:", "Nobody here has the address")):
        return "refused"
    odd = done.exit_code not in (0, 1) or (done.exception and done.exit_code not in (0, 1))
    return f"broken: {done.output[:200]}" if odd else "allowed"


def commands(site: Open, viewers: Mapping[str, Viewer]) -> Iterator[Cell]:
    """Every command that asks whose rights apply. The others are the operator's alone."""
    named = dict(_leaves(get_command(app)))
    for name, rule in access.COMMANDS.items():
        if isinstance(rule, By):
            asks = any("--as" in one.opts for one in named[name].params)
            yield Cell("command", name, "-", "by role" if asks else "operator", "operator")
            continue
        for who in WHO[:-1]:
            met = command(name, site.bodies.email(who))
            yield Cell("command", name, who, met, ought(viewers.get(who), rule))


def _leaves(group: Any, before: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for name, one in group.commands.items():
        if hasattr(one, "commands"):
            yield from _leaves(one, (*before, name))
        else:
            yield " ".join((*before, name)), one


def actions(site: Open, viewers: Mapping[str, Viewer]) -> Iterator[Cell]:
    """Every action as everybody, on Amira's things; whatever it did is rolled back."""
    for name, rule in access.ACTIONS.items():
        for who, viewer in viewers.items():
            met = "allowed"
            with Session(engine(), expire_on_commit=False) as session:
                session.connection(execution_options={"writes": True})
                try:
                    ACTS[name](site.bodies, session, viewer)
                except Denied as denied:
                    met = "refused" if str(denied).startswith(f"action {name}") else "allowed"
                except Exception:  # it got past the right, and something else was not there
                    met = "allowed"
                session.rollback()
            yield Cell("action", name, who, met, ought(viewer, rule))


# --- telling -------------------------------------------------------------------------------------


def walk(site: Open) -> list[Cell]:
    """All cells."""
    viewers = site.bodies.viewers()
    parts = (pages, routes, commands, actions)
    return [cell for part in parts for cell in part(site, viewers)]


def drawn(cells: list[Cell]) -> Iterator[str]:
    """The matrix as text: + allowed, . refused, ! a surprise."""
    heads = [(f"{body[:1]}:{what}", who) for body, what, who in CAST] + [(OUT, OUT)]
    for number, (head, _) in enumerate(heads, 1):
        yield f"{number:>3}  {head.replace('F:', 'Fernleigh: ').replace('H:', 'Harrow Vale: ')}"
    by_place: dict[tuple[str, str], dict[str, Cell]] = {}
    for cell in cells:
        by_place.setdefault((cell.kind, cell.place), {})[cell.who] = cell
    yield " " * 34 + "".join(f"{number:>3}" for number in range(1, len(heads) + 1))
    for (kind, place), row in by_place.items():
        if "-" in row:
            yield f"{kind:<8}{place:<26}  {'!' if row['-'].surprise else 'the operator alone'}"
            continue
        marks = (_mark(row.get(who)) for _, who in heads)
        yield f"{kind:<8}{place:<26}" + "".join(f"{mark:>3}" for mark in marks)


def _mark(cell: Cell | None) -> str:
    if cell is None:
        return " "
    if cell.surprise:
        return "!"
    return "+" if cell.met == "allowed" else "."


def summary(cells: list[Cell]) -> str:
    """How many were allowed, refused, surprising."""
    met = [cell.met for cell in cells]
    odd = sum(cell.surprise for cell in cells)
    return (
        f"{len(cells)} tries: {met.count('allowed')} allowed, {met.count('refused')} refused, "
        f"{odd} {'surprise' if odd == 1 else 'surprises'}"
    )


def main() -> int:
    """Walk, print, and end with 1 when there was a surprise."""
    with tempfile.TemporaryDirectory(prefix="steward-matrix-") as home, opened(Path(home)) as site:
        cells = walk(site)
    print(*drawn(cells), "", summary(cells), sep="\n")
    odd = [cell for cell in cells if cell.surprise]
    for cell in odd:
        print(f"  {cell.kind} {cell.place} as {cell.who}: {cell.met}, by the table {cell.ought}")
    return 1 if odd else 0


assert set(access.GRANTED) < set(Role)

if __name__ == "__main__":
    sys.exit(main())
