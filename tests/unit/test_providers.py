"""The file of sign-in providers: what it must say, and what it is told when it does not."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc import jwt
from joserfc.jwk import RSAKey

from modules.basics import BadInput
from modules.identity import fetching, flow, metadata, providers
from modules.identity.refusing import Refused, Told

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)

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
        ({"authentication": "private_key_jwt", "secret_env": ""}, "goes with key_file"),
        ({"key_file": "/run/key", "key_id": "k"}, "goes with key_file"),
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


def test_who_we_are_is_signed_for_two_minutes_and_names_key_or_certificate(tmp_path):
    private = rsa.generate_private_key(65537, 2048)
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    key.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "steward")])
    made = (
        x509.CertificateBuilder(name, name, private.public_key(), 1)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=1))
        .sign(private, hashes.SHA256())
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    one = WORK | {
        "authentication": "private_key_jwt",
        "secret_env": "",
        "key_file": str(key),
        "key_algorithm": "PS256",
    }
    token = flow.assertion(
        read(tmp_path, one | {"certificate_file": str(certificate)})["work"],
        audience="https://t.example",
        now=NOW,
    )
    told = jwt.decode(token, RSAKey.import_key(key.read_bytes()), algorithms=["PS256"])
    assert told.header["x5t#S256"] == flow.unpadded(made.fingerprint(hashes.SHA256()))
    assert "kid" not in told.header
    assert (told.claims["iss"], told.claims["sub"], told.claims["aud"]) == (
        "steward",
        "steward",
        "https://t.example",
    )
    assert told.claims["exp"] - told.claims["iat"] == 120
    token = flow.assertion(
        read(tmp_path, one | {"key_id": "ours"})["work"], audience="https://t.example", now=NOW
    )
    told = jwt.decode(token, RSAKey.import_key(key.read_bytes()), algorithms=["PS256"])
    assert told.header["kid"] == "ours"


def test_a_provider_elsewhere_leads_nobody_to_this_machine(tmp_path, monkeypatch):
    one = read(tmp_path, WORK)["work"]
    sound = {"issuer": one.issuer, "jwks_uri": f"{one.issuer}/keys"}
    sound |= dict.fromkeys(("authorization_endpoint", "token_endpoint"), f"{one.issuer}/x")
    monkeypatch.setattr(fetching, "ask", lambda *_: sound)
    assert metadata.discover(one).jwks_uri == f"{one.issuer}/keys"
    for name in metadata.ENDPOINTS:
        for place in ("http://127.0.0.1:8501/x", "https://localhost/x", "http://[::1]/x"):
            monkeypatch.setattr(fetching, "ask", lambda *_, told={**sound, name: place}: told)
            with pytest.raises(Refused, match="this machine"):
                metadata.discover(one)


def test_keys_that_do_not_answer_are_not_asked_for_by_everybody_in_turn(tmp_path, monkeypatch):
    one = read(tmp_path, WORK)["work"]
    sound = {"issuer": one.issuer, "jwks_uri": f"{one.issuer}/keys"}
    sound |= dict.fromkeys(("authorization_endpoint", "token_endpoint"), f"{one.issuer}/x")
    asked = []

    def ask(_, url):
        asked.append(url)
        if url.endswith("/keys"):
            raise Refused(Told.DOWN, "the provider does not answer")
        return sound

    monkeypatch.setattr(fetching, "ask", ask)
    metadata.forget()
    for seconds in (0, 1, 9, 11):
        with pytest.raises(Refused):
            metadata.keys_of(one, NOW + timedelta(seconds=seconds))
    assert len([url for url in asked if url.endswith("/keys")]) == 2
    metadata.forget()


def test_a_provider_that_sends_us_elsewhere_is_not_followed():
    asked = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/inside")
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            with pytest.raises(Refused, match="302"):
                fetching.ask("GET", f"http://127.0.0.1:{server.server_port}/keys")
        finally:
            server.shutdown()
            thread.join()
    assert asked == ["/keys"]
