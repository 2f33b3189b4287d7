from datetime import date, datetime
from functools import partial

import streamlit as st

from db.engine import reading, writing
from modules import access, days
from modules.admin import evidence_log
from modules.admin.evidence_log import Line, Sheet
from modules.basics import Words
from modules.evidence.checking import Report
from modules.evidence.kinds import KINDS
from modules.settings import ROOT
from modules.shell import parts
from modules.shell.frame import Frame, page
from modules.shell.session import now

AT_ONCE = 25
SPANS = (0, 7, 30, 90, 365)
ALONE = ROOT / "docs" / "verify_evidence.py"


def person(told: str | None, say: Words) -> str:
    """A name, a pseudonym, or that it has been erased."""
    return say("evidence.erased") if told == "" else told or say("evidence.nobody")


def sentence(one: Line, say: Words) -> str:
    """What an entry says, in plain words."""
    facts = dict(one.facts)
    for name in ("until", "valid_until"):
        if name in facts:
            day = facts[name]
            shown = days.short(date.fromisoformat(day)) if day else ""
            facts[name] = say("evidence.until", day=shown) if day else say("evidence.for_good")
    for name in ("due_on", "happened_on", "starts", "ends"):
        if facts.get(name):
            facts[name] = days.short(date.fromisoformat(facts[name]))
    if facts.get("module") == "":
        facts["module"] = say("evidence.every_module")
    if "role" in facts:
        role = facts["role"]
        known = role in set(access.Role)
        facts["role"] = say(f"role.{role}") if known else role
        facts["reach"] = say("evidence.reach_unit" if facts["unit"] else "evidence.reach_all")
    if facts.get("sha256"):
        facts["sha256"] = facts["sha256"][:8]
    if "scopes" in facts:
        names = [one.replace(":", "_") for one in facts["scopes"].split()]
        facts["scopes"] = ", ".join(say(f"directory.scope.{one}") for one in names)
    if facts.get("second_factor"):
        return say("evidence.says.account_reset_second")
    if facts.get("approved") is False:
        said = say("evidence.says.module_published_alone", **facts)
    else:
        said = say(f"evidence.says.{one.kind}", **facts)
    number = facts.get("comments") or 0
    if number == 1:
        return say("evidence.says.open_one", said=said)
    return say("evidence.says.open_comments", said=said, n=number) if number else said


def state(frame: Frame, sheet: Sheet) -> None:
    """How far the log was verified, what its last checkpoint is, and a button to verify now."""
    say, zone, box = frame.say, frame.viewer.clock, frame.surface.container(key="card-state")
    box.header(say("evidence.state"), anchor=False)
    mark = sheet.state.checkpoint
    if mark is None:
        box.markdown(say("evidence.unchecked", n=sheet.state.last))
    else:
        at = days.moment(datetime.fromisoformat(mark.at), zone)
        box.markdown(say("evidence.checked", n=mark.number, at=at, last=sheet.state.last))
        told = "evidence.signed" if mark.signature else "evidence.unsigned"
        box.markdown(say(told, key=mark.public_key, hash=mark.hash))
    if box.button(say("evidence.check"), icon=":material/fact_check:", key="evidence/check"):
        with box, st.spinner(say("evidence.checking")), reading() as session:
            report = evidence_log.check(session, frame.viewer)
        verdict(frame, box, report)


def verdict(frame: Frame, box: st.delta_generator.DeltaGenerator, report: Report) -> None:
    """What verifying found."""
    say = frame.say
    if report.sound:
        at = days.moment(frame.now, frame.viewer.clock)
        box.success(say("evidence.holds", n=report.last, at=at), icon=":material/verified:")
        return
    box.error(say("evidence.broken"), icon=":material/gpp_bad:")
    rows = [(str(one.number or say("evidence.whole")), one.what) for one in report.findings]
    parts.table(box, say("evidence.broken"), (say("evidence.number"), say("evidence.wrong")), rows)


def download(frame: Frame, sheet: Sheet) -> None:
    """The export, with names only where they are granted, and the verifier beside it."""
    say, box = frame.say, frame.surface.container(key="card-export")
    box.header(say("evidence.export"), anchor=False)
    box.markdown(say("evidence.export_sentence"))
    if sheet.state.last > evidence_log.MOST_EXPORTED:
        box.markdown(say("evidence.export_long"))
        return
    row = box.container(horizontal=True)
    for names in (False, True) if sheet.names else (False,):
        row.download_button(
            say("evidence.download_names" if names else "evidence.download"),
            partial(packed, frame, names=names),
            file_name=f"steward-evidence-{frame.viewer.today(frame.now)}.jsonl.gz",
            mime="application/gzip",
            icon=":material/download:",
            on_click="ignore",
            key=f"evidence/download/{names}",
        )
    row.download_button(
        say("evidence.verifier"),
        ALONE.read_bytes(),
        file_name=ALONE.name,
        mime="text/x-python",
        icon=":material/code:",
        type="tertiary",
        on_click="ignore",
        key="evidence/verifier",
    )


def packed(frame: Frame, *, names: bool) -> bytes:
    """The file, made when it is asked for, with the rights of that moment."""
    with writing() as session:
        viewer = access.by_email(session, email=frame.viewer.email, now=now())
        return evidence_log.export(session, viewer, names=names, now=now())


with page("evidence") as frame:
    say, viewer, surface = frame.say, frame.viewer, frame.surface
    kind = st.session_state.get("evidence/kind") or ""
    span = st.session_state.get("evidence/days") or 0
    with writing() as session:
        sheet = evidence_log.evidence(session, viewer, kind=kind, days=span, now=frame.now)
    surface.title(say("evidence.title"), anchor=False)
    surface.markdown(say("evidence.sentence"))
    surface.markdown(say("evidence.with_names" if sheet.names else "evidence.without_names"))
    if sheet.state.last == 0:
        parts.empty(surface, "empty", say("evidence.none"), say("evidence.none_sentence"))
        st.stop()
    state(frame, sheet)
    card = surface.container(key="card-entries")
    card.header(say("evidence.entries"), anchor=False)
    row = card.container(horizontal=True, vertical_alignment="bottom")
    row.selectbox(
        say("evidence.kind"),
        ["", *KINDS],
        format_func=lambda one: say(f"evidence.kind.{one}") if one else say("evidence.all"),
        key="evidence/kind",
        width=260,
    )
    row.selectbox(
        say("evidence.days"),
        SPANS,
        format_func=lambda n: say("evidence.last", n=n) if n else say("evidence.ever"),
        key="evidence/days",
        width=260,
    )
    if not sheet.lines:
        card.markdown(say("evidence.no_match"))
    else:
        place = card.container()
        pages = -(-len(sheet.lines) // AT_ONCE)
        first = 0
        if pages > 1:
            first = AT_ONCE * (card.pagination(pages, key=f"evidence/page/{kind}/{span}") - 1)
        shown = sheet.lines[first : first + AT_ONCE]
        columns = ("number", "when", "who", "what", "by")
        parts.table(
            place,
            say("evidence.entries"),
            [say(f"evidence.{name}") for name in columns],
            [
                (
                    str(one.number),
                    days.moment(one.at, viewer.clock),
                    person(one.who, say),
                    sentence(one, say),
                    person(one.by, say),
                )
                for one in shown
            ],
        )
        told = "evidence.range_most" if len(sheet.lines) == evidence_log.MOST else "admin.range"
        place.caption(say(told, first=first + 1, last=first + len(shown), n=len(sheet.lines)))
    download(frame, sheet)
