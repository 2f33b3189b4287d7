"""Mail over TLS: a server with a certificate that is known gets it, one without gets nothing."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from modules.post import mail
from modules.settings import settings
from tests.data.mails import Sink
from tests.postgres import free_port


@pytest.fixture
def certificate(tmp_path):
    """A certificate for this machine, signed by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    kept, secret = tmp_path / "cert.pem", tmp_path / "key.pem"
    kept.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return kept, secret


@pytest.fixture
def sink(certificate, monkeypatch):
    """A mail server that takes nothing before STARTTLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    kept, port = Sink(), free_port()
    controller = Controller(
        kept, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True
    )
    controller.start()
    for name, value in {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
        "SMTP_FROM": "steward@fernleigh.example",
    }.items():
        monkeypatch.setenv(f"STEWARD_{name}", value)
    settings.cache_clear()
    yield kept
    controller.stop()
    monkeypatch.undo()
    settings.cache_clear()


def test_mail_goes_out_over_tls_to_a_server_that_is_who_it_says(sink, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    mail.send(to="amira@fernleigh.example", subject="x", text="y")
    assert [to for [to], _ in sink.mails] == ["amira@fernleigh.example"]


def test_nothing_is_said_to_a_server_whose_certificate_nobody_knows(sink):
    with pytest.raises(mail.NotSent, match="SSLCertVerificationError"):
        mail.send(to="amira@fernleigh.example", subject="x", text="y")
    assert sink.mails == []


def test_nothing_is_said_in_the_clear_where_the_server_asks_for_tls(sink, monkeypatch):
    monkeypatch.setenv("STEWARD_SMTP_STARTTLS", "false")
    settings.cache_clear()
    with pytest.raises(mail.NotSent):
        mail.send(to="amira@fernleigh.example", subject="x", text="y")
    assert sink.mails == []
