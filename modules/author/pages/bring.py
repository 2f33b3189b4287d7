import uuid

import streamlit as st

from db.engine import reading, writing
from modules import markup, words
from modules.author import bringing, brought_drawing, drafting
from modules.author.bringing import DIFFICULTIES, Found, Kept, Target, Wish
from modules.basics import BadInput
from modules.drafts.beginning import LONGEST_TITLE
from modules.exchange.items.documents import DOCUMENTS
from modules.exchange.items.formats import FORMATS
from modules.shell.frame import Frame, page
from modules.shell.menu import script

READ = {name: one for name, one in FORMATS.items() if one.read}
ENDINGS = sorted(
    {ending.removeprefix(".") for one in READ.values() for ending in one.extensions}
    | {one.extension.removeprefix(".") for one in DOCUMENTS.values()}
)
# Megabytes; the server's own limit. Larger banks are looked at by command.
LARGEST, EACH = 10, 20
SAID, TURN, OWN = "bring/said", "bring/turn", "bring/own"


def found_in(frame: Frame, turn: int) -> tuple[Found, str] | None:
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
        found = bringing.look(frame.viewer, data=data, name=file.name, format=format or "")
    except BadInput as bad:
        card.error(str(bad), icon=":material/error:")
        return None
    return found, f"{turn}/{file.file_id}/{found.format}"


def understood(frame: Frame, found: Found) -> None:
    """How much of the file was understood, and what was not, and why."""
    say, bank = frame.say, found.bank
    card = frame.surface.container(key="card-found")
    changed = sum(bool(one.notes) for one in bank.items)
    told = {"all": len(bank.items), "changed": changed, "refused": len(bank.refused)}
    card.header(say("bring.found_title", format=found.format), anchor=False)
    if found.pages:
        many = "_one" if len(found.pages) == 1 else ""
        card.markdown(say(f"bring.pages{many}", n=len(found.pages)))
    if bank.items or bank.refused or not found.pages:
        many = "_one" if len(bank.items) == 1 else ""
        card.markdown(say(f"bring.counts{many}", **told))
    brought_drawing.notes(card, say, found.notes)
    if bank.refused:
        box = card.expander(say("bring.refused", n=len(bank.refused)), expanded=not bank.items)
        brought_drawing.refused(box, say, bank.refused)


def place(frame: Frame, found: Found, turn: str) -> tuple[Target, str, int]:
    """The draft it goes into, the objective of questions that get none of their own, how hard."""
    say = frame.say
    with reading() as session:
        targets = bringing.targets(session, frame.viewer)
    named = {str(one.id): one for one in targets}
    card = frame.surface.container(key="card-place")
    card.header(say("bring.place_title"), anchor=False)
    id = st.query_params.get("draft", "")
    id = card.selectbox(
        say("bring.draft"),
        # A document is a lesson of its own, as a rule.
        [id, *(one for one in ("", *named) if one != id)]
        if id in named
        else ["", *named]
        if found.pages
        else [*named, ""],
        format_func=lambda one: (
            f"{named[one].module} · {named[one].title}" if one else say("bring.new")
        ),
        key=f"bring/{turn}/draft",
    )
    if id:
        target = named[id]
    else:
        title = card.text_input(
            say("bring.new_title"),
            value=found.title[:LONGEST_TITLE],
            max_chars=LONGEST_TITLE,
            key=f"bring/{turn}/title",
        )
        objectives = {"O1": say("studio.new.objective")}
        target = Target(None, "", title or "", objectives, bringing.beliefs({}))
    if found.bank.items and not words.written(target.language):
        card.caption(say("bring.no_words", language=target.language))
    if not found.bank.items:
        return target, "", DIFFICULTIES[1]
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


def ticked(
    frame: Frame, found: Found, target: Target, objective: str, difficulty: int, turn: str
) -> Wish:
    """Each page and question with its tick; gives what is wanted of them.

    Pages come first, numbered as the questions behind them are. Of a large file some are shown
    at a time, and widgets that are not shown forget what they held: so it is kept beside them, as
    the objective of each question, "" for that of all, and None for what is not wanted.
    """
    say, surface, many = frame.say, frame.surface, len(found.pages)
    total = many + len(found.bank.items)
    if st.session_state.get(OWN, ("",))[0] != turn:
        st.session_state[OWN] = (turn, dict.fromkeys(range(total), ""), set(), [0], {})
    own: dict[int, str | None] = st.session_state[OWN][1]
    spoken: set[int] = st.session_state[OWN][2]
    again: list[int] = st.session_state[OWN][3]
    beliefs: dict[int, dict[int, str]] = st.session_state[OWN][4]
    row = surface.container(horizontal=True)
    for name in ("all", "none"):
        if row.button(say(f"bring.tick_{name}"), key=f"bring/{turn}/{name}"):
            for number in own:
                own[number] = "" if name == "all" else None
            again[0] += 1  # the ticks begin anew
    starts = range(0, total, EACH)
    start = 0
    if total > EACH:
        start = surface.selectbox(
            say("bring.part"),
            starts,
            format_func=lambda at: say(
                "bring.part_one", first=at + 1, last=min(at + EACH, total), all=total
            ),
            key=f"bring/{turn}/part",
        )
    for number in range(start, min(start + EACH, total)):
        card = surface.container(key=f"card-item-{number}", gap="small")
        key = f"bring/{turn}/{again[0]}/{number}"
        says = ""
        if number < many:
            screen = found.pages[number]
            brought_drawing.page(card, say, screen, found.pictures)
            where, says = screen.place, screen.spoken
            label = say("bring.take_page", place=where)
        else:
            question = found.bank.items[number - many]
            brought_drawing.item(card, say, question, found.pictures)
            where = question.place
            label = say("bring.take", place=where)
        row = card.container(horizontal=True, vertical_alignment="bottom")
        take = row.checkbox(label, value=own[number] is not None, key=f"{key}/take")
        choice = own[number] or ""
        if says:
            card.caption(say("bring.spoken_text", text=says))
            said = row.checkbox(
                say("bring.spoken", place=where),
                value=number in spoken,
                disabled=not take,
                key=f"{key}/spoken",
            )
            (spoken.add if said else spoken.discard)(number)
        elif number >= many and take and len(target.objectives) > 1:
            offered = ["", *target.objectives]
            choice = row.selectbox(
                say("bring.objective_own", place=where),
                offered,
                index=offered.index(choice) if choice in offered else 0,
                format_func=lambda one: one or say("bring.objective_same", objective=objective),
                key=f"{key}/{target.id}/own",
            )
        if number >= many and take:
            key = f"{key}/{target.id}/shows"
            held = beliefs.get(number - many, {})
            beliefs[number - many] = brought_drawing.beliefs(
                card, say, question, target.beliefs, held, key
            )
        own[number] = choice if take else None
    wanted = {number: one for number, one in own.items() if one is not None}
    questions = {
        number - many: one if one in target.objectives else objective
        for number, one in wanted.items()
        if number >= many
    }
    shown = {number: beliefs.get(number, {}) for number in questions}
    pages = [one for one in wanted if one < many]
    return Wish(questions, shown, difficulty, pages, spoken)


def keep(frame: Frame, found: Found, target: Target, wish: Wish) -> None:
    """The button that keeps what is ticked, and only that."""
    say = frame.say
    card = frame.surface.container(key="card-keep")
    draft = f"{target.module} · {target.title}" if target.id else target.title or say("bring.new")
    for name, number in (("screens", len(wish.pages)), ("questions", len(wish.questions))):
        if number:
            many = "_one" if number == 1 else ""
            card.markdown(say(f"bring.{name}{many}", n=number, draft=markup.literal(draft)))
    nothing = not wish.pages and not wish.questions
    if not card.button(say("bring.keep"), type="primary", disabled=nothing, key="bring/keep"):
        return
    try:
        with writing() as session:
            id: uuid.UUID = target.id or drafting.begin(
                session, frame.viewer, title=target.title, copy="", say=say, now=frame.now
            )
            kept = bringing.bring(
                session, frame.viewer, id=id, found=found, wish=wish, now=frame.now
            )
    except BadInput as bad:
        card.error(str(bad), icon=":material/error:")
        return
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.session_state.pop(OWN, None)
    st.session_state[SAID] = (draft, str(id), kept)
    st.rerun()


def done(frame: Frame, draft: str, id: str, kept: Kept) -> None:
    """Where what was kept is now, and the way to the first of it in the editor."""
    say, surface, named = frame.say, frame.surface, markup.literal(draft)
    told = say("bring.done", draft=named)
    part, label = "", say("bring.open")
    if kept.screens:
        part, label = f"screen/{kept.screens[0]}", say("bring.open_screen")
    if len(kept.questions) == 1:
        told = say("bring.waits", ids=kept.questions[0], draft=named)
    elif kept.questions:
        ids = say("bring.ids", first=kept.questions[0], last=kept.questions[-1])
        told = say("bring.wait", ids=ids, draft=named)
    if kept.questions:
        part, label = f"item/{kept.questions[0]}", say("bring.open_question", id=kept.questions[0])
    surface.success(told, icon=":material/check_circle:")
    query = {"draft": id} | ({"part": part} if part else {})
    surface.page_link(script("edit"), label=label, query_params=query)


with page("bring", width=860) as frame:
    say, surface = frame.say, frame.surface
    turn = st.session_state.setdefault(TURN, 0)
    surface.title(say("bring.title"), anchor=False)
    surface.markdown(say("bring.sentence"))
    if said := st.session_state.pop(SAID, None):
        done(frame, *said)
    if told := found_in(frame, turn):
        found, key = told
        understood(frame, found)
        if found.bank.items or found.pages:
            target, objective, difficulty = place(frame, found, key)
            wish = ticked(frame, found, target, objective, difficulty, key)
            keep(frame, found, target, wish)
    surface.page_link(script("modules"), label=say("author.back"), icon=":material/arrow_back:")
