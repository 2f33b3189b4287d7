import uuid

import streamlit as st

from db.engine import reading, writing
from modules import days, markup
from modules.access import ACTIONS, Role
from modules.admin import actions
from modules.basics import Denied, Surface, Words
from modules.identity import inviting
from modules.personal import purposes
from modules.post import mail, watch
from modules.progress.standing import SIGNS
from modules.shell import alarms, parts
from modules.shell.frame import Frame, page
from modules.shell.menu import ICONS, script

AT_ONCE = 25
# What an administrator of the whole organisation does with staff, now and then.
WAYS = (
    "roster",
    "directory",
    "roles",
    "units",
    "duties",
    "proofs",
    "texts",
    "mail",
    "requests",
    "trust",
)


def follow() -> None:
    """Put the chosen person into the address, which decides who is shown."""
    chosen = st.session_state["people/person"]
    if chosen:
        st.query_params["person"] = chosen
    else:
        st.query_params.pop("person", None)


def asked_for(text: str) -> uuid.UUID | None:
    """The person in the address, if it is an id at all."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def roles(one: actions.Member, say: Words) -> str:
    """Roles in words; that somebody is an employee is said only when it is all."""
    more = [role for role in one.roles if role is not Role.LEARNER]
    return ", ".join(say(f"role.{role}") for role in more or one.roles)


def detail(frame: Frame, sheet: actions.Sheet) -> None:
    """One person: who she is, and her status. Never an answer."""
    say, one = frame.say, sheet.member
    box = frame.surface.container(key="card-person")
    box.header(markup.literal(one.name), anchor=False)
    header = [say(f"admin.{name}") for name in ("email", "unit", "manager", "roles")]
    about = (
        one.email,
        one.unit or say("admin.no_unit"),
        one.line_manager or say("admin.no_manager"),
        roles(one, say),
    )
    parts.table(box, one.name, header, [about])
    work = sheet.works_as
    works = [
        (say(f"roster.field.{name}"), value)
        for name, value in (
            *(("title", work.job_title), ("job_family", work.job_family), ("grade", work.grade)),
            *(("language", work.language), ("zone", work.zone)),
        )
        if value
    ]
    if works:
        parts.table(box, say("admin.work"), [one for one, _ in works], [[one for _, one in works]])
    box.subheader(say("admin.duties"), anchor=False)
    if sheet.duties:
        rows = []
        for duty in sheet.duties:
            stands = duty.standing
            told = say(f"status.{stands.status}", day=days.short(stands.on))
            rows.append((duty.title, f"{SIGNS[stands.status]} {told}"))
        parts.table(box, say("admin.duties"), (say("admin.module"), say("admin.status")), rows)
    elif sheet.duties is None:
        box.markdown(say("admin.duties_not_agreed"))
    else:
        box.markdown(say("admin.no_duties"))
    own = one.person_id == frame.viewer.person_id
    if not own:
        box.page_link(
            script("proofs"),
            label=say("nav.proofs"),
            icon=ICONS["proofs"],
            query_params={"person": str(one.person_id)},
        )
    box.caption(say("admin.seen_own" if own else "admin.seen", name=markup.literal(one.name)))


def opened(frame: Frame, chosen: uuid.UUID | None) -> actions.Sheet | None:
    """The page of the person in the address, once it is said what for; her own needs no reason."""
    purpose = st.session_state.get(f"people/purpose/{chosen}", "")
    if not chosen or (not purpose and chosen != frame.viewer.person_id):
        return None
    with writing() as session:
        return actions.person(
            session, frame.viewer, person_id=chosen, now=frame.now, purpose=purpose
        )


def ask_purpose(frame: Frame, chosen: uuid.UUID, name: str) -> None:
    """What this record is opened for, before anything of it is shown."""
    say = frame.say
    box = frame.surface.container(key="card-purpose")
    box.header(markup.literal(name), anchor=False)
    box.markdown(say("purpose.ask"))
    asked = box.container(key="choices-purpose").radio(
        say("purpose.label"),
        purposes.ADMINISTRATOR,
        index=None,
        format_func=lambda one: say(f"purpose.{one}"),
        key=f"people/asked/{chosen}",
    )
    if box.button(say("purpose.open"), type="primary", key=f"people/open/{chosen}"):
        if not asked:
            box.warning(say("purpose.first"), icon=":material/info:")
            return
        st.session_state[f"people/purpose/{chosen}"] = asked
        st.rerun()


def send_all(frame: Frame, box: Surface, people: list[uuid.UUID]) -> None:
    """Mail an invitation to each; stops at the first that the mail server does not take."""
    say, sent = frame.say, 0
    bar = box.progress(0.0, text=say("admin.inviting"))
    for one in people:
        with writing() as session:
            person, link = inviting.invite(session, frame.viewer, person_id=one, now=frame.now)
        if not inviting.send(person, link):
            with writing() as session:
                inviting.unsent(session, frame.viewer, person_id=one)
            box.error(say("admin.invite_failed", n=sent), icon=":material/error:")
            return
        sent += 1
        bar.progress(sent / len(people), text=say("admin.inviting"))
    bar.empty()
    box.success(say("admin.invited", n=sent), icon=":material/mail:")


def invitations(frame: Frame, chosen: uuid.UUID | None) -> None:
    """Who has no way to sign in yet, and a link for her: for one person, or for all of them."""
    say, viewer = frame.say, frame.viewer
    with reading() as session:
        left = inviting.waiting(session, viewer, now=frame.now)
        open_links = inviting.invited(session, viewer, now=frame.now)
        accounts = inviting.work_accounts(session, viewer)
    # In an invented body everybody is signed in as by a click.
    if not left or viewer.invented:
        return
    box = frame.surface.container(key="card-invitations")
    fresh = [one for one in left if one not in open_links]
    told = "admin.not_yet" if accounts else "admin.without_a_way"
    ways = ", ".join(f"“{markup.literal(one)}”" for one in accounts)
    box.markdown(say(told, n=len(left), open=len(left) - len(fresh), ways=ways))
    if not mail.ready():
        box.caption(say("admin.invite_no_mail"))
        return
    if chosen in left and box.button(say("admin.invite_one"), key="people/invite-one"):
        send_all(frame, box, [chosen])
    if fresh and box.button(say("admin.invite_all", n=len(fresh)), key="people/invite-all"):
        send_all(frame, box, fresh)


with page("people") as frame:
    say, viewer, surface = frame.say, frame.viewer, frame.surface
    like = st.session_state.get("people/like", "")
    chosen = asked_for(st.query_params.get("person", ""))
    with reading() as session:
        everybody = actions.people(session, viewer, now=frame.now)
        found = actions.people(session, viewer, now=frame.now, like=like) if like else everybody
        rung = watch.rung(session, viewer, now=frame.now)
    sheet = opened(frame, chosen)

    number = len(everybody)
    title = "admin.title_one" if number == 1 else "admin.title"
    surface.title(say(title, n=number), anchor=False)
    surface.markdown(say("admin.sentence"))
    alarms.mail(frame, rung)
    if viewer.scope(ACTIONS["admin.directory"]).whole:
        ways = surface.container(horizontal=True)
        for name in WAYS:
            ways.page_link(script(name), label=say(f"nav.{name}"), icon=ICONS[name])
        if number == 1:
            alone = surface.container(key="card-alone")
            alone.header(say("admin.alone"), anchor=False)
            alone.markdown(say("admin.alone_sentence"))
            if alone.button(say("nav.roster"), type="primary", key="people/roster"):
                st.switch_page(script("roster"))
    row = surface.container(horizontal=True, vertical_alignment="bottom")
    row.text_input(
        say("admin.search"), key="people/like", icon=":material/search:", width=420, max_chars=80
    )
    names = {str(one.person_id): f"{one.name} · {one.unit}" for one in found}
    for one in everybody:
        if one.person_id == chosen:
            names.setdefault(str(chosen), f"{one.name} · {one.unit}")
    if chosen and str(chosen) not in names:
        raise Denied(f"record of {chosen}")
    st.session_state["people/person"] = str(chosen) if chosen else None
    row.selectbox(
        say("admin.open"),
        list(names),
        index=None,
        format_func=lambda key: names.get(key, ""),
        placeholder=say("admin.open_placeholder"),
        key="people/person",
        on_change=follow,
        width=420,
    )
    if sheet:
        detail(frame, sheet)
    elif chosen:
        ask_purpose(frame, chosen, names[str(chosen)])
    invitations(frame, chosen if sheet else None)
    if not found:
        parts.empty(surface, "empty", say("admin.nobody"), say("admin.nobody_sentence"))
        st.stop()
    pages = -(-len(found) // AT_ONCE)
    place = surface.container(key="card-people")
    # A shorter list after a search begins at its first page.
    first = 0
    if pages > 1:
        first = AT_ONCE * (surface.pagination(pages, key=f"people/page/{like}") - 1)
    shown = found[first : first + AT_ONCE]
    header = [say(f"admin.{name}") for name in ("name", "email", "unit", "manager", "roles")]
    rows = [(one.name, one.email, one.unit, one.line_manager, roles(one, say)) for one in shown]
    parts.table(place, say("admin.table"), header, rows)
    range_told = say("admin.range", first=first + 1, last=first + len(shown), n=len(found))
    place.caption(range_told)
