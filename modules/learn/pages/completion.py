import uuid
from base64 import b64encode
from html import escape

import streamlit as st

from db.certificates import Held
from db.engine import reading, writing
from modules import courses, days, markup, words
from modules.basics import BadInput, Surface
from modules.learn import certificates, printing
from modules.learn.certificates import SHARES, Certificate, address
from modules.shell import address as located
from modules.shell import guard, parts
from modules.shell import session as signed_in
from modules.shell.frame import Frame, page
from modules.shell.menu import script


def wanted(held: list[Held]) -> uuid.UUID | None:
    """The completion that the address names, or the newest of its module; None without one."""
    if typed := st.query_params.get("of"):
        try:
            return uuid.UUID(typed)
        except ValueError:
            raise BadInput(
                "This is not the address of a certificate. Go back to your path."
            ) from None
    module = st.query_params.get("module", "M01")
    return next((one.attempt_id for one in held if one.module == module), None)


def sheet(frame: Frame, of: Certificate, check: str) -> None:
    """The certificate as it is printed."""
    say = frame.say
    place = frame.surface.container(key="sheet-completion", gap="small")
    place.html('<img class="sw-mark" src="app/static/favicon.svg" alt="Steward">')
    place.markdown(say("completion.lead"))
    place.html(f'<p class="sw-name">{escape(of.name)}</p>')
    place.markdown(say("completion.told"))
    place.header(of.title, anchor=False)
    place.markdown(printing.sentence(of, say))
    if of.invented:
        place.caption(say("completion.invented"))
    place.html(markup.facts_html(printing.facts(of, say)))
    if check:
        proof = [
            (say("completion.facts_number"), of.code),
            (say("completion.facts_check"), check),
        ]
        source = b64encode(printing.qr(check).encode()).decode()
        alt = escape(say("completion.qr_alt", address=check))
        picture = f'<img class="sw-qr" src="data:image/svg+xml;base64,{source}" alt="{alt}">'
        place.html(f'<div class="sw-proof">{markup.facts_html(proof)}{picture}</div>')


def actions(frame: Frame, of: Certificate, check: str) -> None:
    """The PDF, and the way back."""
    say = frame.say
    row = frame.surface.container(
        key="noprint-actions", horizontal=True, gap="small", vertical_alignment="center"
    )
    row.download_button(
        say("completion.pdf"),
        lambda: printing.pdf(of, check, say),
        file_name=f"certificate-{of.module.lower()}.pdf",
        mime="application/pdf",
        icon=":material/download:",
        type="primary",
        on_click="ignore",
        key=f"completion/pdf/{of.attempt_id}",
    )
    row.page_link(
        script("aid"),
        label=say("aid.eyebrow"),
        query_params={"module": of.module},
        icon=":material/assignment:",
    )
    row.page_link(script("home"), label=say("lesson.back_home"), icon=":material/arrow_back:")


def sharing(frame: Frame, of: Certificate, check: str) -> None:
    """What the public page shows, its address, and taking it back."""
    say, viewer = frame.say, frame.viewer
    grid = frame.surface.container(key="noprint-share", gap="medium")
    if not of.code:
        card = grid.container(key="card-withdrawn")
        card.header(say("completion.withdrawn"), anchor=False)
        card.markdown(say("completion.withdrawn_why"))
        if card.button(say("completion.renew"), icon=":material/refresh:", key="completion/renew"):
            with writing() as session:
                certificates.renew(session, viewer, attempt_id=of.attempt_id, now=frame.now)
            st.rerun()
        return
    choices(grid.container(key="card-share"), frame, of)
    card = grid.container(key="card-link")
    card.header(say("completion.link"), anchor=False)
    card.markdown(say("completion.link_why"))
    card.code(check, language=None, wrap_lines=True)
    card.markdown(say("completion.withdraw_why"))
    ask = card.popover(
        say("completion.withdraw"), icon=":material/undo:", key="completion/withdraw"
    )
    ask.markdown(say("completion.withdraw_sure"))
    if ask.button(say("completion.withdraw_yes"), key="completion/withdraw/yes"):
        with writing() as session:
            certificates.withdraw(session, viewer, attempt_id=of.attempt_id, now=frame.now)
        st.rerun()


def choose(attempt_id: uuid.UUID, what: str, key: str) -> None:
    """Show or hide one thing on the public page, as the box now says."""
    viewer = signed_in.viewer()
    if viewer is None:
        return
    with guard.calm(st.container(), words.of(viewer.language), viewer), writing() as session:
        on = st.session_state[key]
        certificates.share(session, viewer, attempt_id=attempt_id, what=what, on=on)


def choices(card: Surface, frame: Frame, of: Certificate) -> None:
    """One box for each thing that the public page may add; a change counts at once."""
    say = frame.say
    values = {
        "name": of.name,
        "organisation": of.organisation,
        "date": days.short(of.completed_on),
        "path": of.path,
    }
    card.header(say("completion.share"), anchor=False)
    card.markdown(say("completion.share_why"))
    for one in SHARES:
        key = f"completion/{of.code}/{one}"
        # What is kept decides, not what another tab had ticked before. Set only where it differs:
        # a box that is set on every run takes back a tick made while that run was drawn.
        if st.session_state.get(key) is not (one in of.shares):
            st.session_state[key] = one in of.shares
        card.checkbox(
            say(f"completion.share_{one}", value=markup.literal(values[one])),
            key=key,
            on_change=choose,
            args=(of.attempt_id, one, key),
        )
    label = escape(say("completion.see_public"))
    card.html(f'<a class="sw-secondary" href="/verify/{of.code}" target="_blank">{label}</a>')


def others(frame: Frame, held: list[Held], shown: uuid.UUID) -> None:
    """The certificates of other modules and of earlier rounds."""
    rest = [one for one in held if one.attempt_id != shown]
    if not rest:
        return
    place = frame.surface.container(key="noprint-others", gap="small")
    place.header(frame.say("completion.others"), anchor=False)
    for one in rest:
        day = days.moment(one.completed_at, frame.viewer.clock)
        place.page_link(
            script("completion"),
            label=frame.say("completion.other", title=courses.title(one.module), day=day),
            query_params={"of": str(one.attempt_id)},
            icon=":material/workspace_premium:",
        )


with page("completion", width=860) as frame:
    located.hold()
    say, viewer = frame.say, frame.viewer
    with reading() as session:
        held = certificates.certificates(session, viewer)
        attempt_id = wanted(held)
        of = attempt_id and certificates.certificate(session, viewer, attempt_id=attempt_id)
    if not of:
        place = parts.empty(
            frame.surface, "empty", say("completion.none"), say("completion.none_sentence"), level=1
        )
        place.page_link(script("home"), label=say("lesson.back_home"))
    else:
        if not of.made:
            with writing() as session:
                of = certificates.make(session, viewer, attempt_id=of.attempt_id, now=frame.now)
        over = viewer.today(frame.now) > of.valid_until
        head = frame.surface.container(key="noprint-head", gap="xxsmall")
        title = say(
            "completion.title_expired" if over else "completion.title", name=viewer.given_name
        )
        head.title(markup.literal(title), anchor=False)
        told = "completion.expired_sentence" if over else "completion.title_sentence"
        head.markdown(say(told, day=days.short(of.valid_until)))
        check = address(of.code, st.context.url or "") if of.code else ""
        sheet(frame, of, check)
        actions(frame, of, check)
        sharing(frame, of, check)
        others(frame, held, of.attempt_id)
