from html import escape

import streamlit as st

from db.engine import reading
from modules import days, markup
from modules.learn.completion import completion
from modules.shell import parts
from modules.shell.frame import page
from modules.shell.menu import script

with page("completion", width=860) as frame:
    say, viewer = frame.say, frame.viewer
    module = st.query_params.get("module", "M01")
    with reading() as session:
        found = completion(session, viewer, module=module)
    if found is None:
        place = parts.empty(
            frame.surface, "empty", say("completion.none"), say("completion.none_sentence"), level=1
        )
        place.page_link(script("home"), label=say("lesson.back_home"))
    else:
        frame.surface.title(say("completion.title"), anchor=False)
        sheet = frame.surface.container(key="sheet-completion", gap="small")
        sheet.html('<img class="sw-mark" src="app/static/favicon.svg" alt="Steward">')
        sheet.markdown(say("completion.lead"))
        sheet.html(f'<p class="sw-name">{escape(viewer.name)}</p>')
        sheet.markdown(say("completion.told"))
        sheet.header(found.title, anchor=False)
        done = found.completed
        rows = [
            (say("completion.facts_date"), days.moment(done.completed_at, viewer.zone)),
            (say("completion.facts_version"), f"{done.module} {done.version}"),
            (say("completion.facts_until"), days.short(done.valid_until)),
            (say("completion.facts_organisation"), viewer.organisation),
        ]
        sheet.html(markup.facts_html(rows))
        sheet.caption(say("completion.hash", sha=done.sha256[:16]))
        frame.surface.page_link(
            script("home"), label=say("lesson.back_home"), icon=":material/arrow_back:"
        )
