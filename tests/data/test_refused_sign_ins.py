"""What the log has of refused sign-ins: enough to see an attack, nothing that was typed."""

from __future__ import annotations

from structlog.testing import capture_logs

from tests.data.accounts import GOOD, OTHER, Browser, with_passphrase, with_second

AMIRA = "amira.khan@fernleigh.example"


def refusals(browser, *tries):
    with capture_logs() as lines:
        for email, passphrase in tries:
            browser.sign_in(email, passphrase)
    return [one for one in lines if one["event"] == "sign-in refused"]


def test_a_refused_sign_in_is_logged_by_her_id_and_without_what_was_typed(world, clock):
    amira = with_passphrase(world, "amira")
    browser = Browser(clock, address="192.0.2.77")
    lines = refusals(browser, (AMIRA, OTHER), ("nobody@fernleigh.example", GOOD), (AMIRA, GOOD))
    shared = {"log_level": "warning", "event": "sign-in refused", "way": "passphrase"}
    assert lines == [
        {**shared, "person": str(amira.person_id), "waits": False},
        {**shared, "person": "", "waits": False},
    ]


def test_who_has_to_wait_is_logged_as_well(world, clock):
    with_passphrase(world, "amira")
    lines = refusals(Browser(clock), *[(AMIRA, OTHER)] * 6)
    assert [one["waits"] for one in lines] == [False] * 5 + [True]


def test_a_wrong_code_is_logged(world, clock):
    with_second(world, "marek")
    browser = Browser(clock)
    assert browser.sign_in(world.email("marek")).headers["location"] == "/sign-in/code"
    with capture_logs() as lines:
        assert browser.post("/auth/code", code="000 000").status_code == 403
    [line] = [one for one in lines if one["event"] == "sign-in refused"]
    assert (line["way"], line["person"]) == ("code", str(world.viewer("marek").person_id))
    assert "000" not in str({**line, "person": ""})
