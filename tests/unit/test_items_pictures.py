"""Pictures that come with items: four kinds, of a size that can be looked at, by safe names."""

from __future__ import annotations

import pytest

from modules.exchange.items.pictures import NoPictureError, Shelf
from tests.pictures_of import bomb, picture


@pytest.mark.parametrize(
    ("kind", "ending"), [("PNG", "png"), ("JPEG", "jpg"), ("GIF", "gif"), ("WEBP", "webp")]
)
def test_each_kind_is_kept_under_a_name_of_its_own_kind(kind, ending):
    assert Shelf().keep("../../Étage 2.svg.EXE", picture(kind)) == f"tage-2-svg.{ending}"


def test_the_same_picture_is_kept_once_and_names_do_not_clash():
    shelf = Shelf()
    one, other = picture(), picture(colour="red")
    names = [shelf.keep("a.png", one), shelf.keep("b.png", one), shelf.keep("A.PNG", other)]
    assert names == ["a.png", "a.png", "a-2.png"]
    assert shelf.named({"a-2.png"}) == {"a-2.png": other}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is no PNG"),
        (b"BM" + bytes(60), "is no PNG"),
        (picture()[:-20], "or is damaged"),
        (bomb(5_001), "pixels"),
        (bomb(2_000_000), "pixels"),
        (b'<?xml version="1.0"?><svg onload="x()"/>', "SVG"),
        (b"<!-- x --><svg/>", "SVG"),
        (picture() + bytes(5 << 20), "has more than 5 MB"),
    ],
)
def test_other_files_and_bombs_are_not_kept(data, why):
    with pytest.raises(NoPictureError, match=why):
        Shelf().keep("a.png", data)


def test_all_pictures_together_are_bounded():
    shelf = Shelf()
    with pytest.raises(NoPictureError, match="one too many"):
        for n in range(20):
            shelf.keep("a.png", picture() + bytes([n]) + bytes((4 << 20) + n))
    assert len(shelf.kept) == 12
