from collections.abc import Sequence

from db.engine import reading
from modules import days
from modules.access import PAGES
from modules.admin import actions
from modules.basics import Words
from modules.shell import parts
from modules.shell.frame import Frame, page

AT_ONCE = 25


def asked(what: str, say: Words) -> str:
    """What was refused, in words where there are any."""
    kind, _, name = what.partition(" ")
    if kind == "page" and name in PAGES:
        return say("admin.refused_page", page=say(f"nav.{name}"))
    return say("admin.refused_person") if kind == "record" else what


def listed(frame: Frame, name: str, header: Sequence[str], rows: list[tuple[str, ...]]) -> None:
    """A list in pages, with all of it to download; in words when it is empty."""
    say = frame.say
    card = frame.surface.container(key=f"card-{name}")
    card.header(say(f"admin.{name}"), anchor=False)
    if not rows:
        card.markdown(say(f"admin.{name}_none"))
        return
    place = card.container()
    pages = -(-len(rows) // AT_ONCE)
    first = AT_ONCE * (card.pagination(pages, key=f"log/{name}/page") - 1) if pages > 1 else 0
    shown = rows[first : first + AT_ONCE]
    parts.table(place, say(f"admin.{name}"), header, shown)
    if pages > 1:
        place.caption(say("admin.range", first=first + 1, last=first + len(shown), n=len(rows)))
    card.download_button(
        say("admin.download_one" if len(rows) == 1 else "admin.download", n=len(rows)),
        lambda: actions.as_csv(header, rows).encode("utf-8-sig"),
        file_name=f"steward-{name}-{frame.viewer.today(frame.now)}.csv",
        mime="text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key=f"log/{name}/download",
    )


with page("log") as frame:
    say, zone = frame.say, frame.viewer.clock
    with reading() as session:
        log = actions.log(session, frame.viewer)
    seen = len(log.views)
    many = "none" if not seen else "one" if seen == 1 else "many"
    if seen == actions.MOST_VIEWS:
        many = "most"
    frame.surface.title(say(f"admin.log_{many}", n=seen), anchor=False)
    frame.surface.markdown(say("admin.log_sentence"))
    listed(
        frame,
        "views",
        [say(f"admin.{name}") for name in ("when", "viewer", "whose", "where", "what_for")],
        [
            (
                days.moment(one.seen_at, zone),
                one.viewer,
                one.person,
                say(f"place.{one.place}"),
                say(f"purpose.{one.purpose}" if one.purpose else f"place.{one.place}.why"),
            )
            for one in log.views
        ],
    )
    listed(
        frame,
        "refusals",
        [say(f"admin.{name}") for name in ("when", "who", "asked")],
        [(days.moment(when, zone), who, asked(what, say)) for when, who, what in log.refusals],
    )
