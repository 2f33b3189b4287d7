import json

import streamlit as st
from sqlalchemy.exc import IntegrityError

from db.engine import reading, writing
from modules import days, markup
from modules.admin import roster
from modules.admin.roster import Choices, Home, Sight
from modules.basics import BadInput, Surface
from modules.exchange import columns
from modules.exchange.reading import Table
from modules.exchange.roster import MEANWHILE
from modules.shell import parts
from modules.shell.frame import Frame, page

KINDS = ["csv", "txt", "tsv", "xlsx", "zip"]
# Megabytes; the server's own limit. A million people are imported by command.
LARGEST = 10
SAID, TURN, SIGHT, ASKED = "roster/said", "roster/turn", "roster/sight", "roster/undo-asked"
LISTS = ("wrong", "joins", "returns", "moves", "changes", "leaves", "units")
STAGES = {"reading": 0.0, "comparing": 0.4, "writing": 0.6}
HEADS = {
    "wrong": ("row", "column", "found", "do"),
    "joins": ("name", "email", "unit", "manager"),
    "returns": ("name", "email", "left"),
    "moves": ("name", "unit", "manager"),
    "changes": ("name", "field", "change"),
    "leaves": ("name", "email", "left"),
    "units": ("unit",),
}


def fresh(said: str) -> None:
    """Draw the page anew, without the file, and say what was done."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.session_state[SAID] = said
    st.session_state.pop(SIGHT, None)
    st.session_state.pop(ASKED, None)
    st.rerun()


class Progress:
    """How far the work is, as a bar that goes when it is done."""

    def __init__(self, frame: Frame, place: Surface) -> None:
        self.say, self.place = frame.say, place.empty()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Draw the share that is done of a stage."""
        share = done / total if total else 1.0
        begins = STAGES[stage]
        ends = min([one for one in STAGES.values() if one > begins], default=1.0)
        told = self.say(f"roster.stage.{stage}")
        self.place.progress(begins + (ends - begins) * min(share, 1.0), told)


def mapping(frame: Frame, card: Surface, table: Table, turn: int) -> dict[str, str]:
    """One select box for each column; gives what each means."""
    say = frame.say
    with reading() as session:
        guessed, remembered = roster.mapping(session, frame.viewer, table)
    if table.fixed:
        card.markdown(say("roster.oneroster"))
        return guessed
    card.markdown(say("roster.remembered" if remembered else "roster.guessed"))
    head = columns.head(table.columns)[:12]
    chosen: dict[str, str] = {}
    grid = card.container(horizontal=True, gap="small", key="roster-columns")
    secret = []
    for place, name in enumerate(table.columns):
        if not name:
            continue
        if columns.secret(name):
            secret.append(name)
            continue
        stands = guessed.get(name, columns.IGNORE)
        chosen[name] = grid.selectbox(
            markup.literal(name),
            roster.FIELDS,
            index=roster.FIELDS.index(stands) if stands in roster.FIELDS else 0,
            format_func=lambda one: say(f"roster.field.{one}"),
            width=288,
            key=f"roster/{turn}/{head}/{place}",
        )
    if secret:
        names = ", ".join(markup.literal(one) for one in secret)
        card.caption(say("roster.told.secret", columns=names))
    return chosen


def choices(frame: Frame, card: Surface, chosen: dict[str, str], turn: int) -> Choices:
    """What else there is to choose before the file is looked at."""
    say = frame.say
    one = card.container(gap="xxsmall")
    leavers = one.checkbox(say("roster.leavers"), key=f"roster/{turn}/leavers")
    one.caption(say("roster.leavers_about"))
    one = card.container(gap="xxsmall")
    skip = one.checkbox(say("roster.skip"), key=f"roster/{turn}/skip")
    one.caption(say("roster.skip_about"))
    return Choices(mapping=chosen, leavers=leavers, skip_wrong=skip)


def lists(frame: Frame, card: Surface, sight: Sight) -> None:
    """Who would join, move, leave: the first of each, folded in."""
    say = frame.say
    for name in LISTS:
        total = sight.totals[name]
        if not total:
            continue
        box = (
            card.expander(say(f"roster.list.{name}", n=f"{total:,}"), expanded=name == "wrong")
            if total
            else card
        )
        rows = sight.lists[name]
        head = [say(f"roster.head.{one}") for one in HEADS[name]]
        parts.table(box, say(f"roster.list.{name}", n=f"{total:,}"), head, rows)
        if len(rows) < total and name != "changes":
            box.caption(say("roster.first", n=len(rows), of=f"{total:,}"))
        if name == "wrong":
            box.download_button(
                say("roster.wrong_csv"),
                sight.wrong_csv.encode("utf-8-sig"),
                file_name=f"steward-wrong-rows-{frame.viewer.today(frame.now)}.csv",
                mime="text/csv",
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
                key="roster/wrong",
            )


def told(frame: Frame, card: Surface, sight: Sight) -> None:
    """The counts, what stops it, what is worth knowing."""
    rows = [(f"{number:,}", label) for label, number in sight.summary if number]
    if rows:
        say = frame.say
        parts.table(card, say("roster.plan"), (say("roster.how_many"), say("roster.what")), rows)
    for code, text in sight.stops:
        (card.warning if code == "roster.stop.many" else card.error)(
            text, icon=":material/block:" if code != "roster.stop.many" else ":material/help:"
        )
    for note in sight.notes:
        card.info(note, icon=":material/info:")


def decide(
    frame: Frame, card: Surface, table: Table, picked: Choices, sight: Sight, turn: int
) -> None:
    """The button that imports, once nothing stops it."""
    say = frame.say
    leaving = None
    others = [code for code, _ in sight.stops if code != "roster.stop.many"]
    if sight.stopped("many") and not others:
        label = say("roster.confirm", n=f"{sight.leaving:,}")
        if card.checkbox(label, key=f"roster/{turn}/many/{sight.leaving}"):
            leaving = sight.leaving
    if sight.nothing:
        card.success(say("roster.nothing"), icon=":material/check_circle:")
        return
    blocked = bool(others) or (sight.stopped("many") and leaving is None)
    if blocked:
        card.caption(say("roster.blocked"))
    pressed = card.button(
        say("roster.import"), type="primary", disabled=blocked, key=f"roster/{turn}/import"
    )
    if not pressed or blocked:
        return
    final = Choices(picked.mapping, picked.leavers, picked.skip_wrong, leaving)
    bar = Progress(frame, card)
    try:
        with writing() as session:
            done = roster.take(session, frame.viewer, table, final, now=frame.now, tell=bar)
    except IntegrityError:
        bar.place.empty()
        card.error(MEANWHILE, icon=":material/error:")
        return
    except BadInput as bad:
        bar.place.empty()
        card.error(str(bad), icon=":material/error:")
        return
    counted = {name: f"{number:,}" for name, number in done.totals.items()}
    fresh(say("roster.done", **counted))


def bring(frame: Frame, turn: int) -> None:
    """A file: its columns, what it would do, and the button that does it."""
    say = frame.say
    card = frame.surface.container(key="card-roster")
    card.header(say("roster.bring"), anchor=False)
    file = card.file_uploader(
        say("roster.file"),
        type=KINDS,
        help=say("roster.file_help", size=LARGEST),
        max_upload_size=LARGEST,
        key=f"roster/{turn}/file",
    )
    if file is None:
        card.caption(say("roster.file_about"))
        return
    try:
        table = roster.opened(file.getvalue(), file.name)
    except BadInput as bad:
        card.error(str(bad), icon=":material/error:")
        return
    mapped = frame.surface.container(key="card-columns")
    mapped.header(say("roster.columns"), anchor=False)
    chosen = mapping(frame, mapped, table, turn)
    picked = choices(frame, mapped, chosen, turn)
    asked = json.dumps([table.sha256, chosen, picked.leavers, picked.skip_wrong], sort_keys=True)
    if mapped.button(say("roster.look"), key=f"roster/{turn}/look"):
        bar = Progress(frame, mapped)
        try:
            with reading() as session:
                sight = roster.look(session, frame.viewer, table, picked, now=frame.now, tell=bar)
        except BadInput as bad:
            bar.place.empty()
            mapped.error(str(bad), icon=":material/error:")
            return
        bar.place.empty()
        st.session_state[SIGHT] = (asked, sight)
    seen = st.session_state.get(SIGHT)
    if seen is None or seen[0] != asked:
        return
    plan = frame.surface.container(key="card-plan")
    plan.header(say("roster.plan"), anchor=False)
    told(frame, plan, seen[1])
    lists(frame, plan, seen[1])
    decide(frame, plan, table, picked, seen[1], turn)


def before(frame: Frame, found: Home) -> None:
    """The latest imports, and the button that takes the last one back."""
    say = frame.say
    card = frame.surface.container(key="card-imports")
    card.header(say("roster.before"), anchor=False)
    if not found.imports:
        card.markdown(say("roster.before_none"))
        return
    rows = [
        (
            days.moment(one.at, frame.viewer.zone),
            one.by or say("roster.by_command"),
            say(
                "roster.line_undone" if one.undone else "roster.line",
                people=f"{one.people:,}",
                joined=f"{one.joined:,}",
                moved=f"{one.moved:,}",
                changed=f"{one.changed:,}",
                left=f"{one.left:,}",
            ),
        )
        for one in found.imports
    ]
    head = [say(f"roster.head.{name}") for name in ("when", "who", "what")]
    parts.table(card, say("roster.before"), head, rows)
    if not found.can_undo:
        return
    if not st.session_state.get(ASKED):
        if card.button(say("roster.undo"), icon=":material/undo:", key="roster/undo"):
            st.session_state[ASKED] = True
            st.rerun()
        return
    card.warning(say("roster.undo_sure"), icon=":material/help:")
    row = card.container(horizontal=True)
    if row.button(say("roster.undo_yes"), type="primary", key="roster/undo-yes"):
        try:
            with writing() as session:
                at = roster.undo(session, frame.viewer, now=frame.now)
        except BadInput as bad:
            st.session_state.pop(ASKED, None)
            card.error(str(bad), icon=":material/error:")
            return
        fresh(say("roster.undone", when=days.moment(at, frame.viewer.zone)))
    if row.button(say("roster.undo_no"), key="roster/undo-no"):
        st.session_state.pop(ASKED, None)
        st.rerun()


with page("roster", width=960) as frame:
    with reading() as database:
        found = roster.home(database, frame.viewer)
    turn = st.session_state.setdefault(TURN, 0)
    frame.surface.title(frame.say("roster.title"), anchor=False)
    name = markup.literal(frame.viewer.organisation)
    frame.surface.markdown(frame.say("roster.sentence", organisation=name))
    if said := st.session_state.pop(SAID, ""):
        frame.surface.success(said, icon=":material/check_circle:")
    bring(frame, turn)
    before(frame, found)
