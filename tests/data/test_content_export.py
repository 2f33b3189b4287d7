"""What is published goes out as files that pass the check and come back as the same revisions."""

import zipfile

import pytest
import yaml
from sqlmodel import Session
from typer.testing import CliRunner

from db import drafts, revisions
from db.engine import make_engine, writing
from db.migrating import migrate
from db.tables import Organisation, new_id
from modules import publishing as sync
from modules.basics import BadInput, ContentError
from modules.commands import app
from modules.course import check
from modules.course.files import bundle, sha256_of
from modules.drafts import exporting, importing, publishing
from modules.drafts import writing as drafting
from modules.settings import settings
from tests.data.studio import LESSON, OWN, SLUG, Studio
from tests.data.test_schema import dump
from tests.unit.test_own_records import OWN as FACT
from tests.world import NOW

WORD = ("Ask for the answer first.", "Ask for the answer, and only then for data.")
SOURCE = """\
- id: our-report
  title: What our registers hold
  publisher: Fernleigh
  url: https://fernleigh.example/registers
  date: "2026"
"""


@pytest.fixture
def studio(world):
    """M01 edited, and M50 with a fact and a source of its own."""
    made = Studio(world)
    made.begin()
    made.write(*WORD)
    made.through()
    made.begin_own()
    made.through()
    return made


def out(studio, tmp_path, module=""):
    to = tmp_path / f"out-{module or 'all'}"
    found = studio.read(exporting.exported, module=module, root=studio.root)
    exporting.write(found, to)
    return to, found


def stops(folder):
    return [one for one in check.problems(folder, NOW.date()) if one.stops]


def again(folder, tmp_path):
    """The revisions that `content sync` makes of a folder in an empty database."""
    engine = make_engine(f"sqlite:///{tmp_path / 'again.db'}")
    migrate(engine)
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        org = new_id()
        session.add(Organisation(id=org, name="Again", invented=True, created_at=NOW))
        session.flush()
        sync.sync(session, org_id=org, root=folder, now=NOW)
        found = {one.module: one.sha256 for one in revisions.every(session, org_id=org)}
        session.commit()
    engine.dispose()
    return found


@pytest.mark.parametrize("module", ["", "M01", "M50"])
def test_it_passes_the_check_and_reads_back_the_same(studio, tmp_path, module):
    to, found = out(studio, tmp_path, module)
    assert stops(to) == []
    assert found.differing == ()
    made = again(to, tmp_path)
    live = studio.read(revisions.latest)
    wanted = {id: live[id].sha256 for id in found.versions}
    assert {id: made.get(id) for id in wanted} == wanted
    assert set(made) == set(wanted)


def test_what_is_shipped_stays_as_it_is_written_to_the_byte(studio, tmp_path):
    to, _ = out(studio, tmp_path)
    for name in ("facts.yaml", "sources.yaml", "misconceptions.yaml", "glossary.en.yaml"):
        assert (to / name).read_bytes() == (studio.root / name).read_bytes()
    course = yaml.safe_load((to / "course.yaml").read_text("utf-8"))
    assert course["modules"][-1]["id"] == "M50"
    head = (studio.root / "course.yaml").read_text("utf-8").partition("modules:")[0]
    assert (to / "course.yaml").read_text("utf-8").startswith(head)


def test_records_of_its_own_are_merged_into_the_registers(studio, tmp_path):
    studio.begin("M50")
    slug = studio.draft().slug
    lesson = f"{slug}/lesson.en.md"
    studio.write("to end.", "to end. We have eleven registers [@our-count].", path=lesson)
    for path, text in (("facts.yaml", FACT), ("sources.yaml", SOURCE)):
        studio.do(
            drafting.save,
            id=studio.id,
            path=path,
            base=None,
            text=text,
        )
    made = studio.through()
    to, found = out(studio, tmp_path)
    assert stops(to) == [] and found.differing == ()
    facts = (to / "facts.yaml").read_text("utf-8")
    assert "our-count" in facts and facts.startswith(
        (studio.root / "facts.yaml").read_text("utf-8")[:400]
    )
    assert sha256_of(bundle(to, slug)) == made.sha256


def test_a_folder_that_holds_something_is_left_alone(studio, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note").write_text("mine")
    found = studio.read(exporting.exported, module="M50", root=studio.root)
    with pytest.raises(BadInput, match="not empty"):
        exporting.write(found, tmp_path / "full")
    assert [one.name for one in tmp_path.iterdir() if "full" in one.name] == ["full"]


def test_the_commands_write_files_and_take_them_as_a_draft(studio, tmp_path):
    to = tmp_path / "content"
    command = ["content", "export", "--organisation", "Fernleigh", "--to", str(to)]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    assert "M01 1.2.1" in done.output and "M50 1.0.0" in done.output
    assert CliRunner().invoke(app, [*command, "--module", "M77"]).exit_code == 1
    lesson = to / LESSON
    lesson.write_text(lesson.read_text("utf-8").replace("Name both.", "Name them both."), "utf-8")
    taken = ["content", "import", str(to), "--by", "priya.nair@fernleigh.example"]
    assert "add --as-draft" in CliRunner().invoke(app, taken).output
    done = CliRunner().invoke(app, [*taken, "--as-draft"])
    assert done.exit_code == 1 and "M01, M50" in done.output
    done = CliRunner().invoke(app, [*taken, "--as-draft", "--module", "M01"])
    assert done.exit_code == 0, done.output
    [draft] = studio.read(drafts.open_ones)
    studio.id = draft.id
    assert "Name them both." in studio.files()[LESSON]
    [step] = studio.read(drafts.steps, id=draft.id)
    assert (step.path, step.by) == (LESSON, "Priya Nair")
    again = CliRunner().invoke(app, [*taken, "--as-draft", "--module", "M01"])
    assert again.exit_code == 1 and "has a draft already" in again.output
    learner = ["content", "import", str(to), "--by", "amira.khan@fernleigh.example", "--as-draft"]
    assert "is no trainer" in CliRunner().invoke(app, learner).output


def test_both_ways_end_in_the_same_files(studio, tmp_path, world):
    """What one writes in the studio and another in git is one revision."""
    to, _ = out(studio, tmp_path, "M50")
    olga = studio.who("olga")
    with writing() as session:
        id, module = importing.as_draft(
            session,
            org_id=olga.org_id,
            folder=to,
            module="",
            by=olga.person_id,
            root=studio.root,
            now=world.now,
        )
        draft = drafts.by_id(session, org_id=olga.org_id, id=id)
        made = publishing.ready(session, org_id=olga.org_id, draft=draft, root=studio.root)
    assert (module, made.sha256) == ("M50", studio.live("M50").sha256)


@pytest.mark.parametrize("module", ["M50", "M01"])
def test_a_zip_of_a_modules_own_files_comes_back_as_a_draft(studio, tmp_path, world, module):
    """It has no list of a course and no registers but its own."""
    target = tmp_path / "own.zip"
    given = ["--module", module, "--format", "steward", "--organisation", "Fernleigh"]
    told = CliRunner().invoke(app, ["questions", "export", *given, "--out", str(target)])
    assert told.exit_code == 0, told.output
    olga = studio.who("olga")
    with writing() as session:
        id, taken = importing.as_draft(
            session,
            org_id=olga.org_id,
            folder=importing.unpacked(target, tmp_path / "un"),
            module="",
            by=olga.person_id,
            root=studio.root,
            now=world.now,
        )
        draft = drafts.by_id(session, org_id=olga.org_id, id=id)
        made = publishing.ready(session, org_id=olga.org_id, draft=draft, root=studio.root)
    assert (taken, made.sha256) == (module, studio.live(module).sha256)


def test_an_export_never_writes_over_what_is_there_and_says_what_to_do(studio, tmp_path):
    to, _ = out(studio, tmp_path, "M50")
    before = {path: path.read_bytes() for path in to.rglob("*") if path.is_file()}
    told = CliRunner().invoke(
        app, ["content", "export", "--to", str(to), "--organisation", "Fernleigh"]
    )
    assert told.exit_code == 1
    for part in ("is not empty", "nothing was written", "Name a new folder", "out-M50-new"):
        assert part in " ".join(told.output.split())
    assert {path: path.read_bytes() for path in to.rglob("*") if path.is_file()} == before
    (tmp_path / "file").write_text("x")
    told = CliRunner().invoke(
        app, ["content", "export", "--to", str(tmp_path / "file"), "--organisation", "Fernleigh"]
    )
    assert told.exit_code == 1 and "is a file" in told.output


def take(studio, source, tmp_path):
    viewer = studio.who("priya")
    with writing() as session:
        return importing.as_draft(
            session,
            org_id=viewer.org_id,
            folder=importing.unpacked(source, tmp_path / "un"),
            module="",
            by=viewer.person_id,
            root=settings().content,
            now=studio.now,
        )


def zipped(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return path


def test_a_zip_is_taken_as_its_folder_is(studio, tmp_path):
    files = {
        f"mine/m51-x/{one.name}": one.read_text("utf-8")
        .replace("M50", "M51")
        .replace(SLUG, "m51-x")
        for one in (OWN / SLUG).iterdir()
    }
    id, module = take(studio, zipped(tmp_path / "a.zip", files), tmp_path)
    assert module == "M51"
    studio.id = id
    assert studio.through().module == "M51"


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"../out.yaml": "x"}, "outside of the archive"),
        ({"/etc/x.yaml": "x"}, "outside of the archive"),
        ({"a\\..\\b.yaml": "x"}, "outside of the archive"),
        ({"m51/module.yaml": "0" * 40_000_000}, "grow to more"),
        ({"note.txt": "hello"}, "has no module"),
        ({"m51-x/module.yaml": "id: M51\n: ["}, ""),
        ({"m51-x/module.yaml": "id: M04\nslug: m51-x\n"}, ""),
    ],
)
def test_a_hostile_or_broken_archive_is_refused_and_nothing_is_written(
    studio, tmp_path, entries, told
):
    before = dump("")
    with pytest.raises((BadInput, ContentError), match=told) as refused:
        take(studio, zipped(tmp_path / "bad.zip", entries), tmp_path)
    assert "Traceback" not in str(refused.value)
    assert dump("") == before
    assert not (tmp_path / "out.yaml").exists()


def test_what_is_no_zip_is_told_so(studio, tmp_path):
    (tmp_path / "no.zip").write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(BadInput, match="damaged"):
        take(studio, tmp_path / "no.zip", tmp_path)
