"""One mail to a mail server, step by step, so that it is known who has it at each of them.

RFC 5321, 6.1: the server has a mail once it answers the line with the single dot, and not before.
So all of a mail goes out but that line; then it is marked as handed; then the line goes. What ends
before the mark was not taken and can go out again; what ends after it is not sent twice.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum

from modules.post import mail as mails
from modules.settings import settings

ANSWER_SECONDS = 600
"""How long a server may take to answer the last line (RFC 5321, 4.5.3.2.6)."""

DOTS = re.compile(rb"^\.", re.MULTILINE)
ENHANCED = re.compile(rb"^([245]\.\d{1,3}\.\d{1,3})\b")


class End(StrEnum):
    """What came of it."""

    SENT = "sent"
    # Never for this recipient or this text.
    FAILED = "failed"
    # Not now: again later.
    LATER = "later"
    # The connection is of no more use; the mail was not taken.
    BROKEN = "broken"
    # No mail goes through this server as things stand.
    CLOSED = "closed"
    # The last line went out and no answer came.
    UNCONFIRMED = "unconfirmed"
    # Another process has the claim by now.
    LOST = "lost"


@dataclass(frozen=True)
class Verdict:
    """What came of a mail, with the kind of failure: a step and numbers, never an address."""

    end: End
    failure: str = ""


def hand_over(server: smtplib.SMTP, mail: EmailMessage, handing: Callable[[], bool]) -> Verdict:
    """Send one mail over an open connection. ``handing`` marks it, and says whether it may go."""
    handed = False
    try:
        to, sender = str(mail["To"]), settings().smtp_from
        plain = to.isascii()
        if not plain and not server.has_extn("smtputf8"):
            return Verdict(End.FAILED, "address SMTPUTF8")
        options = [] if plain else ["SMTPUTF8"]
        code, said = server.mail(sender, options)
        if code != 250:
            return _refused(server, "sender", code, said, End.CLOSED)
        code, said = server.rcpt(to)
        if code not in (250, 251):
            return _refused(server, "recipient", code, said)
        code, said = server.docmd("DATA")
        if code != 354:
            return _refused(server, "data", code, said)
        text = mail.as_bytes(policy=SMTP if plain else SMTP.clone(utf8=True))
        server.send(DOTS.sub(b"..", text.rstrip(b"\r\n") + b"\r\n"))
        if not handing():
            # Without its last line the server has not taken it.
            server.close()
            return Verdict(End.LOST)
        handed = True
        server.send(b".\r\n")
        if server.sock is not None:
            server.sock.settimeout(ANSWER_SECONDS)
        code, said = server.getreply()
        if server.sock is not None:
            server.sock.settimeout(mails.SECONDS)
        return Verdict(End.SENT) if code == 250 else _refused(server, "text", code, said)
    except (OSError, smtplib.SMTPException) as error:
        server.close()
        if handed:
            return Verdict(End.UNCONFIRMED, "unconfirmed")
        return Verdict(End.BROKEN, type(error).__name__)


def _refused(
    server: smtplib.SMTP, step: str, code: int, said: bytes, for_good: End = End.FAILED
) -> Verdict:
    found = ENHANCED.match(said)
    failure = f"{step} {code}" + (f" {found[1].decode()}" if found else "")
    if code == 421 or code < 400:
        server.close()
        return Verdict(End.BROKEN, failure)
    if step in ("sender", "recipient"):
        server.rset()
    return Verdict(for_good if code >= 500 else End.LATER, failure)
