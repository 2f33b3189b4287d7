"""Zip packages from strangers: what their directory says is not believed."""

from __future__ import annotations

import io
import zipfile

from modules.exchange.items.packages import Package


def test_a_part_without_a_name_is_passed_over():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("", "a.xml"):
            archive.writestr(zipfile.ZipInfo(name), "<a/>")
    assert Package(made.getvalue()).names == ("a.xml",)
