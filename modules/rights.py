"""The table of rights as a document: docs/rights.md, and a part of the trust pack."""

from __future__ import annotations

from collections.abc import Mapping

from modules import words
from modules.access import ACTIONS, BY_UNIT, COMMANDS, PAGES, ROUTES, WHOLE, By, Role, Rule

HEAD = """# Who may do what

Written by `python -m modules rights` from `modules/access/tables.py`; a test compares the two. A
page, action, route or command that is not listed is refused to everybody.

Roles add up: everybody is an employee; whoever has people reporting to her, or acts for a manager
who has, is a manager; the others are given by an administrator, from a day until a day. {by_unit}
can be given for one unit and what is below it; the others reach the whole organisation. An action
has its own scope: a learner acts on herself, a manager on the people who report to him, everybody
inside one organisation.

**Kept from line managers, by rule**: results, tries, how sure somebody was, misconceptions, time
spent, grounds of an exemption, who reached the supported route, and the status of anybody outside
their line. No table above or below gives a role a right to another person’s answers.
"""
MARKS = {
    By.ANYBODY: "Anybody, signed in or not",
    By.CLIENT: "A directory’s program with its own token, within its scopes",
    By.OPERATOR: "Whoever may run programs on the server",
}


def document() -> str:
    """The table of rights as Markdown."""
    say = words.of("en")
    names = {role: say(f"role.{role}") for role in Role}
    by_unit = [names[role] for role in Role if role in BY_UNIT]
    told = f"{', '.join(by_unit[:-1])} and {by_unit[-1].lower()}"
    out = [HEAD.format(by_unit=told)]
    tables: tuple[tuple[str, str, Mapping[str, Rule]], ...] = (
        ("Pages", "Page", PAGES),
        ("Actions", "Action", ACTIONS),
        ("Routes", "Route", ROUTES),
        ("Commands", "Command", COMMANDS),
    )
    for title, what, table in tables:
        head = " | ".join(names.values())
        out += [f"## {title}\n", f"| {what} | {head} |", "|---" * (len(Role) + 1) + "|"]
        others: dict[By, list[str]] = {}
        for name, rule in table.items():
            if isinstance(rule, By):
                others.setdefault(rule, []).append(name)
                continue
            star = " \\*" if name in WHOLE else ""
            marks = ("yes" if role in rule else "–" for role in Role)
            out.append(f"| `{name}`{star} | {' | '.join(marks)} |")
        if not [rule for rule in table.values() if not isinstance(rule, By)]:
            del out[-2:]
        out += [
            f"{MARKS[by]}: {', '.join(f'`{one}`' for one in listed)}.\n"
            if out[-1].endswith("\n")
            else f"\n{MARKS[by]}: {', '.join(f'`{one}`' for one in listed)}.\n"
            for by, listed in others.items()
        ]
        if not others:
            out.append("")
    out.append("\\* Only for a role that reaches the whole organisation.")
    return "\n".join(out) + "\n"
