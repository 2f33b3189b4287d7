"""The script that Streamlit runs: who is here, which pages they have, then the page itself."""

from pathlib import Path

import streamlit as st

from modules import words
from modules.access import PAGES, Viewer, may
from modules.shell import frame, session
from modules.shell.menu import ICONS, SECTIONS, SHOWN, script

STATIC = Path(__file__).parent / "static"


def pages(viewer: Viewer | None) -> dict[str, list[st.Page]]:
    """Every page, by section; those outside the viewer's role are hidden, and refuse by themselves.

    Registered all the same, so that their address gets a sentence and a line in the log. Nobody
    signed in has one page, which sends them to sign in.
    """
    if viewer is None:
        return {"": [st.Page(script("signed_out"), url_path="", title="Steward", default=True)]}
    say = words.of(viewer.language)
    sections = {name: section for section, names in SECTIONS.items() for name in names}
    found: dict[str, list[st.Page]] = {"": []}
    for name in PAGES:
        section = sections.get(name, "")
        offered = bool(section or name in SHOWN) and may(viewer, PAGES, name)
        made = st.Page(
            script(name),
            url_path=name,
            title=viewer.given_name if name == "me" else say(f"nav.{name}"),
            icon=ICONS[name],
            default=name == "home",
            visibility="visible" if offered else "hidden",
        )
        # A section that shows none of its pages would be an empty entry.
        head = say(f"nav.section.{section}") if section and offered else ""
        found.setdefault(head, []).append(made)
    return found


st.set_page_config(page_title="Steward", page_icon=str(STATIC / "favicon.svg"), layout="wide")
dark = st.context.theme.type == "dark"
st.logo(str(STATIC / ("logo-dark.svg" if dark else "logo.svg")), size="large")
viewer = frame.found(st.container())
with session.found(viewer):
    st.navigation(pages(viewer), position="top" if viewer else "hidden").run()
