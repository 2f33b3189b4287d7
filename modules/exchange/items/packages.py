"""Zip packages from strangers: parts by path, none of which leads out, read one at a time."""

from __future__ import annotations

import io
import posixpath
import re
import stat
import zipfile
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from modules.basics import BadInput
from modules.exchange import archives

# Bytes of a package unpacked, and of one part of it that is read.
UNPACKED, PART = 200 << 20, 64 << 20
_DRIVE = re.compile(r"^[A-Za-z]:")


def zipped(data: bytes) -> bool:
    """Whether ``data`` begins as a zip does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


class Package:
    """The parts of a zip by path. Raises BadInput for one that is hostile or damaged."""

    def __init__(self, data: bytes) -> None:
        self._archive = archives.opened(io.BytesIO(data), len(data))
        entries = self._archive.infolist()
        if sum(entry.file_size for entry in entries) > UNPACKED:
            raise BadInput(archives.BOMB)
        for entry in entries:
            self._stays(entry)
        self.names = tuple(one.filename for one in entries if one.filename and not one.is_dir())

    @staticmethod
    def _stays(entry: zipfile.ZipInfo) -> None:
        name = entry.filename
        steps = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in steps or _DRIVE.match(name) or "\0" in name:
            raise BadInput(
                f"The package holds “{name[:60]}”, a path that leads out of it. Nothing was read."
            )
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise BadInput(f"The package holds a link, “{name[:60]}”. Nothing was read.")

    def read(self, name: str) -> bytes:
        """One part. Raises BadInput."""
        try:
            if self._archive.getinfo(name).file_size > PART:
                raise BadInput(f"{name[:60]} has more than {PART >> 20} MB. Nothing was read.")
            return self._archive.read(name)
        except BadInput:
            raise
        except archives.BROKEN as error:
            raise BadInput(archives.DAMAGED) from error

    def declares(self, name: str) -> bool:
        """Whether an XML part declares a document type. Raises BadInput."""
        try:
            return archives.declares(self._archive, name)
        except archives.BROKEN as error:
            raise BadInput(archives.DAMAGED) from error


def beside(path: str, reference: str) -> str:
    """The path in the package that ``reference`` in ``path`` names; "" for one outside."""
    try:
        parts = urlsplit(reference.strip())
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path or "\\" in parts.path:
        return ""
    named = unquote(parts.path)
    joined = named.lstrip("/") if named.startswith("/") else f"{posixpath.dirname(path)}/{named}"
    made = posixpath.normpath(joined.lstrip("/"))
    return "" if made.startswith("..") or made == "." else made


class Near(Mapping[str, bytes]):
    """The parts of a package as one of them, at ``path``, names them."""

    def __init__(self, package: Package, path: str) -> None:
        self.package, self.path = package, path

    def __getitem__(self, reference: str) -> bytes:
        found = beside(self.path, reference)
        if found not in self.package.names:
            raise KeyError(reference)
        return self.package.read(found)

    def __iter__(self) -> Iterator[str]:
        return iter(self.package.names)

    def __len__(self) -> int:
        return len(self.package.names)
