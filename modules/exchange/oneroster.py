"""OneRoster 1.1 and 1.2 CSV: orgs.csv and users.csv, as a folder or a zip, read as a staff list.

OneRoster has no line manager: a column such as metadata.managerSourcedId in users.csv names her.
Nor has it job families or grades of staff: `role` is what somebody is to a school, and `grades` are
the years that pupils attend, so neither is carried; columns such as metadata.jobFamily are.
Source: OneRoster 1.2 CSV Binding (1EdTech), sections 4 and 5.
"""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from modules.basics import BadInput
from modules.exchange import archives, texts

# What every user becomes; and the field of a staff list that each of them is.
COLUMNS = ("email", "givenName", "familyName", "identifier", "org", "manager", "title", "enabled")
FIELDS = ("email", "given", "family", "number", "unit_code", "manager", "title", "active")
# OneRoster was made for schools: whoever is only taught or related is no member of staff.
TAUGHT = frozenset({"student", "parent", "guardian", "relative"})
MANAGERS = (
    *("metadata.managersourcedid", "managersourcedid", "metadata.manager", "manager"),
    *("metadata.linemanagersourcedid", "metadata.supervisorsourcedid"),
)
# Column -> the field it is, and what users.csv may call it. Only those that are there are columns:
# a blank cell would otherwise empty what stands.
MORE = {
    "jobFamily": ("job_family", ("metadata.jobfamily", "jobfamily")),
    "grade": ("grade", ("metadata.grade", "metadata.paygrade", "metadata.payband")),
    "language": ("language", ("metadata.preferredlanguage", "metadata.language")),
    "timeZone": ("zone", ("metadata.timezone",)),
}
TITLES = ("metadata.jobtitle", "jobtitle", "metadata.title")


class Parts(Protocol):
    """The files of one OneRoster export, by name."""

    def open(self, name: str) -> BinaryIO | None:
        """One file, or None where there is none."""
        ...


@dataclass(frozen=True)
class Folder:
    """An export as a folder."""

    path: Path

    def open(self, name: str) -> BinaryIO | None:
        """One file of it; names are found in any letter case."""
        found = [one for one in self.path.iterdir() if one.name.casefold() == name]
        return found[0].open("rb") if found and found[0].is_file() else None


@dataclass(frozen=True)
class Packed:
    """An export as a zip."""

    source: Path | bytes
    size: int

    def open(self, name: str) -> BinaryIO | None:
        """One file of it, at the top or in the one folder there."""
        body = self.source
        file = io.BytesIO(body) if isinstance(body, bytes) else body.open("rb")
        with file, archives.opened(file, self.size) as archive:
            for entry in archive.infolist():
                if PurePosixPath(entry.filename).name.casefold() == name:
                    if entry.file_size > archives.WHOLE:
                        raise BadInput(archives.BOMB)
                    try:
                        return io.BytesIO(archive.read(entry))
                    except archives.BROKEN as error:
                        raise BadInput(archives.DAMAGED) from error
        return None


def inside(names: Sequence[str]) -> bool:
    """Whether an archive with these names is a OneRoster export."""
    found = {PurePosixPath(name).name.casefold() for name in names}
    return {"users.csv", "orgs.csv"} <= found


@dataclass(frozen=True)
class Export:
    """What an export holds: units as (row, code, name, code above), and people as rows."""

    units: tuple[tuple[int, str, str, str], ...]
    rows: Callable[[], Iterator[tuple[int, list[str]]]]
    sha256: str
    size: int
    notes: Mapping[str, int]
    partial: bool
    # Column -> the field of a staff list that it is, in the order of the rows' cells.
    columns: Mapping[str, str]


def read(parts: Parts) -> Export:
    """Read an export but for its people, who come one after the other. Raises BadInput."""
    digest, size = hashlib.sha256(), 0
    for name in ("manifest.csv", "orgs.csv", "roles.csv", "users.csv"):
        if (file := parts.open(name)) is not None:
            with file:
                while block := file.read(1 << 20):
                    digest.update(block)
                    size += len(block)
    manifest = {
        row.get("propertyname", ""): row.get("value", "")
        for _, row in _rows(parts, "manifest.csv", False)
    }
    units = tuple(
        (line, row["sourcedid"], row.get("name", ""), row.get("parentsourcedid", ""))
        for line, row in _rows(parts, "orgs.csv")
        if row.get("status", "").casefold() != "tobedeleted" and row.get("sourcedid")
    )
    roles = {
        row["usersourcedid"]: (row.get("role", ""), row.get("orgsourcedid", ""))
        for _, row in _rows(parts, "roles.csv", False)
        if row.get("roletype", "").casefold() == "primary" and row.get("usersourcedid")
    }
    bosses, taught = set(), 0
    for _, row in _rows(parts, "users.csv"):
        bosses.add(_first(row, MANAGERS))
        taught += _taught(row, roles)
    addresses = {
        row["sourcedid"]: row.get("email", "")
        for _, row in _rows(parts, "users.csv")
        if row.get("sourcedid") in bosses
    }
    head = _head(parts, "users.csv")
    more = {name: one for name, one in MORE.items() if head & set(one[1])}
    notes = Counter({"roster.note.taught": taught}) if taught else Counter()

    def rows() -> Iterator[tuple[int, list[str]]]:
        for line, row in _rows(parts, "users.csv"):
            if not _taught(row, roles):
                own = [_first(row, names) for _, names in more.values()]
                yield line, [*_person(row, roles, addresses), *own]

    return Export(
        units,
        rows,
        digest.hexdigest(),
        size,
        notes,
        partial=manifest.get("file.users", "").casefold() == "delta",
        columns=dict(zip(COLUMNS, FIELDS, strict=True))
        | {name: field for name, (field, _) in more.items()},
    )


def _rows(parts: Parts, name: str, needed: bool = True) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of one file by its columns' names in small letters."""
    file = parts.open(name)
    if file is None:
        if needed:
            raise BadInput(f"This OneRoster export has no {name}. Export it with that file.")
        return
    with file:
        lines = texts.rows(file)
        head = [cell.strip().casefold() for cell in next(lines, (0, []))[1]]
        if needed and "sourcedid" not in head:
            raise BadInput(f"{name} has no column sourcedId, so it is not of OneRoster.")
        for line, cells in lines:
            yield line, {key: one.strip() for key, one in zip(head, cells, strict=False)}


def _head(parts: Parts, name: str) -> set[str]:
    """The names of a file's columns in small letters; none where there is no such file."""
    file = parts.open(name)
    if file is None:
        return set()
    with file:
        return {cell.strip().casefold() for cell in next(texts.rows(file), (0, []))[1]}


def _first(row: Mapping[str, str], names: Sequence[str]) -> str:
    return next((row[name] for name in names if row.get(name)), "")


def _taught(row: Mapping[str, str], roles: Mapping[str, tuple[str, str]]) -> bool:
    role = row.get("role") or roles.get(row.get("sourcedid", ""), ("", ""))[0]
    return role.casefold() in TAUGHT


def _person(
    row: Mapping[str, str], roles: Mapping[str, tuple[str, str]], addresses: Mapping[str, str]
) -> list[str]:
    """One user as a row of COLUMNS."""
    id_ = row.get("sourcedid", "")
    org = row.get("primaryorgsourcedid") or roles.get(id_, ("", ""))[1]
    boss = _first(row, MANAGERS)
    gone = row.get("status", "").casefold() == "tobedeleted"
    return [
        row.get("email", ""),
        row.get("preferredgivenname") or row.get("givenname", ""),
        row.get("preferredfamilyname") or row.get("familyname", ""),
        # The number of the HR system; else OneRoster's own id, which stays when a name changes.
        row.get("identifier") or id_,
        org or row.get("orgsourcedids", "").partition(",")[0].strip(),
        addresses.get(boss) or boss,
        _first(row, TITLES),
        "no" if gone else (row.get("enableduser") or "yes"),
    ]
