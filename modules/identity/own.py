"""What somebody sees and changes of her own ways to sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db import accounts, browsers, second_factors
from db.accounts import Kept
from db.browsers import Browser
from modules.access import Viewer, require
from modules.basics import Denied
from modules.identity import factors, signing


@dataclass(frozen=True)
class Overview:
    """Somebody's account: None where she has no pass-phrase; her providers, her browsers."""

    kept: Kept | None
    providers: tuple[str, ...]
    browsers: tuple[Browser, ...]
    # Whether this installation asks a second factor of her.
    asked: bool
    least: int


def overview(session: Session, viewer: Viewer, *, token: str, now: datetime) -> Overview:
    """How the viewer signs in, and where she is signed in. Three queries."""
    require(viewer, "account.own")
    mine = {"org_id": viewer.org_id, "person_id": viewer.person_id}
    kept = accounts.of_person(session, **mine)
    return Overview(
        kept if kept and kept.hash else None,
        tuple(one for one in accounts.providers(session, **mine) if one != "demo"),
        tuple(browsers.open_ones(session, **mine, token=token, now=now)),
        signing.asked_of(viewer),
        signing.least(viewer, kept),
    )


def end(session: Session, viewer: Viewer, *, handle: str, now: datetime) -> None:
    """Sign the viewer out in one of her browsers. Raises `Denied` for anybody else's."""
    require(viewer, "account.own")
    mine = {"org_id": viewer.org_id, "person_id": viewer.person_id}
    if not browsers.end(session, **mine, handle=handle, now=now):
        raise Denied("a sign-in that is not hers, or has ended")


def end_others(session: Session, viewer: Viewer, *, token: str, now: datetime) -> int:
    """Sign the viewer out everywhere else; how many sign-ins ended."""
    require(viewer, "account.own")
    mine = {"org_id": viewer.org_id, "person_id": viewer.person_id}
    return browsers.end_others(session, **mine, token=token, now=now)


def begin_second(session: Session, viewer: Viewer) -> None:
    """Prepare a new secret for the viewer's second factor; it counts once a code was typed."""
    require(viewer, "account.own")
    mine = {"org_id": viewer.org_id, "person_id": viewer.person_id}
    second_factors.prepare(session, **mine, sealed=factors.seal(factors.new_secret(), **mine))


def waiting_secret(session: Session, viewer: Viewer) -> str | None:
    """The prepared secret that no code was typed of yet."""
    require(viewer, "account.own")
    mine = {"org_id": viewer.org_id, "person_id": viewer.person_id}
    kept = accounts.of_person(session, **mine)
    if kept is None or kept.second or kept.totp_secret is None:
        return None
    return factors.unseal(kept.totp_secret, **mine)


def confirm_second(
    session: Session, viewer: Viewer, *, code: str, now: datetime
) -> list[str] | None:
    """Let the prepared secret count, if this is its code; gives the recovery codes, or None."""
    require(viewer, "account.own")
    mine = {"org_id": viewer.org_id, "person_id": viewer.person_id}
    kept = accounts.of_person(session, **mine)
    secret = waiting_secret(session, viewer)
    step = factors.step_of(secret, code, now=now) if secret else None
    if kept is None or kept.totp_secret is None or step is None:
        return None
    codes = factors.new_codes()
    done = second_factors.confirm(
        session,
        **mine,
        sealed=kept.totp_secret,
        step=step,
        recovery=[factors.hash_of(one) for one in codes],
        now=now,
    )
    return codes if done else None


def remove_second(session: Session, viewer: Viewer) -> None:
    """Forget the viewer's second factor. Raises `Denied` where it is asked of her."""
    require(viewer, "account.own")
    if signing.asked_of(viewer):
        raise Denied("a second factor that is asked of her stays")
    second_factors.remove(session, org_id=viewer.org_id, person_id=viewer.person_id)


def new_recovery(session: Session, viewer: Viewer) -> list[str]:
    """New recovery codes; the old ones are void."""
    require(viewer, "account.own")
    codes = factors.new_codes()
    second_factors.set_recovery(
        session,
        org_id=viewer.org_id,
        person_id=viewer.person_id,
        recovery=[factors.hash_of(one) for one in codes],
    )
    return codes
