import streamlit as st

from db.engine import reading
from modules import days, own
from modules.learn import aids, asides
from modules.learn.aid_desk import download
from modules.play.text import Notes
from modules.shell import parts, session
from modules.shell.frame import page
from modules.shell.menu import script

with page("aid", width=720) as frame:
    say, surface, query = frame.say, frame.surface, st.query_params
    name = query.get("module") or query.get("name", "")
    with reading() as read:
        aid = aids.aid(read, frame.viewer, name=name)
        pictures = aids.pictures(read, frame.viewer, aid)
        mine = own.read(read, frame.viewer)
    top = surface.container(key="noprint-top")
    top.page_link(script("aids"), label=say("aid.all"), icon=":material/arrow_back:")
    sheet = surface.container(key=f"aidsheet-{name}", gap="medium")
    of = f"{say('aid.eyebrow')} · {aid.module or frame.viewer.organisation}"
    parts.title_row(sheet, aid.of.title, eyebrow=of)
    notes = Notes(aid.source, mine)
    notes.write(sheet.container(key=f"aidtext-{name}"), aid.of.markdown, say)
    notes.unfilled(sheet, say)
    foot = sheet.container(key=f"aidsources-{name}", gap="xxsmall")
    for number, fact_id in enumerate(notes.cited, 1):
        foot.markdown(f"{number}. {notes.fact(fact_id)}")
    for source_id in aid.of.sources:
        if source := aid.source.sources.get(source_id):
            foot.markdown(say("aid.source", source=f"{source.title}, {source.publisher}"))
    if aid.checked:
        foot.caption(say("aid.checked", day=days.short(aid.checked)))
    row = surface.container(key="noprint-actions", gap="small")
    download(row, frame.viewer, aid, pictures, say, mine, "page")
    row.caption(say("aid.print"))
    if aid.published:
        row.page_link(
            script("lesson"),
            label=say("aid.lesson", title=aid.module),
            query_params={"module": aid.name},
            icon=":material/menu_book:",
        )
    beside = asides.Aside(row, say, frame.viewer, session.now(), frame.patient)
    revision = aid.published.id if aid.published else None
    asides.report(
        beside,
        module=aid.name if aid.published else "",
        revision_id=revision,
        place=f"aid/{aid.name}",
    )
