"""Pictures that come with items: fit for a lesson, each kept once, by safe names."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from modules.exchange.items import pictures
from modules.exchange.items.pictures import NoPictureError, Shelf
from tests.media import SVG, bomb, moving, noise, photograph, picture


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (picture("PNG"), "png"),
        (picture("JPEG"), "jpg"),
        (picture("GIF"), "png"),
        (SVG, "svg"),
    ],
)
def test_a_picture_is_kept_under_the_name_of_what_it_is(data, ending):
    assert Shelf().keep("../../Étage 2.html.EXE", data) == f"tage-2-html.{ending}"


def test_a_photograph_comes_without_its_place_and_its_people():
    shelf = Shelf()
    name = shelf.keep("home.jpg", photograph())
    assert not Image.open(io.BytesIO(shelf.kept[name])).getexif()
    assert b"Amira" not in shelf.kept[name]


def test_the_same_picture_is_kept_once_and_names_do_not_clash():
    shelf = Shelf()
    one, other = picture(), picture(colour="red")
    names = [shelf.keep("a.png", one), shelf.keep("b.png", one), shelf.keep("A.PNG", other)]
    assert names == ["a.png", "a.png", "a-2.png"]
    assert set(shelf.named({"a-2.png"})) == {"a-2.png"}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"BM" + bytes(60), "no PNG"),
        (picture()[:-20], "damaged"),
        (bomb(), "more pixels"),
        (moving(), "moves"),
        (SVG.replace(b"<title>", b"<script>x()</script><title>"), "script"),
        (picture() + bytes(6 << 20), "more than 6 MB"),
    ],
)
def test_other_files_and_bombs_are_not_kept(data, why):
    shelf = Shelf()
    for _ in range(2):
        with pytest.raises(NoPictureError, match=why):
            shelf.keep("a.png", data)
    assert not shelf.kept


def test_all_pictures_together_are_bounded(monkeypatch):
    monkeypatch.setattr(pictures, "ALL", 60_000)
    shelf = Shelf()
    with pytest.raises(NoPictureError, match="together"):
        for side in range(100, 120):
            shelf.keep("a.png", noise((side, side)))
    assert sum(map(len, shelf.kept.values())) <= 60_000
