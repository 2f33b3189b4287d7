"""What a page says that is drawn without a server."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def drawn(at: AppTest) -> str:
    """The HTML drawn on the page."""
    assert not at.exception
    return "".join(block.proto.body for block in at.get("html"))


def texts(at: AppTest) -> str:
    """Everything drawn, as one text."""
    told = (*at.markdown, *at.header, *at.subheader, *at.caption)
    return drawn(at) + " ".join(block.value for block in told)
