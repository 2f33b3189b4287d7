"""What one can do with a job aid, drawn: save it as a PDF, open its own page."""

from __future__ import annotations

from collections.abc import Mapping

from modules.access import Viewer
from modules.basics import Surface, Words
from modules.course.local import Local
from modules.learn import aid_pdf
from modules.learn.aids import Aid
from modules.shell.menu import script

Pictures = Mapping[str, bytes]


def download(
    surface: Surface,
    viewer: Viewer,
    aid: Aid,
    pictures: Pictures,
    say: Words,
    own: Local,
    where: str,
) -> None:
    """The button that makes the PDF when it is pressed, with the organisation's own facts in it."""
    surface.download_button(
        say("aid.pdf"),
        lambda: aid_pdf.pdf(aid, own.fill(aid.of.markdown), viewer.organisation, say, pictures),
        file_name=aid_pdf.file_name(aid),
        mime="application/pdf",
        icon=":material/download:",
        type="primary" if where == "page" else "secondary",
        on_click="ignore",
        key=f"aid/{aid.name}/pdf/{where}",
    )


def keep(
    surface: Surface, viewer: Viewer, aid: Aid, pictures: Pictures, say: Words, own: Local
) -> None:
    """At the end of a module: the PDF, and the page that stays at its address."""
    row = surface.container(horizontal=True, vertical_alignment="center", gap="small")
    download(row, viewer, aid, pictures, say, own, "lesson")
    row.page_link(
        script("aid"),
        label=say("aid.page"),
        query_params=aid.address,
        icon=":material/assignment:",
    )
    surface.caption(say("aid.keep"))
