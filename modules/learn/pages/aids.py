from db.engine import reading
from modules.learn import aids
from modules.shell import parts
from modules.shell.frame import page
from modules.shell.menu import script

with page("aids", width=720) as frame:
    say, surface = frame.say, frame.surface
    with reading() as session:
        found = aids.aids(session, frame.viewer)
    surface.page_link(script("search"), label=say("nav.search"), icon=":material/arrow_back:")
    surface.title(say("aids.title"), anchor=False)
    if not found:
        parts.empty(surface, "empty", say("nav.aids"), say("aids.none"))
    else:
        surface.markdown(say("aids.sentence"))
    for one in found:
        card = surface.container(key=f"card-aid-{one.name}", gap="xxsmall")
        card.page_link(
            script("aid"),
            label=one.of.title,
            query_params=one.address,
            icon=":material/assignment:",
        )
        card.caption(
            say("aid.of_module", title=one.module) if one.module else say("aid.of_its_own")
        )
