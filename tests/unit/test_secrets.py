"""The secret key: given or made once, never a placeholder, and never in a message."""

from __future__ import annotations

import stat
import threading

import pytest

from modules import keyfile, settings
from modules.basics import StewardError

GOOD = "q7Zt1mVx9LrW3cYb8NfK5sHd2GpJ6uTe"


@pytest.fixture
def key(monkeypatch, tmp_path):
    """A function that gives the key under some environment."""
    for name in ("STEWARD_SECRET_KEY", "STEWARD_SECRET_KEY_FILE", "DATABASE_URL", "STEWARD_DEMO"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(settings, "ROOT", tmp_path)

    def given(**environment):
        settings.settings.cache_clear()
        settings.secret_key.cache_clear()
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return settings.secret_key()

    yield given
    settings.settings.cache_clear()
    settings.secret_key.cache_clear()


def test_a_key_is_32_bytes_and_the_same_from_a_variable_and_from_a_file(key, tmp_path, monkeypatch):
    one = key(STEWARD_SECRET_KEY=GOOD)
    monkeypatch.delenv("STEWARD_SECRET_KEY")
    (tmp_path / "key").write_text(GOOD + "\n")
    assert key(STEWARD_SECRET_KEY_FILE=str(tmp_path / "key")) == one
    assert len(one) == 32
    assert one != key(STEWARD_SECRET_KEY_FILE="", STEWARD_SECRET_KEY=GOOD[::-1])


def test_each_purpose_has_a_key_of_its_own(key):
    key(STEWARD_SECRET_KEY=GOOD)
    made = {settings.key_for("totp"), settings.key_for("brake"), settings.secret_key()}
    assert {len(one) for one in made} == {32}
    assert len(made) == 3


@pytest.mark.parametrize(
    "value",
    [
        "changeme",
        "Change-Me_" * 5,
        "your_secret_here-your_secret_here-1234",
        "this is only an EXAMPLE, of forty letters or so",
        GOOD[:31],
        "abababababababababababababababababab",
        "tooshort",
    ],
)
def test_a_placeholder_or_a_short_key_is_refused_without_being_repeated(key, value):
    with pytest.raises(StewardError) as refused:
        key(STEWARD_SECRET_KEY=value)
    said = str(refused.value)
    assert said.startswith("STEWARD_SECRET_KEY: ")
    assert "openssl rand -base64 32" in said
    assert value not in said


def test_a_key_drawn_as_the_sentence_says_is_taken(key):
    import base64
    import os

    for _ in range(200):
        keyfile.refuse_guessable(base64.b64encode(os.urandom(32)).decode())


def test_without_one_a_key_is_made_once_for_its_owner_alone(key, tmp_path):
    one = key()
    path = tmp_path / "var" / "secret.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert key() == one
    assert [path] == list(path.parent.iterdir())


def test_processes_that_start_together_agree_on_the_key(tmp_path):
    made, path = [], tmp_path / "var" / "secret.key"
    threads = [threading.Thread(target=lambda: made.append(keyfile.make(path))) for _ in range(16)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=20)
    assert len(made) == 16
    assert len(set(made)) == 1


def test_a_key_that_others_can_read_stops_the_start(key, tmp_path):
    key()
    (tmp_path / "var" / "secret.key").chmod(0o640)
    with pytest.raises(StewardError, match="chmod 600"):
        key()


def test_real_people_on_a_shared_database_need_a_key_that_was_set(key):
    shared = "postgresql://u@h/d"
    assert len(key(DATABASE_URL=shared, STEWARD_DEMO="true")) == 32
    assert len(key(DATABASE_URL="sqlite:////tmp/x.db", STEWARD_DEMO="false")) == 32
    with pytest.raises(StewardError, match="STEWARD_SECRET_KEY is not set"):
        key(DATABASE_URL=shared, STEWARD_DEMO="false")


def test_a_variable_and_its_file_together_are_refused(key, tmp_path):
    (tmp_path / "key").write_text(GOOD)
    with pytest.raises(StewardError, match="are both set"):
        key(STEWARD_SECRET_KEY=GOOD, STEWARD_SECRET_KEY_FILE=str(tmp_path / "key"))


@pytest.mark.parametrize("content", [None, b"", b"  \n", b"\xff\xfe" * 20, b"x" * 5000])
def test_a_file_without_a_secret_stops_the_start_with_a_sentence(key, tmp_path, content):
    if content is not None:
        (tmp_path / "key").write_bytes(content)
    with pytest.raises(StewardError, match="STEWARD_SECRET_KEY_FILE: "):
        key(STEWARD_SECRET_KEY_FILE=str(tmp_path / "key"))


def test_only_secrets_are_read_from_files(key, tmp_path):
    (tmp_path / "host").write_text("0.0.0.0")
    key(STEWARD_HOST_FILE=str(tmp_path / "host"), STEWARD_SECRET_KEY=GOOD)
    assert settings.settings().host == "127.0.0.1"


def test_any_wrong_setting_is_told_by_its_name_and_without_its_value(key):
    with pytest.raises(StewardError) as refused:
        key(STEWARD_SIGN_IN_HOURS="hunter-two", PORT="hunter-three")
    assert "STEWARD_SIGN_IN_HOURS: " in str(refused.value)
    assert "PORT: " in str(refused.value)
    assert "hunter" not in str(refused.value)


def test_the_settings_do_not_print_their_secrets():
    assert GOOD not in repr(settings.Settings(secret_key=GOOD))


def test_the_address_of_the_database_can_come_from_a_file(monkeypatch, tmp_path):
    from sqlalchemy.exc import ArgumentError

    from db.engine import database_url, place

    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "url").write_text("postgresql://u:hunter@h:5/d?password=hunter\n")
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "url"))
    assert database_url() == "postgresql+psycopg://u:hunter@h:5/d?password=hunter"
    assert place() == "h:5/d"
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "none"))
    with pytest.raises(ArgumentError, match="DATABASE_URL_FILE"):
        database_url()
