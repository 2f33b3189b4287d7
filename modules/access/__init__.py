"""Who may do what: the roles, the table of rights, who is asking, and the answer. No Streamlit.

Whatever is not listed in `tables.py` is refused to everybody; pages, actions, routes and commands
call `require` or `require_page` with their own name.
"""

from modules.access.asking import may, reach, require, require_page
from modules.access.roles import BY_UNIT, GRANTED, By, Role, Rule
from modules.access.tables import ACTIONS, COMMANDS, PAGES, ROUTES, SCIM_VERBS, WHOLE
from modules.access.viewers import (
    Grant,
    Scope,
    Viewer,
    by_email,
    by_token,
    rights_of,
    viewer_of,
)

__all__ = [
    "ACTIONS",
    "BY_UNIT",
    "COMMANDS",
    "GRANTED",
    "PAGES",
    "ROUTES",
    "SCIM_VERBS",
    "WHOLE",
    "By",
    "Grant",
    "Role",
    "Rule",
    "Scope",
    "Viewer",
    "by_email",
    "by_token",
    "may",
    "reach",
    "require",
    "require_page",
    "rights_of",
    "viewer_of",
]
