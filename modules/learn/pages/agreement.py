import streamlit as st

from db.engine import reading, writing
from modules import days, markup
from modules.agreement import wording
from modules.basics import Surface
from modules.learn import agreed
from modules.learn.agreed import Step
from modules.shell import parts
from modules.shell.frame import Frame, page
from modules.shell.menu import ICONS, script


def signed(frame: Frame, place: Surface, step: Step) -> None:
    """Who signed, when, with which key; or that nobody has."""
    say = frame.say
    if not step.signed:
        place.markdown(f":material/edit_off: {say('agreement.unsigned')}")
        return
    head = [say(f"agreement.column.{name}") for name in ("name", "role", "day", "key")]
    rows = [
        (one.name, say(f"agreement.role.{one.role}"), one.day, f"{one.key[:12]}…")
        for one in step.signatures
    ]
    parts.table(place, say("agreement.signed"), head, rows)
    if step.reset:
        place.markdown(f":material/key: {say('agreement.reset')}")


def differs(frame: Frame, place: Surface, step: Step, first: bool) -> None:
    """What this state says otherwise than the one before."""
    say = frame.say
    if step.agreement is None:
        place.markdown(say("agreement.of_old"))
    elif step.changes:
        head = (say("agreement.before"), say("agreement.after"))
        rows = [(one.before, one.after) for one in step.changes]
        parts.table(place, say("agreement.changed"), head, rows)
    else:
        place.markdown(say("agreement.first" if first else "agreement.same"))


def downloads(frame: Frame, place: Surface, step: Step) -> None:
    """The very file, and its signatures."""
    row = place.container(horizontal=True, gap="small")
    files = [("agreement.yaml", step.body)]
    if step.signed:
        files.append(("agreement.signatures.yaml", step.signatures_file))
    for name, body in files:
        row.download_button(
            name,
            body.encode(),
            file_name=name,
            mime="application/yaml",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
            key=f"agreement/{step.number}/{name}",
        )


with page("agreement", width=860) as frame:
    say, viewer, surface = frame.say, frame.viewer, frame.surface
    with reading() as session:
        found = agreed.agreed(session, viewer)
    now = found.now
    since = days.short(viewer.today(now.since)) if now.since else ""
    key = "signed" if now.signed else "unsigned"
    head = surface.container(gap="xxsmall")
    head.html(markup.eyebrow_html(say("agreement.eyebrow", n=max(now.number, 1))))
    head.title(say(f"agreement.title_{key}"), anchor=False)
    surface.markdown(say("agreement.sentence"))
    if found.new:
        band = surface.container(key="band-agreement", gap="small")
        band.markdown(say("agreement.seen_why"))

        def _press() -> None:
            with writing() as made:
                agreed.saw(made, viewer, now=frame.now)

        if band.button(
            say("agreement.seen"), type="primary", icon=":material/check:", key="agreement/seen"
        ):
            frame.patient(_press)
            st.rerun()
    who = surface.container(key="card-signed")
    who.header(say("agreement.who"), anchor=False)
    signed(frame, who, now)
    told = [say("agreement.since", day=since)] if since else []
    who.caption(" ".join([*told, say("agreement.fingerprint", sha256=now.sha256)]))
    downloads(frame, who, now)
    if now.agreement:
        for part, lines in wording.parts(now.agreement, say).items():
            card = surface.container(key=f"card-{part}")
            card.header(say(f"agreement.part.{part}"), anchor=False)
            card.markdown("\n".join(f"- {markup.literal(line)}" for line in lines))
    surface.header(say("agreement.history"), anchor=False)
    for step in found.steps:
        day = days.short(viewer.today(step.since)) if step.since else ""
        title = say(f"agreement.state_{'signed' if step.signed else 'unsigned'}", n=step.number)
        box = surface.expander(
            f"{title}{f', {day}' if day else ''}",
            expanded=step is now and len(found.steps) > 1,
            key=f"agreement/state/{step.number}",
        )
        differs(frame, box, step, first=step is found.steps[-1])
        if step is not now:
            signed(frame, box, step)
            downloads(frame, box, step)
    # Whether one's own body takes part or not: what was published is open to everybody.
    surface.page_link(script("comparison"), label=say("comparison.link"), icon=ICONS["comparison"])
