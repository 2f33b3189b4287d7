from collections.abc import Mapping
from itertools import groupby

from db.engine import reading
from modules import days, markup, scenarios
from modules.learn.citizen_file import CitizenFile, Entry, citizen_file
from modules.scenarios import filled
from modules.shell import parts
from modules.shell.frame import Frame, page
from modules.shell.menu import script


def waits(frame: Frame, of: CitizenFile, name: str) -> None:
    """She has not asked yet: how far it is."""
    say = frame.say
    told = say("citizen.waits_one") if of.waiting == 1 else say("citizen.waits", n=of.waiting)
    title = say("citizen.not_yet", name=name)
    place = parts.empty(frame.surface, "empty", title, told, level=1)
    place.page_link(script("home"), label=say("lesson.back_home"), icon=":material/arrow_back:")


def entry(frame: Frame, one: Entry, number: int, whom: Mapping[str, str]) -> None:
    """One line of the file, what was decided, and what it meant for her."""
    say = frame.say
    place = frame.surface.container(key=f"told-entry-{number}", gap="small")
    if one.at:
        place.caption(days.moment(one.at, frame.viewer.clock))
    place.markdown(filled(one.reaches.entry, whom))
    place.caption(say("citizen.decided", choice=markup.literal(one.decided)))
    scenarios.letter(place, one.reaches, f"file-{number}", say, whom)


with page("citizen", width=860) as frame:
    say = frame.say
    with reading() as session:
        of = citizen_file(session, frame.viewer, now=frame.now)
    whom = of.whom.fields()
    shown = {key: markup.literal(value) for key, value in whom.items()}
    name = markup.literal(whom["name"])
    if of.waiting:
        waits(frame, of, name)
    else:
        surface = frame.surface
        parts.title_row(surface, say("citizen.title", name=name))
        about = say("citizen.about", **whom)
        surface.html(markup.person_html(about))
        letter = surface.container(key="sheet-request", gap="small")
        letter.markdown(
            say("citizen.request", **{key: markup.literal(v) for key, v in whom.items()})
        )
        surface.header(say("citizen.file", n=len(of.entries)), anchor=False)
        surface.markdown(say("citizen.file_why"))
        number = 0
        for title, entries in groupby(of.entries, key=lambda one: one.title):
            surface.subheader(markup.literal(title), anchor=False)
            mine = list(entries)
            for one in mine:
                number += 1
                entry(frame, one, number, whom)
            query = {"module": mine[0].module, "step": mine[0].step}
            surface.page_link(
                script("lesson"),
                label=say("citizen.play_again"),
                icon=":material/replay:",
                query_params=query,
            )
        end = surface.container(key="band-end")
        end.markdown(say("citizen.end", first=markup.literal(whom["first"])))
        surface.page_link(
            script("home"), label=say("lesson.back_home"), icon=":material/arrow_back:"
        )
