"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
As = Annotated[str, typer.Option("--as", help="Whose rights apply: an e-mail address.")]
