"""A staff list before it is imported, drawn: its columns, the choices, the plan and its lists."""

from __future__ import annotations

from modules import markup
from modules.admin import roster
from modules.admin.roster import Choices, Sight
from modules.basics import Surface
from modules.exchange import columns
from modules.exchange.reading import Table
from modules.shell import parts
from modules.shell.frame import Frame

LISTS = ("wrong", "joins", "returns", "moves", "changes", "leaves", "units")
STAGES = {"reading": 0.0, "comparing": 0.4, "writing": 0.6}
HEADS = {
    "wrong": ("row", "column", "found", "do"),
    "joins": ("name", "email", "unit", "manager"),
    "returns": ("name", "email", "left"),
    "moves": ("name", "unit", "manager", "work"),
    "changes": ("name", "field", "change"),
    "leaves": ("name", "email", "left"),
    "units": ("unit",),
}


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


def mapping(
    frame: Frame,
    card: Surface,
    table: Table,
    guessed: dict[str, str],
    remembered: bool,
    turn: int,
) -> dict[str, str]:
    """One select box for each column, as it is remembered or guessed; gives what each means."""
    say = frame.say
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
        title = say(f"roster.list.{name}", n=f"{total:,}")
        box = card.expander(title, expanded=name == "wrong")
        rows = sight.lists[name]
        head = [say(f"roster.head.{one}") for one in HEADS[name]]
        parts.table(box, title, head, rows)
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
