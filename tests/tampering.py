"""Somebody who can write to the database, or to an exported file, and would rather not be seen."""

from __future__ import annotations

import json
import uuid

from sqlalchemy import delete, insert, select, update

from db.tables import Checkpoint, Evidence, EvidenceField, EvidenceHead, core
from modules.evidence.chain import link, sha256

TABLES = {
    "entry": core(Evidence),
    "field": core(EvidenceField),
    "head": core(EvidenceHead),
    "checkpoint": core(Checkpoint),
}
KEYS = {"entry": ("number",), "field": ("number", "name"), "head": (), "checkpoint": ("number",)}


def changed(rng, name, value):
    """Another value of the same type: one character, one step, or another of its kind."""
    if isinstance(value, uuid.UUID):
        return uuid.UUID(int=rng.getrandbits(128))
    if isinstance(value, int):
        return value + rng.choice((-1, 1, 7))
    if not isinstance(value, str):
        return value.replace(microsecond=(value.microsecond + 1) % 1_000_000)
    if not value:
        return rng.choice(("0", "ab" * 32))
    place = rng.randrange(len(value))
    other = rng.choice([one for one in '0123456789abcdefABCDEF"é ' if one != value[place]])
    return rng.choice(
        (
            value[:place] + other + value[place + 1 :],
            value[:place] + value[place + 1 :],
            value + " ",
        )
    )


class Rows:
    """A log in a database that is open for writing."""

    def __init__(self, session, org_id, rng):
        self.run, self.org_id, self.rng = session.connection().execute, org_id, rng

    def all(self, what):
        table = TABLES[what]
        order = [table.c[one] for one in KEYS[what]]
        found = self.run(select(table).where(table.c.org_id == self.org_id).order_by(*order))
        return [dict(row._mapping) for row in found]

    def one(self, what):
        return self.rng.choice(self.all(what))

    def _at(self, what, row):
        table = TABLES[what]
        keys = [table.c[one] == row[one] for one in KEYS[what]]
        return (table.c.org_id == self.org_id, *keys)

    def set(self, what, row, **values):
        self.run(update(TABLES[what]).where(*self._at(what, row)).values(**values))

    def drop(self, what, row):
        self.run(delete(TABLES[what]).where(*self._at(what, row)))

    def add(self, what, row):
        self.run(insert(TABLES[what]).values(**row))

    # What can be done. Each gives what it did.

    def alter(self):
        """Any column of any row."""
        what = self.rng.choice(("entry", "field", "head", "checkpoint"))
        row = self.one(what)
        name = self.rng.choice([one for one in row if one != "org_id"])
        value = changed(self.rng, name, row[name])
        self.set(what, row, **{name: value})
        return f"{what} {row.get('number')} {name}: {row[name]!r} -> {value!r}"

    def remove(self):
        """An entry, a personal field, the head, or a checkpoint that is not the last."""
        what = self.rng.choice(("entry", "entry", "field", "field", "head", "checkpoint"))
        rows = self.all(what)
        row = self.rng.choice(rows[:-1] if what == "checkpoint" else rows)
        self.drop(what, row)
        return f"{what} {row.get('number')} {row.get('name', '')} removed"

    def reorder(self):
        """Two entries change places, with all they hold or with their content alone."""
        one, two = self.rng.sample(self.all("entry"), 2)
        names = self.rng.choice(
            (("at", "kind", "body", "previous", "hash"), ("at", "kind", "body"))
        )
        self.set("entry", one, **{name: two[name] for name in names})
        self.set("entry", two, **{name: one[name] for name in names})
        return f"{one['number']} and {two['number']} swapped"

    def duplicate(self):
        """An entry comes once more, at the end."""
        row, head = self.one("entry"), self.all("head")[0]
        self.add("entry", {**row, "number": head["number"] + 1})
        if self.rng.random() < 0.5:
            self.set("head", head, number=head["number"] + 1, hash=row["hash"])
        return f"{row['number']} once more"

    def slip_in(self):
        """An entry of his own in the middle; the later ones move up."""
        rows = self.all("entry")
        at = self.rng.randrange(len(rows))
        head = self.all("head")[0]
        own = {**rows[at], "body": rows[at]["body"].replace("M0", "M1")}
        self.set("head", head, number=head["number"] + 1)
        # His entry takes over the place; the one that stood there is put at the end.
        own["hash"] = link(
            self.org_id.hex, own["number"], own["previous"], sha256(own["body"] + " ")
        )
        self.set("entry", rows[at], body=own["body"] + " ", hash=own["hash"])
        self.add("entry", {**rows[at], "number": head["number"] + 1})
        return f"an entry slipped in at {own['number']}"

    def truncate(self):
        """All after an entry goes, though there is a checkpoint of later; the head agrees."""
        rows, marks = self.all("entry"), self.all("checkpoint")
        keep = self.rng.randrange(marks[-1]["number"])
        table, fields = TABLES["entry"], TABLES["field"]
        for one in (fields, table):
            self.run(delete(one).where(one.c.org_id == self.org_id, one.c.number > keep))
        last = rows[keep - 1]["hash"] if keep else "0" * 64
        self.set("head", self.all("head")[0], number=keep, hash=last)
        return f"cut after {keep}"

    def cut_unseen(self):
        """Everything after some entry goes, checkpoints too, and before anybody was erased."""
        whole = set()
        for one in self.all("field"):
            whole.add((one["number"], one["name"]))
        keep = 0
        for row in self.all("entry"):
            if any(
                (row["number"], name) not in whole for name in json.loads(row["body"])["fields"]
            ):
                break
            keep = row["number"]
        self.cut_to(keep)

    def cut_to(self, keep):
        """All after an entry goes, checkpoints too, and the head agrees."""
        hash_ = self.all("entry")[keep - 1]["hash"]
        for what in ("checkpoint", "field", "entry"):
            for one in self.all(what):
                if one["number"] > keep:
                    self.drop(what, one)
        self.set("head", self.all("head")[0], number=keep, hash=hash_)

    def swap_salts(self):
        """Two personal fields change salts, or values."""
        one, two = self.rng.sample(self.all("field"), 2)
        name = self.rng.choice(("salt", "value"))
        if one[name] == two[name]:
            return self.swap_salts()
        self.set("field", one, **{name: two[name]})
        self.set("field", two, **{name: one[name]})
        return f"{name} of {one['number']} and {two['number']} swapped"

    def rewrite(self):
        """An entry is changed and the whole chain after it made again, head included."""
        rows, marks = self.all("entry"), self.all("checkpoint")
        at = self.rng.randrange(marks[-1]["number"])
        body = json.loads(rows[at]["body"])
        body["facts"]["module"] = "M99"
        rows[at]["body"] = json.dumps(body, sort_keys=True, separators=(",", ":"))
        previous = rows[at]["previous"]
        for row in rows[at:]:
            hash_ = link(self.org_id.hex, row["number"], previous, sha256(row["body"]))
            self.set("entry", row, body=row["body"], previous=previous, hash=hash_)
            previous = hash_
        self.set("head", self.all("head")[0], hash=previous)
        return f"all rewritten from {at + 1}"


ROWS = ("alter", "alter", "alter", "alter", "remove", "remove", "reorder", "duplicate", "slip_in")
ROWS += ("truncate", "swap_salts", "rewrite")


class Lines:
    """An exported file as lines."""

    def __init__(self, lines, rng):
        self.lines, self.rng = list(lines), rng
        told = [json.loads(one) for one in lines]
        self.entries = [place for place, one in enumerate(told) if "number" in one]
        self.marks = [place for place, one in enumerate(told) if "checkpoint" in one]

    def alter(self):
        """One byte of any line."""
        place = self.rng.randrange(len(self.lines))
        line = self.lines[place]
        at = self.rng.randrange(len(line) - 1)
        other = self.rng.choice([one for one in b'0123456789abcdefM"' if one != line[at]])
        self.lines[place] = line[:at] + bytes([other]) + line[at + 1 :]
        return f"line {place} byte {at}"

    def alter_value(self):
        """One value of an entry or a checkpoint, written as JSON again."""
        place = self.rng.choice(self.entries + self.marks)
        told = json.loads(self.lines[place])
        inner = told.get("checkpoint", told)
        name = self.rng.choice([one for one in inner if one != "fields"])
        inner[name] = changed(self.rng, name, inner[name])
        self.put(place, told)
        return f"line {place} {name}"

    def alter_field(self):
        """A personal field, or its salt; or the field goes."""
        place = self.rng.choice(self.entries)
        told = json.loads(self.lines[place])
        if not told["fields"]:
            return self.alter_field()
        field, part = self.rng.choice(told["fields"]), self.rng.randrange(4)
        if part == 3:
            told["fields"].remove(field)
        else:
            field[part] = changed(self.rng, "", field[part])
        self.put(place, told)
        return f"line {place} field"

    def put(self, place, told):
        self.lines[place] = json.dumps(told, ensure_ascii=False).encode() + b"\n"

    def remove(self):
        """A line, whichever."""
        place = self.rng.randrange(1, len(self.lines))
        del self.lines[place]
        return f"line {place} removed"

    def reorder(self):
        """Two entries change places."""
        one, two = self.rng.sample(self.entries, 2)
        self.lines[one], self.lines[two] = self.lines[two], self.lines[one]
        return f"lines {one} and {two}"

    def duplicate(self):
        """A line comes twice."""
        place, to = self.rng.choice(self.entries + self.marks), self.rng.choice(self.entries)
        self.lines.insert(to, self.lines[place])
        return f"line {place} once more at {to}"

    def truncate(self):
        """The file ends earlier, and its first line agrees."""
        last = self.rng.choice(self.entries[:-1])
        head, told = json.loads(self.lines[0]), json.loads(self.lines[last])
        end = self.lines[-1]
        del self.lines[last + 1 :]
        self.lines.append(end)
        self.put(0, {**head, "last": told["number"], "hash": told["hash"]})
        return f"cut after line {last}"


LINES = ("alter", "alter", "alter_value", "alter_value", "alter_field", "remove", "reorder")
LINES += ("duplicate", "truncate")
