"""The file of sign-in providers: what it must say, and what it is told when it does not."""

from __future__ import annotations

import pytest
import yaml

from modules.basics import BadInput
from modules.identity import providers

WORK = {
    "name": "work",
    "title": "Work account",
    "organisation": "Fernleigh",
    "issuer": "https://sign-in.fernleigh.example",
    "client_id": "steward",
    "secret_env": "WORK_SECRET",
}
TENANT = "https://login.microsoftonline.com/8f0c/v2.0"


def read(tmp_path, *entries):
    path = tmp_path / "providers.yaml"
    path.write_text(yaml.safe_dump({"providers": list(entries)}), "utf-8")
    return providers.read(path)


def test_a_short_entry_has_safe_defaults(tmp_path):
    one = read(tmp_path, WORK)["work"]
    assert (one.link, one.subject, one.scopes) == ("never", ["sub"], ["openid", "profile", "email"])
    assert not any(name.startswith("HS") or name == "none" for name in one.algorithms)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"issuer": "http://sign-in.fernleigh.example"}, "begins with https://"),
        ({"issuer": "https://x.example?a=b"}, "begins with https://"),
        ({"issuer": "https://u:p@x.example"}, "begins with https://"),
        ({"issuer": "https://login.microsoftonline.com/common/v2.0"}, "shared by all tenants"),
        ({"issuer": "https://login.microsoftonline.com/organizations/v2.0"}, "shared by all"),
        ({"issuer": "https://accounts.google.com"}, "name your domains under require, hd"),
        ({"algorithms": ["HS256"]}, "HS256 cannot be used"),
        ({"algorithms": ["none"]}, "none cannot be used"),
        ({"algorithms": []}, "an empty list cannot be used"),
        ({"secret_env": ""}, "needs one of secret_env and secret_file"),
        ({"secret_file": "/run/secret"}, "needs one of secret_env and secret_file"),
        ({"authentication": "none"}, "has no secret"),
        ({"authentication": "private_key_jwt", "secret_env": ""}, "key_file and key_id"),
        ({"scopes": ["email"]}, "scopes must name openid"),
        ({"name": "Work"}, "name"),
        ({"name": "../work"}, "name"),
        ({"name": "demo"}, "the name demo is taken"),
        ({"name": "local"}, "the name local is taken"),
        ({"link": "name"}, "link"),
        ({"owns_addresses": ["@fernleigh.example"]}, "is no domain"),
        ({"require": {"tid": []}}, "no value that would do"),
        ({"client_secret": "it-is-here"}, "client_secret"),
    ],
    ids=str,
)
def test_a_fault_is_told_with_its_place(tmp_path, change, sentence):
    with pytest.raises(BadInput, match=r"providers\.yaml") as told:
        read(tmp_path, WORK | change)
    assert sentence in str(told.value)
    assert "it-is-here" not in str(told.value)


def test_two_providers_need_two_names(tmp_path):
    with pytest.raises(BadInput, match="the name work is taken"):
        read(tmp_path, WORK, WORK | {"issuer": "https://other.example"})


def test_one_issuer_serves_two_organisations_only_when_their_people_are_told_apart(tmp_path):
    one = WORK | {"issuer": TENANT, "link": "email"}
    other = one | {"name": "harrow", "organisation": "Harrow Vale"}
    with pytest.raises(BadInput, match="work and harrow have one issuer"):
        read(tmp_path, one, other)
    with pytest.raises(BadInput, match="have one issuer"):
        read(
            tmp_path, one | {"require": {"dept": ["a", "b"]}}, other | {"require": {"dept": ["b"]}}
        )
    with pytest.raises(BadInput, match="have one issuer"):
        read(tmp_path, one | {"require": {"dept": ["a"]}}, other | {"link": "never"})
    assert read(tmp_path, one | {"require": {"d": ["a"]}}, other | {"require": {"d": ["b"]}})
    assert read(tmp_path, one | {"link": "never"}, other | {"link": "never"})
    assert read(tmp_path, one, other | {"organisation": "Fernleigh"})


@pytest.mark.parametrize("secret", ["", "short", "change-me-now", "<your secret>", "xxxxxxxxxx"])
def test_a_missing_or_placeholder_secret_stops_the_start(tmp_path, monkeypatch, secret):
    monkeypatch.setenv("WORK_SECRET", secret)
    monkeypatch.setattr(providers, "all_of_them", lambda: read(tmp_path, WORK))
    providers.trouble.cache_clear()
    assert "missing or a placeholder" in providers.trouble()
    monkeypatch.setenv("WORK_SECRET", "Tn7.sQ~realistic")
    providers.trouble.cache_clear()
    assert providers.trouble() == ""
    providers.trouble.cache_clear()


def test_a_secret_may_stand_in_a_file_and_be_renewed(tmp_path):
    secret = tmp_path / "secret"
    one = read(tmp_path, WORK | {"secret_env": "", "secret_file": str(secret)})["work"]
    with pytest.raises(BadInput, match="cannot be read"):
        one.secret()
    secret.write_text("the-first-one\n")
    assert one.secret() == "the-first-one"
    secret.write_text("the-second-one\n")
    assert one.secret() == "the-second-one"


def test_a_file_that_is_not_yaml_or_not_there_is_named(tmp_path):
    path = tmp_path / "providers.yaml"
    with pytest.raises(BadInput, match="cannot be read"):
        providers.read(path)
    path.write_text("providers: [", "utf-8")
    with pytest.raises(BadInput, match="is not YAML"):
        providers.read(path)
    path.write_text("providers", "utf-8")
    with pytest.raises(BadInput):
        providers.read(path)
