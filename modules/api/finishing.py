"""A run that has begun is let to its end when its tab goes away.

A tab that closes sends what was typed or pressed last, and is gone. Streamlit stops the run of a
connection that ended at once, before it could save that; here it goes on, draws for nobody, and
ends by itself. Shutting a session down still stops it.
"""

from __future__ import annotations

from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

_disconnect = WebsocketSessionManager.disconnect_session


def disconnect(manager: WebsocketSessionManager, session_id: str) -> None:
    """What Streamlit does when a connection ends, but for stopping the run."""
    info = manager.get_active_session_info(session_id)
    if info is None:
        _disconnect(manager, session_id)
        return
    session = info.session
    session.request_script_stop = lambda: None  # type: ignore[method-assign]
    try:
        _disconnect(manager, session_id)
    finally:
        del session.request_script_stop


def let_runs_finish() -> None:
    """Have every server of this process do so."""
    WebsocketSessionManager.disconnect_session = disconnect  # type: ignore[method-assign, assignment]
