"""The script that Streamlit runs: who is here, which pages they have, then the page itself."""

from pathlib import Path

import streamlit as st

from modules import words
from modules.access import PAGES, Viewer, may
from modules.shell import frame, session
from modules.shell.menu import ICONS, SHOWN, script

STATIC = Path(__file__).parent / "static"


def pages(viewer: Viewer | None) -> list[st.Page]:
    """Every page; those outside the viewer's role are hidden, and refuse her by themselves.

    Registered all the same, so that their address gets a sentence and a line in the log. Nobody
    signed in has one page, which sends them to sign in.
    """
    if viewer is None:
        return [st.Page(script("signed_out"), url_path="", title="Steward", default=True)]
    say = words.of(viewer.language)
    return [
        st.Page(
            script(name),
            url_path=name,
            title=viewer.given_name if name == "me" else say(f"nav.{name}"),
            icon=ICONS[name],
            default=name == "home",
            visibility="visible" if name in SHOWN and may(viewer, PAGES, name) else "hidden",
        )
        for name in PAGES
    ]


st.set_page_config(page_title="Steward", page_icon=str(STATIC / "favicon.svg"), layout="wide")
dark = st.context.theme.type == "dark"
st.logo(str(STATIC / ("logo-dark.svg" if dark else "logo.svg")), size="large")
viewer = frame.found(st.container())
with session.found(viewer):
    st.navigation(pages(viewer), position="top" if viewer else "hidden").run()
