"""Mails as they go out, and a connection to the organisation's own mail server. Plain text."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import structlog

from modules.basics import StewardError
from modules.settings import settings

log = structlog.get_logger()

SECONDS = 20
"""How long a mail server may take for an answer."""

SMTPS = 465
"""The port on which TLS begins with the connection (RFC 8314)."""


class NotSent(StewardError):
    """The mail server did not take a mail."""


def ready() -> bool:
    """Whether mail is set up."""
    return bool(settings().smtp_host and settings().smtp_from)


def message(
    *, to: str, subject: str, text: str, number: str = "", headers: Mapping[str, str] | None = None
) -> EmailMessage:
    """A mail as it goes out. Raises ValueError for line breaks in an address or the subject.

    ``number`` makes its Message-ID the same each time: what is sent again is known to be the same.
    """
    made = EmailMessage()
    made["From"] = settings().smtp_from
    made["To"] = to
    made["Subject"] = subject
    made["Date"] = formatdate()
    domain = settings().smtp_from.rpartition("@")[2]
    made["Message-ID"] = f"<{number}@{domain}>" if number else make_msgid(domain=domain or None)
    # No out-of-office notes, please (RFC 3834).
    made["Auto-Submitted"] = "auto-generated"
    for name, value in (headers or {}).items():
        made[name] = value
    # Every server takes seven bits, and no line grows too long.
    made.set_content(text, cte="quoted-printable")
    return made


def send(*, to: str, subject: str, text: str) -> None:
    """Send one mail and wait until the server has taken it. Raises `NotSent`.

    The server's certificate is checked, with TLS from the start on port 465 and STARTTLS elsewhere.
    """
    kept = settings()
    mail = message(to=to, subject=subject, text=text)
    try:
        with connected() as server:
            server.send_message(mail)
    except (OSError, smtplib.SMTPException) as error:
        # Its text may hold the address: the log gets the kind alone.
        log.error("mail not sent", kind=type(error).__name__)
        raise NotSent(
            f"The mail server {kept.smtp_host}:{kept.smtp_port} did not take the mail "
            f"({type(error).__name__}). Is STEWARD_SMTP_HOST right, and does it speak TLS?"
        ) from None


def connected() -> smtplib.SMTP:
    """A connection on which mails can go out. Raises OSError or SMTPException."""
    kept = settings()
    context = ssl.create_default_context()
    if kept.smtp_port == SMTPS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            kept.smtp_host, SMTPS, timeout=SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(kept.smtp_host, kept.smtp_port, timeout=SECONDS)
    try:
        if server.sock is not None:
            # The last line goes out by itself, and at once.
            server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if kept.smtp_starttls and kept.smtp_port != SMTPS:
            server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
        if kept.smtp_user:
            server.login(kept.smtp_user, kept.smtp_password.get_secret_value())
    except BaseException:
        server.close()
        raise
    return server
