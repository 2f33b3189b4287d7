"""What is on its way when a tab closes is saved: its run goes on to its end."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from modules.api import finishing

pytestmark = pytest.mark.bare


class Session:
    """A session that tells how often its run was stopped."""

    id = "one"
    stopped = 0

    def request_script_stop(self) -> None:
        self.stopped += 1

    def is_resumable(self) -> bool:
        return True

    def disconnect_file_watchers(self) -> None:
        """Nothing is watched."""

    def clear_session_caches(self) -> None:
        """Nothing is cached."""


@pytest.fixture
def manager():
    """Streamlit's own manager with one session that a tab has open."""
    made = WebsocketSessionManager(
        session_storage=MemorySessionStorage(),
        uploaded_file_manager=None,
        script_cache=SimpleNamespace(clear=lambda: None),
        message_enqueued_callback=None,
    )
    made._active_session_info_by_id["one"] = SimpleNamespace(
        session=Session(), client=None, script_run_count=1
    )
    made._session_connect_times = {"one": 0.0}
    return made


def test_a_run_goes_on_when_its_tab_closes_and_can_be_stopped_afterwards(manager):
    session = manager._active_session_info_by_id["one"].session
    finishing.disconnect(manager, "one")
    assert session.stopped == 0
    assert manager.get_active_session_info("one") is None
    session.request_script_stop()
    assert session.stopped == 1


def test_streamlit_itself_would_stop_it(manager):
    """When this fails, `modules/api/finishing.py` has become needless."""
    session = manager._active_session_info_by_id["one"].session
    finishing._disconnect(manager, "one")
    assert session.stopped == 1


def test_a_session_that_is_not_there_is_no_trouble(manager):
    finishing.disconnect(manager, "another")
    assert manager.get_active_session_info("one")
