"""Where each page's script is, and how it stands in the navigation."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent

# Page -> the feature that owns it.
FEATURE = {
    "home": "learn",
    "lesson": "learn",
    "completion": "learn",
    "me": "learn",
    "team": "manage",
    "organisation": "manage",
    "modules": "author",
    "preview": "author",
    "people": "admin",
    "log": "admin",
    "signed_out": "shell",
}

ICONS = {
    "home": ":material/home:",
    "lesson": ":material/menu_book:",
    "completion": ":material/workspace_premium:",
    "team": ":material/groups:",
    "organisation": ":material/monitoring:",
    "modules": ":material/edit_note:",
    "preview": ":material/play_circle:",
    "people": ":material/groups:",
    "log": ":material/history:",
    "me": ":material/account_circle:",
}

# The pages with an entry of their own; the others are reached from these.
SHOWN = frozenset({"home", "team", "organisation", "modules", "people", "log", "me"})


def script(name: str) -> Path:
    """The script of a page. Nothing imports it; Streamlit runs it."""
    return ROOT / FEATURE[name] / "pages" / f"{name}.py"
