import uuid
from collections.abc import Mapping

import streamlit as st

from db.engine import reading, writing
from modules.author import drafting
from modules.author.sheet import Changes, Sheet
from modules.author.translate_form import choose, side_by_side
from modules.basics import BadInput
from modules.course.files.glossary import glossary, glossary_file
from modules.course.files.reader import Reader
from modules.course.translations import languages
from modules.drafts import looking
from modules.settings import settings
from modules.shell.frame import page
from modules.shell.menu import script


def draft_id(text: str) -> uuid.UUID:
    """The draft of the address."""
    try:
        return uuid.UUID(text)
    except ValueError as wrong:
        raise BadInput("There is no such draft here. Choose one on the page of modules.") from wrong


with page("translate", width=1200) as frame:
    say, surface, query = frame.say, frame.surface, st.query_params
    id = draft_id(query.get("draft", ""))
    with reading() as database:
        opened = drafting.opened(database, frame.viewer, id=id, now=frame.now)

    def save(before: Mapping[str, str], changes: Changes, place: str) -> Mapping[str, str]:
        """Keep changed files as one step; what others changed meanwhile is in them afterwards."""
        with writing() as database:
            now = {
                path: drafting.save(
                    database,
                    frame.viewer,
                    id=id,
                    path=path,
                    base=before.get(path),
                    text=text,
                    place=place,
                    now=frame.now,
                )
                for path, text in changes.items()
            }
        merged = {**before, **now}
        return {path: text for path, text in merged.items() if text is not None}

    def go(to: str) -> None:
        """Another language, in the address."""
        st.query_params["to"] = to
        st.rerun()

    draft = opened.draft
    sheet = Sheet(
        opened.texts,
        draft.slug,
        languages(opened.texts, draft.slug)[0],
        say,
        f"translate/{id}",
        save,
        opened.may_write,
    )
    surface.page_link(
        script("edit"),
        label=say("translate.back"),
        query_params={"draft": str(id)},
        icon=":material/arrow_back:",
    )
    surface.title(say("translate.title", module=draft.module), anchor=False)
    surface.markdown(say("translate.sentence"))
    if to := choose(surface, sheet, query.get("to", ""), go):
        surface.page_link(
            script("edit"),
            label=say("translate.preview", language=to),
            query_params={"draft": str(id), "language": to},
            icon=":material/visibility:",
        )
        shipped = looking.shipped(settings().content)
        file = glossary_file(to)
        terms = set(glossary(Reader(shipped), to)[1]) if file in shipped else None
        side_by_side(surface, sheet, to, terms, st.rerun)
