"""Errors end in a calm sentence with what to do; a bug ends in a number that the log explains."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy.exc import OperationalError, TimeoutError

from db import audit
from db.engine import writing
from modules.access import Viewer
from modules.basics import BadInput, ContentError, Denied, Surface, Words
from modules.labs import Busy
from modules.shell import outage, parts, patience, session

log = structlog.get_logger()


@contextmanager
def calm(surface: Surface, say: Words, viewer: Viewer | None) -> Iterator[None]:
    """Turn what goes wrong inside into a sentence on the page.

    Streamlit's rerun and stop signals derive from BaseException and pass through.
    """
    try:
        yield
    except Denied as denied:
        if viewer:
            note_refusal(viewer, str(denied))
        parts.empty(surface, "empty", say("error.denied"), say("error.denied_sentence"), level=1)
    except BadInput as bad:
        surface.error(str(bad), icon=":material/error:")
    except Busy:
        surface.info(say("lab.busy"), icon=":material/hourglass_top:")
        patience.put_by()
        surface.button(say("error.try_again"), key="try-again")
    except ContentError as bad:
        number = reported(bad)
        surface.error(say("error.content", number=number), icon=":material/error:")
    except outage.SILENT as trouble:
        number = reported(trouble)
        surface.error(say(storage_key(trouble), number=number), icon=":material/wifi_off:")
        if outage.away(trouble):
            patience.put_by()
            surface.button(say("error.try_again"), key="try-again")
    except Exception as bug:
        number = reported(bug)
        place = parts.empty(
            surface, "error", say("error.bug"), say("error.bug_sentence", number=number)
        )
        place.button(say("error.try_again"), key="try-again")


def storage_key(trouble: OperationalError | TimeoutError) -> str:
    """Which sentence tells about a database that does not answer."""
    text = outage.said(trouble).lower()
    if "full" in text or "no space" in text:
        return "error.disk_full"
    return "error.busy" if "locked" in text else "error.database"


def reported(error: Exception) -> str:
    """Log an error with its traceback under a short number; gives the number."""
    number = f"{secrets.token_hex(2)}-{secrets.token_hex(1)}".upper()
    log.error("page failed", number=number, exc_info=error)
    return number


def note_refusal(viewer: Viewer, what: str) -> None:
    """Log that somebody asked for what their rights do not cover."""
    log.warning("refused", person=str(viewer.person_id), what=what)
    with writing() as database:
        audit.refused(
            database,
            org_id=viewer.org_id,
            person_id=viewer.person_id,
            what=what,
            now=session.now(),
        )


def last_resort(error: Exception) -> bool:
    """What escaped every page (`on_script_error` of the app): number and sentence, no trace."""
    import streamlit as st

    from modules import words

    say = words.of("en")
    st.error(say("error.bug_sentence", number=reported(error)), icon=":material/error:")
    return True
