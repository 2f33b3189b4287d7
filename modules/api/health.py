"""GET /healthz: whether this process can serve, for people and for probes."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse

from db import people, revisions, schema
from db.engine import engine, reading
from modules import __version__
from modules.api import start


def state() -> dict[str, Any]:
    """Status, version, database kind, migration, and the content that learners see."""
    trouble = start.trouble()
    told: dict[str, Any] = {
        "status": "trouble" if trouble else "ok",
        "version": __version__,
        "database": engine().dialect.name,
        "migration": None,
        "content": {},
    }
    if trouble:
        told["sentence"] = trouble
    try:
        with reading() as session:
            told["migration"] = schema.current(session)
            if not trouble:
                for organisation in people.organisations(session)[:1]:
                    latest = revisions.latest(session, org_id=organisation.id)
                    told["content"] = {
                        module: {"version": one.version, "sha256": one.sha256[:12]}
                        for module, one in sorted(latest.items())
                    }
    except SQLAlchemyError:
        told["status"] = "trouble"
    return told


async def healthz(_request: Request) -> JSONResponse:
    """200 with status "ok", or 503 with a sentence that says what to do. Holds no secret."""
    told = await asyncio.to_thread(state)
    return JSONResponse(
        told,
        status_code=200 if told["status"] == "ok" else 503,
        headers={"Cache-Control": "no-store"},
    )
