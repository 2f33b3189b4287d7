"""A program update beside a trainer's own text: nothing is lost, nothing is silently outdated."""

import shutil

import pytest

from db import drafts, shipped
from db.engine import writing
from modules import publishing as sync
from modules.basics import BadInput
from modules.drafts import bringing, rolling
from tests.data.studio import HEAD, LESSON, Studio

MINE = ("Ask for the answer first.", "Ask for the answer, and only then for data.")
THEIRS = ("Name both.", "Name them both, every time.")


class Upgraded(Studio):
    """The studio on a program whose M01 is 1.3.0 and says something else in one place."""

    def __init__(self, world, folder):
        super().__init__(world)
        self.folder = None
        self.home = folder

    @property
    def root(self):
        return self.folder or super().root

    def upgrade(self, pair=THEIRS, version="1.3.0"):
        new = shutil.copytree(super().root, self.home / version)
        lesson, head = new / LESSON, new / HEAD
        text = lesson.read_text("utf-8")
        assert pair[0] in text
        lesson.write_text(text.replace(*pair, 1), "utf-8")
        told = head.read_text("utf-8").replace('version: "1.2.0"', f'version: "{version}"', 1)
        entry = f'changes:\n  - {{version: "{version}", kind: wording, says: "Both, every time."}}'
        head.write_text(told.replace("changes:", entry, 1), "utf-8")
        self.folder = new
        return self.sync()

    def sync(self):
        org = self.who("priya").org_id
        with writing() as session:
            return sync.sync(session, org_id=org, root=self.root, now=self.now)

    def waiting(self):
        return self.read(shipped.waiting).get("M01")


@pytest.fixture
def studio(world, tmp_path):
    made = Upgraded(world, tmp_path)
    made.begin()
    made.write(*MINE)
    made.through()
    return made


def test_without_an_update_nothing_waits(studio):
    assert studio.sync() == [] and studio.waiting() is None


def test_the_trainers_text_stays_and_the_shipped_one_waits_beside_it(studio):
    assert studio.upgrade() == []
    waits = studio.waiting()
    assert (waits.version, waits.kept_at) == ("1.3.0", None)
    assert MINE[1] in studio.bodies()[LESSON]
    since = waits.since
    studio.minutes += 60
    assert studio.sync() == [] and studio.waiting().since == since


def test_the_shipped_one_is_taken_and_later_updates_come_by_themselves_again(studio):
    studio.upgrade()
    waits = studio.waiting()
    named = {"module": "M01", "by_name": "Priya Nair"}
    with pytest.raises(BadInput, match="does not wait any more"):
        studio.do(rolling.take_shipped, **named, sha256="0" * 64)
    made = studio.do(rolling.take_shipped, **named, sha256=waits.sha256)
    assert (made.version, made.origin, studio.waiting()) == ("1.3.0", "shipped", None)
    assert THEIRS[1] in studio.bodies()[LESSON] and MINE[1] not in studio.bodies()[LESSON]
    studio.folder = None
    assert [one.version for one in studio.upgrade(("Name both.", "Do name both."), "1.4.0")] == [
        "1.4.0"
    ]


def test_kept_beside_it_is_remembered_until_another_one_comes(studio):
    studio.upgrade()
    sha256 = studio.waiting().sha256
    studio.do(rolling.keep_own, module="M01", sha256=sha256)
    assert studio.waiting().kept_at is not None
    studio.sync()
    assert studio.waiting().kept_at is not None
    studio.folder = None
    studio.upgrade(("Name both.", "Do name both."), "1.4.0")
    assert (studio.waiting().version, studio.waiting().kept_at) == ("1.4.0", None)


def test_both_are_brought_together_and_published_as_one(studio):
    studio.upgrade()
    studio.begin()
    clashes = studio.do(bringing.bring_shipped, id=studio.id, root=studio.root)
    assert clashes == ()  # the version is in both, and each publication gets its own
    text = studio.files()[LESSON]
    assert MINE[1] in text and THEIRS[1] in text
    made = studio.through(says="Both changes in one.")
    assert made.version == "1.2.2" and studio.waiting() is None
    assert studio.sync() == []


def test_where_both_changed_the_same_lines_the_trainer_chooses(studio):
    studio.upgrade((MINE[0], "Ask for an answer before you ask for data."))
    studio.begin()
    clashes = studio.do(bringing.bring_shipped, id=studio.id, root=studio.root)
    assert [one.path for one in clashes] == [LESSON]
    assert MINE[1] in studio.files()[LESSON]
    given = {"id": studio.id, "root": studio.root}
    assert len(studio.read(bringing.clashes, **given)) == 1
    studio.do(bringing.choose, **given, path=LESSON)
    assert "Ask for an answer before" in studio.files()[LESSON]
    assert studio.read(bringing.clashes, **given) == ()
    with pytest.raises(BadInput, match="nothing to choose"):
        studio.do(bringing.choose, **given, path="other.md")


def test_what_only_one_changed_is_taken_although_the_same_file_clashes_elsewhere(studio):
    clash = (MINE[0], "Ask for an answer before you ask for data.")
    studio.upgrade(clash)
    root = studio.root
    lesson = root / LESSON
    lesson.write_text(lesson.read_text("utf-8").replace(*THEIRS, 1), "utf-8")
    studio.sync()
    studio.begin()
    studio.do(bringing.bring_shipped, id=studio.id, root=root)
    text = studio.files()[LESSON]
    assert MINE[1] in text and THEIRS[1] in text and clash[1] not in text
    studio.do(bringing.choose, id=studio.id, root=root, path=LESSON)
    text = studio.files()[LESSON]
    assert clash[1] in text and THEIRS[1] in text and MINE[1] not in text


def test_choosing_the_other_text_takes_nothing_else_out_of_the_draft(studio):
    clash = (MINE[0], "Ask for an answer before you ask for data.")
    studio.upgrade(clash)
    studio.begin()
    studio.write("Name both.", "Name both of them.")
    given = {"id": studio.id, "root": studio.root}
    studio.do(bringing.bring_shipped, **given)
    studio.write("Name both of them.", "Name the two of them.")
    studio.do(bringing.choose, **given, path=LESSON)
    text = studio.files()[LESSON]
    assert clash[1] in text and "Name the two of them." in text and MINE[1] not in text


def test_what_the_draft_itself_says_otherwise_than_the_shipped_one_is_told_too(studio):
    studio.upgrade(THEIRS)
    studio.begin()
    studio.write(THEIRS[0], "Name the two.")
    given = {"id": studio.id, "root": studio.root}
    studio.do(bringing.bring_shipped, **given)
    [one] = studio.read(bringing.clashes, **given)
    assert THEIRS[1] in one.theirs and "Name the two." in one.mine and MINE[1] in one.theirs


def test_an_edit_of_what_was_rolled_back_still_says_that_the_shipped_one_waits(studio):
    first = studio.upgrade()
    assert first == []
    studio.do(
        rolling.take_shipped, module="M01", by_name="Priya Nair", sha256=studio.waiting().sha256
    )
    studio.do(rolling.back, module="M01", number=2, by_name="Priya Nair")
    assert studio.waiting().version == "1.3.0"
    assert studio.sync() == []
    assert MINE[1] in studio.bodies()[LESSON]


def test_a_module_has_one_open_draft(studio):
    studio.begin()
    with pytest.raises(BadInput, match="has a draft already"):
        studio.begin()
    with pytest.raises(BadInput, match="no such module"):
        studio.begin("M99")
    assert len(studio.read(drafts.open_ones)) == 1
