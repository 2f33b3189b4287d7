import streamlit as st

from db.engine import reading, writing
from modules import markup
from modules.author import bringing, brought_drawing
from modules.author.bringing import DIFFICULTIES, Target
from modules.basics import BadInput
from modules.exchange.items.brought import Bank
from modules.exchange.items.formats import FORMATS
from modules.shell.frame import Frame, page
from modules.shell.menu import FEATURE, script

READ = {name: one for name, one in FORMATS.items() if one.read}
ENDINGS = sorted({ending.removeprefix(".") for one in READ.values() for ending in one.extensions})
# Megabytes; the server's own limit. Larger banks are looked at by command.
LARGEST, EACH = 10, 20
SAID, TURN, OWN = "bring/said", "bring/turn", "bring/own"


def bank_of(frame: Frame, turn: int) -> tuple[Bank, str] | None:
    """The file that is chosen, read, and a key of its own; None where none can be read."""
    say = frame.say
    card = frame.surface.container(key="card-file")
    card.header(say("bring.file_title"), anchor=False)
    file = card.file_uploader(
        say("bring.file"), type=ENDINGS, max_upload_size=LARGEST, key=f"bring/{turn}/file"
    )
    format = card.selectbox(
        say("bring.format"),
        ["", *READ],
        format_func=lambda one: READ[one].title if one else say("bring.format_any"),
        key=f"bring/{turn}/format",
    )
    if file is None:
        card.caption(say("bring.file_about"))
        return None
    try:
        data = file.getvalue()
        bank = bringing.look(frame.viewer, data=data, name=file.name, format=format or "")
        return bank, f"{turn}/{file.file_id}/{bank.format}"
    except BadInput as bad:
        card.error(str(bad), icon=":material/error:")
        return None


def understood(frame: Frame, bank: Bank) -> None:
    """How much of the file was understood, and what was not, and why."""
    say = frame.say
    card = frame.surface.container(key="card-found")
    changed = sum(bool(one.notes) for one in bank.items)
    told = {"all": len(bank.items), "changed": changed, "refused": len(bank.refused)}
    card.header(say("bring.found_title", format=FORMATS[bank.format].title), anchor=False)
    card.markdown(say("bring.counts", **told))
    brought_drawing.notes(card, say, bank.notes)
    if bank.refused:
        box = card.expander(say("bring.refused", n=len(bank.refused)), expanded=not bank.items)
        brought_drawing.refused(box, say, bank.refused)


def place(frame: Frame, found: tuple[Target, ...], turn: str) -> tuple[Target, str, int]:
    """The draft they go into, the objective of those that get none of their own, how hard."""
    say = frame.say
    card = frame.surface.container(key="card-place")
    card.header(say("bring.place_title"), anchor=False)
    named = {str(one.id): one for one in found}
    id = card.selectbox(
        say("bring.draft"),
        list(named),
        format_func=lambda one: f"{named[one].module} · {named[one].title}",
        key=f"bring/{turn}/draft",
    )
    target = named[id]
    objective = card.selectbox(
        say("bring.objective"),
        list(target.objectives),
        format_func=lambda one: f"{one} · {target.objectives[one]}",
        key=f"bring/{turn}/{id}/objective",
    )
    difficulty = card.segmented_control(
        say("bring.difficulty"),
        DIFFICULTIES,
        format_func=lambda one: say(f"bring.difficulty_{one}"),
        default=DIFFICULTIES[1],
        required=True,
        key=f"bring/{turn}/difficulty",
    )
    return target, objective, difficulty


def part_of(frame: Frame, bank: Bank, turn: str) -> range:
    """The numbers of the questions that are shown: of a large file, some at a time."""
    say, many = frame.say, len(bank.items)
    if many <= EACH:
        return range(many)
    starts = range(0, many, EACH)
    start = frame.surface.selectbox(
        say("bring.part"),
        starts,
        format_func=lambda one: say("bring.part_one", first=one + 1, last=min(one + EACH, many)),
        key=f"bring/{turn}/part",
    )
    return range(start, min(start + EACH, many))


def ticked(frame: Frame, bank: Bank, target: Target, objective: str, turn: str) -> dict[int, str]:
    """Each question with its tick and, where it differs, its objective; gives those wanted."""
    say, surface = frame.say, frame.surface
    # Widgets of a part that is not shown forget what they held, so it is kept here: the objective
    # of each question, "" for that of all, None where it is not wanted.
    kept = st.session_state.get(OWN)
    if kept is None or kept[0] != turn:
        kept = st.session_state[OWN] = (turn, {}, [0])
    own: dict[int, str | None] = kept[1]
    row = surface.container(horizontal=True)
    for name, value in (("all", ""), ("none", None)):
        if row.button(say(f"bring.tick_{name}"), key=f"bring/{turn}/{name}"):
            own.update(dict.fromkeys(range(len(bank.items)), value))
            kept[2][0] += 1  # the ticks begin anew
    again = kept[2][0]
    for number in part_of(frame, bank, turn):
        card = surface.container(key=f"card-item-{number}", gap="small")
        brought_drawing.item(card, say, bank.items[number], bank)
        row = card.container(horizontal=True, vertical_alignment="bottom")
        take = row.checkbox(
            say("bring.take", place=bank.items[number].place),
            value=own.get(number, "") is not None,
            key=f"bring/{turn}/{again}/take/{number}",
        )
        choice = ""
        if take and len(target.objectives) > 1:
            offered = ["", *target.objectives]
            before = own.get(number) or ""
            choice = row.selectbox(
                say("bring.objective_own", place=bank.items[number].place),
                offered,
                index=offered.index(before) if before in offered else 0,
                format_func=lambda one: one or say("bring.objective_same", objective=objective),
                key=f"bring/{turn}/{again}/{target.id}/own/{number}",
            )
        own[number] = choice if take else None
    wanted = {number: own.get(number, "") for number in range(len(bank.items))}
    return {number: one or objective for number, one in wanted.items() if one is not None}


def keep(frame: Frame, bank: Bank, target: Target, wanted: dict[int, str], difficulty: int) -> None:
    """The button that keeps what is ticked, and only that."""
    say = frame.say
    card = frame.surface.container(key="card-keep")
    draft = markup.literal(f"{target.module} · {target.title}")
    many = "_one" if len(wanted) == 1 else ""
    card.markdown(say(f"bring.will{many}", n=len(wanted), draft=draft))
    if not card.button(say("bring.keep"), type="primary", disabled=not wanted, key="bring/keep"):
        return
    try:
        with writing() as session:
            ids = bringing.bring(
                session,
                frame.viewer,
                id=target.id,
                bank=bank,
                chosen=wanted,
                difficulty=difficulty,
                now=frame.now,
            )
    except BadInput as bad:
        card.error(str(bad), icon=":material/error:")
        return
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.session_state.pop(OWN, None)
    between = ids[0] if len(ids) == 1 else say("bring.between", first=ids[0], last=ids[-1])
    st.session_state[SAID] = (say("bring.done", ids=between, draft=draft), str(target.id))
    st.rerun()


with page("bring", width=860) as frame:
    say, surface = frame.say, frame.surface
    turn = st.session_state.setdefault(TURN, 0)
    surface.title(say("bring.title"), anchor=False)
    surface.markdown(say("bring.sentence"))
    if done := st.session_state.pop(SAID, None):
        surface.success(done[0], icon=":material/check_circle:")
        if "edit" in FEATURE:
            query = {"draft": done[1]}
            surface.page_link(script("edit"), label=say("bring.open"), query_params=query)
    if told := bank_of(frame, turn):
        bank, key = told
        with reading() as session:
            found = bringing.targets(session, frame.viewer)
        understood(frame, bank)
        if bank.items and found:
            target, objective, difficulty = place(frame, found, key)
            wanted = ticked(frame, bank, target, objective, key)
            keep(frame, bank, target, wanted, difficulty)
        elif bank.items:
            surface.info(say("bring.no_draft"), icon=":material/info:")
            for number in part_of(frame, bank, key):
                card = surface.container(key=f"card-item-{number}", gap="small")
                brought_drawing.item(card, say, bank.items[number], bank)
    surface.page_link(script("modules"), label=say("author.back"), icon=":material/arrow_back:")
