"""The trust pack: its documents, written from registers, rights, agreement, settings and tests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from modules import rights, words
from modules.access import Role
from modules.agreement import wording
from modules.agreement.wording import joined
from modules.days import short
from modules.personal import register, retention
from modules.settings import settings
from modules.trust import shown
from modules.trust.known import Known
from modules.trust.measures import MEASURES, RISKS
from modules.trust.shown import Ran

TEXTS = Path(__file__).parent / "texts"
OPEN = "> **For you to answer:**"
PLACE = re.compile(r"\[\[(\w+)\]\]")
LAWS = {"eu": "GDPR", "uk": "UK GDPR", "neutral": "GDPR or UK GDPR"}
AREAS = {
    "eu": "the European Economic Area",
    "uk": "the United Kingdom",
    "neutral": "the European Economic Area or the United Kingdom",
}
AUTOMATED = {
    "eu": "Article 22 of the GDPR",
    "uk": "Articles 22A to 22D of the UK GDPR",
    "neutral": "Article 22 of the GDPR, Articles 22A to 22D of the UK GDPR",
}
ASKED = {True: "asked, and shown to herself alone", False: "not asked"}
# What each role gets to see of other people, in words; `rights.md` has it in full.
RECIPIENTS: Mapping[Role, str] = {
    Role.LEARNER: "nothing, but for what a colleague asks her for help with",
    Role.MANAGER: "of the people who report to him: {managers_see}",
    Role.LEAD: "month-end figures of {least} people or more",
    Role.TRAINER: "reports of faults in lessons, without who wrote them",
    Role.REVIEWER: "nothing; lessons only",
    Role.ADMINISTRATOR: (
        "who works where with which roles, who looked at whose record, what people ask about "
        "their own data{status}"
    ),
    Role.AUDITOR: "completions, exemptions, roles given and taken, in the log of evidence{names}",
}


@dataclass(frozen=True)
class Document:
    """One document: the name of its file, and its text in Markdown."""

    name: str
    text: str

    @property
    def open(self) -> int:
        """How many places only the organisation can fill in."""
        return self.text.count(OPEN)


def documents(of: Known, ran: Ran | None = None) -> tuple[Document, ...]:
    """Every document of the pack, the read-me first."""
    facts = _facts(of, ran)
    made = [
        Document("dpia.md", _fill("dpia", facts)),
        Document("article-30.md", _fill("article-30", facts)),
        Document("rights.md", rights.document()),
        Document("retention.md", _fill("retention", facts)),
        Document("register.md", register.document()),
        Document("agreement.md", _fill("agreement", facts)),
        Document("tests.md", _fill("tests", facts)),
    ]
    questions = {"questions": str(sum(one.open for one in made))}
    return (Document("read-me.md", _fill("read-me", facts | questions)), *made)


@cache
def _text(name: str) -> str:
    return (TEXTS / f"{name}.md").read_text("utf-8")


def _fill(name: str, facts: Mapping[str, str]) -> str:
    filled = PLACE.sub(lambda found: facts[found[1]], _text(name))
    return re.sub(r"\n{3,}", "\n\n", filled).rstrip() + "\n"


def _facts(of: Known, ran: Ran | None) -> dict[str, str]:
    say = words.of("en")
    clauses = of.agreement.agreement
    seen = joined([say(f"agreement.see_them.{one}") for one in clauses.managers_see], say)
    facts = {
        "organisation": _plain(of.organisation),
        "day": short(of.day),
        "law": LAWS[of.law],
        "area": AREAS[of.law],
        "automated": AUTOMATED[of.law],
        "people": str(of.people),
        "units": str(of.units),
        "database": of.database,
        "dpo": f"**{_plain(of.dpo)}**" if of.dpo else "not filled in under “Our details”",
        "least": str(of.least),
        "learned": str(clauses.threshold.learned),
        "managers_see": seen,
        "confidence": ASKED[clauses.confidence.asked],
        "number": str(clauses.number),
        "title": _plain(clauses.title),
        "sha256": of.agreement.sha256,
        "since": f" It has held here since {short(of.since)}." if of.since else "",
        "signed": _signed(of),
        "unsigned": "" if of.verdict.signed else f"**Unsigned.** {_signed(of)}",
        "signatures": _signatures(of),
        "invented": "**The people of this organisation are invented.**" if of.invented else "",
        "beyond": _beyond(),
        "ran": f", and how they ended on {ran.on}" if ran else "",
        "results": shown.summary(ran),
        "tests": shown.document(ran),
    }
    facts["recipients"] = _rows(_recipients(of, facts))
    facts["risks"] = _rows([what, whom, "…", "…"] for what, whom in RISKS)
    facts["clauses"] = "\n\n".join(
        f"## {say(f'agreement.part.{part}')}\n\n" + "\n".join(f"- {line}" for line in told)
        for part, told in wording.parts(clauses, say).items()
    )
    facts["measures"] = _rows(
        [one.against, one.told, ", ".join(f"`{path.name}`" for path in shown.files(one))]
        for one in MEASURES
    )
    facts["measures_list"] = "\n".join(f"- {one.told}" for one in MEASURES)
    return facts | _of_the_register()


def _of_the_register() -> dict[str, str]:
    rows = register.REGISTER
    return {
        "purposes": _rows([one.name.replace("_", " "), one.purpose, one.basis] for one in rows),
        "categories": _rows(
            [
                one.name.replace("_", " "),
                ", ".join(f"`{column}`" for column in (*one.shown, *one.held)),
                f"`{one.table_name}`",
            ]
            for one in rows
        ),
        "limits": _rows([one.name.replace("_", " "), register.kept(one)] for one in rows),
        "periods": _rows(
            [kind.replace("_", " "), retention.told(kind), retention.SINCE[kind].why]
            for kind in retention.kinds()
        ),
        "others": _rows(
            [one.name.replace("_", " "), f"`{one.table_name}`", one.kept]
            for one in rows
            if one.kept not in retention.SINCE
        ),
    }


def _recipients(of: Known, facts: Mapping[str, str]) -> list[list[str]]:
    say, names = words.of("en"), of.agreement.agreement.names
    more = {
        "managers_see": facts["managers_see"],
        "least": facts["least"],
        "status": ", where somebody stands" if names.administrators_see_status else "",
        "names": ", with names if granted" if names.auditors_see_names else ", without names",
    }
    held = {Role.LEARNER: "everybody", Role.MANAGER: "whoever has people reporting to her"}
    return [
        [say(f"role.{role}"), RECIPIENTS[role].format(**more), held.get(role, "")]
        if role in held
        else [say(f"role.{role}"), RECIPIENTS[role].format(**more), str(of.holders.get(role, 0))]
        for role in Role
    ]


def _signed(of: Known) -> str:
    found = of.verdict
    if found.signed:
        return f"signed by {' and '.join(_plain(one.name) for one in found.held)}."
    if found.missing:
        return f"The agreement is not signed by {', '.join(_plain(o.name) for o in found.missing)}."
    return "Nobody has signed the agreement, and nobody is named to sign it."


def _signatures(of: Known) -> str:
    if not of.verdict.held:
        return "Nobody."
    say = words.of("en")
    lines = [
        [_plain(one.name), say(f"agreement.role.{one.role}"), one.day, f"`{one.key}`"]
        for one in of.verdict.held
    ]
    return f"| Name | As | Signed on | Public key |\n|---|---|---|---|\n{_rows(lines)}"


def _beyond() -> str:
    given = settings()
    tls = "a proxy with TLS stands in front" if given.tls else "**no TLS is set (`STEWARD_TLS`)**"
    demo = " **Demo sign-in is on: anybody can choose an invented person.**" if given.demo else ""
    return f"{tls}; a sign-in lasts {given.sign_in_hours} hours at most.{demo}"


def _rows(rows: Iterable[Sequence[str]]) -> str:
    told = [" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows]
    return "\n".join(f"| {line} |" for line in told)


def _plain(text: str) -> str:
    """A name that people typed, in one line and without marks that Markdown or a table reads."""
    return re.sub(r"([\\`*_{}\[\]<>#|!])", r"\\\1", " ".join(text.split()))
