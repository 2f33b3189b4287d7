"""Pictures are kept with the revision that shows them, in one transaction, or not at all."""

from __future__ import annotations

import hashlib
import json

import pytest
from sqlalchemy import func, select

from db import assets, revisions
from db.engine import reading, writing
from db.tables import Asset, Revision, core
from modules import publishing
from modules.basics import BadInput, ContentError
from modules.learn import content
from tests import media
from tests.unit.test_course_check_media import SHOWN, put
from tests.unit.tiny_course import SLUG, change, write

DATA = media.picture(size=(320, 180))


@pytest.fixture
def root(tmp_path):
    write(tmp_path)
    put(tmp_path, "pictures/flood.png", DATA)
    change(tmp_path, "lesson.en.md", "> **Rule", f"{SHOWN}\n\n> **Rule")
    return tmp_path


def sync(world, root):
    with writing() as session:
        viewer = world.viewer("amira")
        return publishing.sync(session, org_id=viewer.org_id, root=root, now=world.now)


def count(table):
    with reading() as session:
        return session.connection().execute(select(func.count()).select_from(core(table))).scalar()


def test_a_published_picture_is_kept_and_the_lesson_knows_its_address(world, root):
    (published,) = sync(world, root)
    name = hashlib.sha256(DATA).hexdigest()
    with reading() as session:
        kept = assets.kept(session, hashes=[name])[name]
        assert (kept.media_type, kept.width, kept.height) == ("image/png", 320, 180)
        assert assets.read(session, sha256=name) == DATA
        module = content.module(session, sha256=published.sha256, language="en")
    assert module.media == {"pictures/flood.png": name}
    assert sync(world, root) == []


def test_a_picture_that_no_lesson_takes_publishes_nothing(world, root):
    put(root, "pictures/flood.png", media.moving("PNG"))
    before = count(Revision), count(Asset)
    with pytest.raises(ContentError, match=r"m01-tiny/pictures/flood\.png: whole file: .*moves"):
        sync(world, root)
    assert (count(Revision), count(Asset)) == before


def test_a_picture_taken_out_of_a_lesson_stays_for_the_revisions_before(world, root):
    sync(world, root)
    change(root, "lesson.en.md", SHOWN, "A map.")
    (root / SLUG / "pictures/flood.png").unlink()
    assert len(sync(world, root)) == 1
    with reading() as session:
        assert assets.read(session, sha256=hashlib.sha256(DATA).hexdigest()) == DATA


def test_a_bundle_whose_picture_nobody_kept_says_which(world, root):
    (published,) = sync(world, root)
    with reading() as session:
        files = json.loads(revisions.body(session, sha256=published.sha256))
        assert publishing.not_kept(session, files=files) == []
        files[f"{SLUG}/pictures/other.png"] = f"sha256:{'0' * 64}"
        (problem,) = publishing.not_kept(session, files=files)
    assert problem.file == f"{SLUG}/pictures/other.png"
    assert "Upload it again" in problem.sentence


def test_an_upload_is_kept_as_a_lesson_can_show_it(world, root):
    with writing() as session:
        path, stands = publishing.take(session, data=media.photograph(), name="IMG 2041.JPG")
        assert path == "pictures/img-2041.jpg"
        files = {f"{SLUG}/{path}": stands, f"{SLUG}/pictures/gone.png": f"sha256:{'0' * 64}"}
        (found,) = publishing.held(session, files=files).items()
        assert found[0] == f"{SLUG}/{path}"
        assert (found[1].type, found[1].width, found[1].height) == ("image/jpeg", 1333, 2000)
        assert b"Amira" not in assets.read(session, sha256=stands.removeprefix("sha256:"))


def test_an_upload_that_no_lesson_takes_is_not_kept(world):
    before = count(Asset)
    with writing() as session, pytest.raises(BadInput, match="moves"):
        publishing.take(session, data=media.moving(), name="a.gif")
    assert count(Asset) == before
