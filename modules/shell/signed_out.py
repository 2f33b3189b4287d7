"""What somebody sees who is not signed in, or no longer."""

import streamlit as st

from modules import words
from modules.shell import parts
from modules.shell.frame import signed_out

parts.style(st.container())
signed_out(st.container(key="page"), words.of("en"))
