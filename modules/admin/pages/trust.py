from db.engine import reading
from modules.admin import trusting
from modules.shell import parts
from modules.shell.frame import page
from modules.shell.menu import script

with page("trust", width=860) as frame:
    say, viewer, surface = frame.say, frame.viewer, frame.surface
    with reading() as session:
        pack = trusting.pack(session, viewer, now=frame.now)
    surface.title(say("trust.title"), anchor=False)
    surface.markdown(say("trust.sentence"))
    if not pack.of.verdict.signed:
        band = surface.container(key="band-unsigned", gap="small")
        band.markdown(f":material/edit_off: {say('trust.unsigned')}")
        band.page_link(
            script("agreement"), label=say("trust.agreement"), icon=":material/arrow_forward:"
        )
    card = surface.container(key="card-trust")
    card.header(say("trust.contents"), anchor=False)
    rows = [
        (
            say(f"trust.document.{one.name.removesuffix('.md')}"),
            say("trust.open", n=one.open) if one.open else say("trust.complete"),
        )
        for one in pack.documents
    ]
    parts.table(card, say("trust.contents"), (say("trust.what"), say("trust.left")), rows)
    card.markdown(say("trust.questions", n=pack.open))
    card.download_button(
        say("trust.download"),
        pack.zipped,
        file_name=f"trust-pack-{pack.of.day}.zip",
        mime="application/zip",
        icon=":material/download:",
        type="primary",
        on_click="ignore",
        key="trust/download",
    )
