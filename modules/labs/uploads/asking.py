"""The field for a file on a lab's page."""

from __future__ import annotations

from collections.abc import Collection

from modules import fields
from modules.basics import Surface, Words
from modules.labs.uploads.door import Accepted, Kind, Refusal, accept
from modules.labs.uploads.limits import MEGABYTES


def ask(
    surface: Surface,
    label: str,
    key: str,
    words: Words,
    kinds: Collection[Kind] = ("xlsx", "csv"),
) -> Accepted | None:
    """Ask for a file; gives an accepted one once, in the run after it came, and None otherwise.

    Take what the lab needs into its state at once. Whatever came, the field is a new one
    afterwards, so that the server lets go of the file. A refused one leaves its sentence only.
    """
    number = int(fields.picked(f"{key}/number", 0))
    surface.file_uploader(
        label,
        type=list(kinds),
        help=words("lab.upload.help", size=MEGABYTES),
        # Else the box would tell the limit of the whole server.
        max_upload_size=MEGABYTES,
        key=f"{key}/file-{number}",
        on_change=_came,
        args=(key, number, tuple(kinds)),
    )
    came = fields.picked(f"{key}/came", None)
    if isinstance(came, Refusal):
        surface.warning(words(came.key, size=MEGABYTES), icon=":material/block:")
        return None
    if isinstance(came, Accepted):
        fields.put(f"{key}/came", None)
        return came
    return None


def _came(key: str, number: int, kinds: tuple[Kind, ...]) -> None:
    """A file arrived: looked at before the page is drawn, and then let go of."""
    file = fields.picked(f"{key}/file-{number}", None)
    if file is None:
        return
    fields.put(f"{key}/came", accept(file.name, file.getvalue(), kinds))
    fields.put(f"{key}/number", number + 1)
