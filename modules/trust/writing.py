"""The trust pack as files: Markdown, one PDF, and what each weighs and hashes to."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from modules.basics import BadInput
from modules.trust import printed
from modules.trust.known import Known
from modules.trust.pack import documents
from modules.trust.shown import Ran

PDF, LIST = "trust-pack.pdf", "contents.json"
# A zip says when: always the same moment, so that the same pack is the same file.
MOMENT = (1980, 1, 1, 0, 0, 0)


def files(of: Known, ran: Ran | None = None) -> dict[str, bytes]:
    """Every file of the pack by its name."""
    made = documents(of, ran)
    found = {one.name: one.text.encode() for one in made}
    found["agreement.yaml"] = of.agreement.body
    found[PDF] = printed.pdf(of, made)
    found[LIST] = json.dumps(contents(of, found), indent=1, ensure_ascii=False).encode() + b"\n"
    return found


def contents(of: Known, found: Mapping[str, bytes]) -> dict[str, object]:
    """What the pack is about, and the SHA-256 of each of its files."""
    return {
        "organisation": of.organisation,
        "on": of.day.isoformat(),
        "law": of.law,
        "agreement": {
            "signed": of.verdict.signed,
            "number": of.agreement.agreement.number,
            "sha256": of.agreement.sha256,
        },
        "open_questions": sum(
            body.decode().count("> **For you to answer:**")
            for name, body in found.items()
            if name.endswith(".md")
        ),
        "files": {name: hashlib.sha256(body).hexdigest() for name, body in found.items()},
    }


def write(folder: Path, found: Mapping[str, bytes]) -> None:
    """Put the files into a folder, which is made. Raises BadInput when that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, body in found.items():
            (folder / name).write_bytes(body)
    except OSError as error:
        raise BadInput(f"{folder} cannot be written: {error.strerror}.") from error


def zipped(found: Mapping[str, bytes]) -> bytes:
    """The files as one, to take along."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in found.items():
            file.writestr(zipfile.ZipInfo(name, MOMENT), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()
