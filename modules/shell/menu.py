"""Where each page's script is, and how it stands in the navigation."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent

# Page -> the feature that owns it.
FEATURE = {
    "home": "learn",
    "lesson": "learn",
    "completion": "learn",
    "review": "learn",
    "changed": "learn",
    "receipts": "learn",
    "citizen": "learn",
    "search": "learn",
    "aids": "learn",
    "aid": "learn",
    "glossary": "learn",
    "read": "learn",
    "me": "learn",
    "agreement": "learn",
    "policies": "learn",
    "team": "manage",
    "proofs": "manage",
    "organisation": "manage",
    "comparison": "manage",
    "modules": "author",
    "preview": "author",
    "publish": "author",
    "versions": "author",
    "bring": "author",
    "translate": "author",
    "edit": "author",
    "reports": "author",
    "regrade": "author",
    "items": "author",
    "people": "admin",
    "log": "admin",
    "requests": "admin",
    "roster": "admin",
    "evidence": "admin",
    "local": "admin",
    "examples": "admin",
    "roles": "admin",
    "units": "admin",
    "duties": "admin",
    "trust": "admin",
    "directory": "admin",
    "mail": "admin",
    "texts": "admin",
}

ICONS = {
    "home": ":material/home:",
    "lesson": ":material/menu_book:",
    "completion": ":material/workspace_premium:",
    "review": ":material/replay:",
    "changed": ":material/new_releases:",
    "receipts": ":material/history:",
    "citizen": ":material/folder_shared:",
    "search": ":material/search:",
    "aids": ":material/assignment:",
    "aid": ":material/assignment:",
    "glossary": ":material/dictionary:",
    "read": ":material/menu_book:",
    "policies": ":material/gavel:",
    "team": ":material/groups:",
    "proofs": ":material/edit_note:",
    "organisation": ":material/monitoring:",
    "comparison": ":material/balance:",
    "modules": ":material/edit_note:",
    "preview": ":material/play_circle:",
    "publish": ":material/publish:",
    "versions": ":material/history:",
    "bring": ":material/upload_file:",
    "translate": ":material/translate:",
    "edit": ":material/edit_document:",
    "reports": ":material/flag:",
    "regrade": ":material/published_with_changes:",
    "items": ":material/troubleshoot:",
    "people": ":material/groups:",
    "log": ":material/history:",
    "requests": ":material/contact_mail:",
    "roster": ":material/group_add:",
    "evidence": ":material/verified:",
    "local": ":material/contact_phone:",
    "examples": ":material/add_comment:",
    "roles": ":material/badge:",
    "units": ":material/account_tree:",
    "duties": ":material/rule:",
    "trust": ":material/verified_user:",
    "directory": ":material/sync:",
    "mail": ":material/mail:",
    "texts": ":material/gavel:",
    "me": ":material/account_circle:",
    "agreement": ":material/handshake:",
}

# The pages with an entry of their own; the others are reached from these.
SHOWN = frozenset(
    {
        "home",
        "search",
        "team",
        "organisation",
        "modules",
        "reports",
        "items",
        "people",
        "log",
        "evidence",
        "local",
        "me",
    }
)


def script(name: str) -> Path:
    """The script of a page. Nothing imports it; Streamlit runs it.

    The one for nobody stands beside the UI script: a folder called pages there would make
    Streamlit look for pages of its own, and tell the first deep link that its page is missing.
    """
    if name == "signed_out":
        return Path(__file__).parent / "signed_out.py"
    return ROOT / FEATURE[name] / "pages" / f"{name}.py"
