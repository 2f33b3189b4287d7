"""`questions import --into`: all that was understood goes into a draft in one step, or nothing."""

import json

import pytest
from typer.testing import CliRunner

from db.engine import reading, writing
from modules import words
from modules.author import drafting
from modules.commands import app
from modules.drafts import fields
from modules.drafts.moments import moments

GIFT = "::One:: Which? {=yes ~no#Wrong.}\n\nHow many? {#5:1}\n\nIs it? {T}\n"
ESSAY = f"{GIFT}\nWrite about it. {{}}\n"
PRIYA = "priya.nair@fernleigh.example"


def begin(world):
    with writing() as session:
        return drafting.begin(
            session,
            world.viewer("priya"),
            title="A",
            copy="",
            say=words.of("en"),
            now=world.now,
        )


def opened(world, id):
    with reading() as session:
        return drafting.opened(session, world.viewer("priya"), id=id, now=world.now)


@pytest.fixture
def run(world, tmp_path):
    def made(text, *options):
        (tmp_path / "a.gift").write_text(text)
        return CliRunner().invoke(
            app, ["questions", "import", str(tmp_path / "a.gift"), *map(str, options)]
        )

    return made


@pytest.mark.parametrize("named", ["id", "module"])
def test_all_that_a_dry_run_lists_is_kept_in_one_step(world, run, named):
    id = begin(world)
    dry = json.loads(run(GIFT, "--json").stdout)
    assert "kept" not in dry
    ran = run(GIFT, "--json", "--into", id if named == "id" else "m50", "--by", PRIYA)
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    ids = ["M50-Q04", "M50-Q05", "M50-Q06"]
    assert told.pop("kept") == {"draft": str(id), "module": "M50", "questions": ids}
    assert told == dry
    here = opened(world, id)
    slug = here.draft.slug
    assert fields.read(here.texts[f"{slug}/module.yaml"], ("reserve",)) == ids
    texts = fields.read(here.texts[f"{slug}/questions.en.yaml"])
    assert [texts[one]["stem"] for one in ids] == [one["stem"] for one in dry["items"]]
    assert len(moments(here.steps)) == 1
    assert here.steps[0].by == "Priya Nair"


def test_a_refused_question_keeps_the_others_out_unless_it_is_said_that_they_may_come(world, run):
    id = begin(world)
    before = opened(world, id).texts
    ran = run(ESSAY, "--into", "M50", "--by", PRIYA)
    assert ran.exit_code == 1
    assert "Nothing was kept: a question was refused" in ran.output
    assert opened(world, id).texts == before
    ran = run(ESSAY, "--into", "M50", "--by", PRIYA, "--understood-only")
    assert ran.exit_code == 1  # as without --into: the file did not come whole
    assert "M50-Q04 to M50-Q06 wait in the reserve of M50 · A: /edit?draft=" in ran.output
    assert "Write about it" not in "\n".join(opened(world, id).texts.values())


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--into", "M50"), "Add --by"),
        (("--by", PRIYA), "add --into"),
        (("--understood-only",), "add --into"),
        (("--into", "M51", "--by", PRIYA), "no open draft “M51”. Open are: M50 “A”"),
        (("--into", "M50", "--by", "nobody@fernleigh.example"), "Nobody here has the address"),
        (("--into", "M50", "--by", "tom.ashdown@fernleigh.example"), "no right to it"),
        (("--into", "M50", "--by", PRIYA, "--objective", "O7"), "no objective O7"),
        (("--into", "M50", "--by", PRIYA, "--difficulty", "5"), "difficulty is 1, 2 or 3"),
    ],
)
def test_what_does_not_serve_is_told_in_a_sentence_and_nothing_is_kept(world, run, options, reason):
    id = begin(world)
    before = opened(world, id).texts
    ran = run(GIFT, "--json", *options)
    assert ran.exit_code == 2
    assert reason in ran.stderr
    assert json.loads(ran.stdout)["error"]
    assert opened(world, id).texts == before


def test_of_more_than_a_module_holds_nothing_is_kept(world, run):
    id = begin(world)
    many = "\n".join(f"Number {n}? {{#{n}}}\n" for n in range(97))
    ran = run(many, "--into", "M50", "--by", PRIYA)
    assert ran.exit_code == 2
    assert "at most 99 questions" in ran.stderr
    assert not opened(world, id).steps


def test_where_a_module_has_several_objectives_one_has_to_be_named(world, run):
    id = begin(world)
    here = opened(world, id)
    head, lesson = f"{here.draft.slug}/module.yaml", f"{here.draft.slug}/lesson.en.md"
    changed = {
        head: fields.put(here.texts[head], ("objectives",), ["O1", "O2"]),
        lesson: here.texts[lesson].replace("  O1:", "  O2: Another one\n  O1:"),
    }
    with writing() as session:
        for path, text in changed.items():
            drafting.save(
                session,
                world.viewer("priya"),
                id=id,
                path=path,
                base=here.texts[path],
                text=text,
                place="source",
                now=world.now,
            )
    ran = run(GIFT, "--into", "M50", "--by", PRIYA)
    assert ran.exit_code == 2
    assert "one of: O1" in ran.stderr
    assert "O2 “Another one”" in ran.stderr
    assert run(GIFT, "--into", "M50", "--by", PRIYA, "--objective", "O2").exit_code == 0
