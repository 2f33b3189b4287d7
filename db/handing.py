"""Marks of mail that goes out: one quick transaction before the last line of each.

They stand before the server can take the mail, and cost no wait for the disk: a mark outlives the
process that made it at once, and the machine a moment later. See docs/mail.md.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, event, update

from db.engine import database_url, make_engine
from db.outbox import MAIL
from db.tables import Mail, core

RENEW = timedelta(seconds=60)
"""How often a process says that it is still there."""


class Marks:
    """The marks of one claim. Closed with `close`; not shared between threads."""

    def __init__(self, claim: str) -> None:
        self.claim = claim
        self._engine = _hasty(make_engine(database_url()))
        self._connection = self._engine.connect().execution_options(writes=True)
        self._heard: datetime | None = None
        self._open: tuple[uuid.UUID, Mapping[str, Any]] | None = None

    def settled(self, mail_id: uuid.UUID, values: Mapping[str, Any]) -> None:
        """What came of a mail; written with the next mark or by `close`."""
        if self._open:
            self.write()
        self._open = (mail_id, values)

    def hand(self, mail_id: uuid.UUID, *, now: datetime) -> bool:
        """Mark that a mail is about to be the server's; False where somebody else has its claim.

        Committed when this returns.
        """
        if self._heard is None:
            self._heard = now
        with self._connection.begin():
            self._pending()
            if now - self._heard >= RENEW:
                self._heard = now
                self._connection.execute(
                    update(core(Mail))
                    .where(MAIL.state == "sending", MAIL.claim == self.claim)
                    .values(claimed_at=now)
                )
            found = self._connection.execute(
                update(core(Mail))
                .where(MAIL.id == mail_id, MAIL.claim == self.claim, MAIL.state == "sending")
                .values(state="handed", claimed_at=now)
                .returning(MAIL.id)
            ).first()
        return found is not None

    def write(self) -> None:
        """Write what is still to be written."""
        if self._open:
            with self._connection.begin():
                self._pending()

    def _pending(self) -> None:
        if self._open:
            mail_id, values = self._open
            self._connection.execute(
                update(core(Mail))
                .where(
                    MAIL.id == mail_id,
                    MAIL.claim == self.claim,
                    MAIL.state.in_(("sending", "handed", "unconfirmed")),
                )
                .values(**values)
            )
            self._open = None

    def close(self) -> None:
        """Write the last mark and close the connection."""
        try:
            self.write()
        finally:
            self._connection.close()
            self._engine.dispose()


def _hasty(engine: Engine) -> Engine:
    """An engine whose commits do not wait for the disk."""

    @event.listens_for(engine, "connect")
    def _do_not_wait(connection: Any, _entry: Any) -> None:
        if engine.dialect.name == "sqlite":
            # With a write-ahead log no commit is torn; the next one that waits takes these along.
            connection.execute("PRAGMA synchronous=NORMAL")
            return
        connection.autocommit = True
        connection.execute("SET synchronous_commit = off")
        connection.autocommit = False

    return engine
