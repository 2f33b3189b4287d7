"""The launcher: Streamlit's script with our routes, middleware and start. Nothing else."""

from pathlib import Path

import streamlit as st

from modules.api import server
from modules.shell import guard

app = st.App(
    Path(__file__).parent / "modules" / "shell" / "ui.py",
    lifespan=server.lifespan,
    routes=server.routes,
    middleware=server.middleware,
    on_script_error=guard.last_resort,
)
