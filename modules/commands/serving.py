"""The server: its port, its database, and then requests until it is stopped."""

from __future__ import annotations

import socket
from typing import Annotated

import typer
import uvicorn

from modules import log
from modules.api import start
from modules.basics import StewardError
from modules.commands.database import prepare_demo
from modules.commands.ending import plainly
from modules.settings import ROOT, secret_key, settings


def serve(
    prepare: Annotated[
        bool, typer.Option(help="On an empty database, make the demo body first.")
    ] = False,
) -> None:
    """Serve Steward on http://HOST:PORT."""
    log.configure()
    with plainly():
        secret_key()
        free(settings().host, settings().port)
        if prepare:
            prepare_demo()
        trouble = start.trouble()
        if trouble:
            raise StewardError(trouble)
    typer.echo(f"Steward is on http://{settings().host}:{settings().port}  (stop with Ctrl+C)")
    uvicorn.run(
        "streamlit_app:app",
        host=settings().host,
        port=settings().port,
        app_dir=str(ROOT),
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        # Whose word is taken on the address and scheme of a request; nobody's with none.
        proxy_headers=settings().proxies != "none",
        forwarded_allow_ips=settings().proxies,
        # A page's state is a few kilobytes; files come by a way of their own (`api/limits.py`).
        ws_max_size=2 * 1024 * 1024,
        timeout_graceful_shutdown=5,
    )


def free(host: str, port: int) -> None:
    """Raise unless the port can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise StewardError(
                f"Port {port} on {host} cannot be used: {taken.strerror}. Is Steward running "
                f"already? Stop it, or choose another port: PORT={port + 1} make run"
            ) from taken
