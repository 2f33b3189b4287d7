"""A provider that is away, slow, without end, or names places that are not its own."""

from __future__ import annotations

from modules.identity import fetching, metadata
from tests.data.signing_in import WRONG, browser, forget, path_of, question, refused, sign_in


def test_a_provider_that_is_away_gets_a_calm_page_and_the_sign_in_page_stays(work):
    assert sign_in(work).name == "Amira Khan"
    client = browser()
    address = path_of(work.authorize(question(client)))
    work.stop()
    refused(client.get(address), "does not answer just now", 503)
    forget()
    refused(client.get("/auth/oidc/work"), "does not answer just now", 503)
    page = client.get("/sign-in")
    assert page.status_code == 200
    assert 'href="/auth/oidc/work"' in page.text
    assert "Amira Khan" in page.text or "auth/demo" in page.text


def test_a_provider_that_does_not_answer_in_time_is_given_up_on(work, monkeypatch):
    monkeypatch.setattr(fetching, "WAIT", 0.3)
    fetching.client.cache_clear()
    work.waits = 2
    try:
        refused(browser().get("/auth/oidc/work"), "does not answer just now", 503)
        asked = len(work.asked)
        # Nor is it asked again by each of those who press the button meanwhile.
        refused(browser().get("/auth/oidc/work"), "does not answer just now", 503)
        assert len(work.asked) == asked
    finally:
        fetching.client.cache_clear()


def test_an_answer_without_end_is_given_up_on(work, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 100)
    refused(browser().get("/auth/oidc/work"), "does not answer just now", 503)


def test_a_provider_that_names_another_issuer_is_not_asked(work):
    work.metadata = {"issuer": "https://elsewhere.example"}
    refused(browser().get("/auth/oidc/work"), WRONG)


def test_a_provider_that_names_a_place_without_tls_is_not_asked(work):
    for place in metadata.ENDPOINTS:
        for url in ("http://elsewhere.example/x", "javascript:alert(1)"):
            forget()
            work.metadata = {place: url}
            refused(browser().get("/auth/oidc/work"), "does not answer just now", 503)
