"""`questions export` writes what learners have: the live revision, own modules; or a draft."""

import io
import zipfile

import pytest
from typer.testing import CliRunner

from modules.commands import app
from modules.course.files import bundle_of, sha256_of
from modules.drafts import fields, writing
from modules.exchange.items import moodle_xml
from tests.data.studio import SLUG, Studio

STEM = "m01-why-share/questions.en.yaml"


@pytest.fixture
def studio(world):
    return Studio(world)


@pytest.fixture
def export(tmp_path):
    def made(*options, format="moodle_xml"):
        file = tmp_path / "out"
        ran = CliRunner().invoke(
            app,
            ["questions", "export", "--format", format, "--out", str(file), "--force"]
            + [str(one) for one in options],
        )
        return ran, file.read_bytes() if file.exists() else b""

    return made


def stems(data):
    return "\n".join(one.stem for one in moodle_xml.read(data, "").items)


def reworded(studio):
    """A draft of M01 in which a question asks something else."""
    studio.begin()
    text = studio.files()[STEM]
    changed = fields.put(text, ("M01-Q02", "stem"), "Which one is ours?")
    studio.do(writing.save, id=studio.id, path=STEM, base=text, text=changed, place="item")


def test_a_module_goes_out_as_the_organisation_publishes_it(studio, export):
    reworded(studio)
    ran, data = export("--module", "M01", "--organisation", "Fernleigh")
    assert "as Fernleigh publishes it" in ran.stderr
    assert "Which one is ours?" not in stems(data)
    studio.through()
    ran, data = export("--module", "m01-why-share", "--organisation", "Fernleigh")
    assert "Which one is ours?" in stems(data)
    assert studio.live().version in ran.stderr
    for other in (("--organisation", "Harrow Vale"), ("--shipped",)):
        assert "Which one is ours?" not in stems(export("--module", "M01", *other)[1])


def test_modules_of_its_own_go_out_too_and_their_files_are_the_revision(studio, export):
    studio.begin_own()
    studio.through()
    _, data = export("--module", "m50", "--organisation", "Fernleigh")
    assert len(moodle_xml.read(data, "").items) == 3
    _, data = export("--module", "M50", "--organisation", "Fernleigh", format="steward")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert sha256_of(bundle_of(files, SLUG)) == studio.live("M50").sha256


@pytest.mark.parametrize("named", ["id", "module"])
def test_a_draft_goes_out_as_it_stands(studio, export, named):
    reworded(studio)
    ran, data = export("--draft", studio.id if named == "id" else "m01")
    assert "M01, a draft of Fernleigh." in ran.stderr
    assert "Which one is ours?" in stems(data)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ((), "Name one module"),
        (("--module", "M01", "--draft", "M01"), "Name one module"),
        (("--draft", "M01", "--shipped"), "Name one module"),
        (("--draft", "M77"), "no open draft “M77”. Open are: none"),
        (("--module", "M77", "--organisation", "Fernleigh"), "no module “M77”. Fernleigh"),
        (("--module", "M01"), "Several organisations"),
        (("--module", "M01", "--organisation", "Nowhere"), "no organisation called"),
    ],
)
def test_what_is_not_there_is_told_and_nothing_is_written(studio, export, options, reason):
    ran, data = export(*options)
    assert ran.exit_code == 1
    assert reason in ran.stderr
    assert data == b""


@pytest.mark.bare
def test_where_there_is_no_organisation_the_shipped_files_go_out_and_it_is_told(database, export):
    ran, data = export("--module", "M01")
    assert "as it is shipped; no organisation is here yet." in ran.stderr
    assert moodle_xml.read(data, "").items
