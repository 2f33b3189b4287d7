"""Pictures and recordings are kept once, by their content, and read whole or in parts."""

from __future__ import annotations

import hashlib

from sqlalchemy import func, select

from db import assets
from db.engine import reading, writing
from db.tables import Asset, core
from tests import media


def keep(data: bytes, type: str = "image/png") -> str:
    with writing() as session:
        return assets.keep(session, data=data, media_type=type, width=64, height=36)


def test_the_same_picture_is_kept_once_under_the_hash_of_its_bytes(database):
    data = media.picture()
    assert keep(data) == keep(data) == hashlib.sha256(data).hexdigest()
    with reading() as session:
        count = session.connection().execute(select(func.count()).select_from(core(Asset)))
        assert count.scalar() == 1


def test_what_is_kept_is_known_without_its_bytes(database):
    data = media.picture()
    name = keep(data)
    with reading() as session:
        found = assets.kept(session, hashes=[name, "0" * 64])
        assert found == {name: assets.Kept(name, "image/png", 64, 36, len(data))}
        assert assets.missing(session, hashes=[name, "0" * 64]) == ["0" * 64]
        assert assets.kept(session, hashes=[]) == {}


def test_a_film_is_read_whole_or_in_parts(database):
    data = bytes(range(256)) * 40
    name = keep(data, "video/mp4")
    with reading() as session:
        assert assets.read(session, sha256=name) == data
        assert assets.read(session, sha256=name, start=250, length=12) == data[250:262]
        assert assets.read(session, sha256=name, start=len(data) - 3, length=99) == data[-3:]
        assert assets.read(session, sha256="0" * 64) == b""
