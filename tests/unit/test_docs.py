"""The documents tell the truth: settings, commands, tables, rights, links and recipes."""

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
from typer.main import get_command

from db.tables import Base
from modules import access, labs, questions, rights, words
from modules.commands import app
from modules.manage.panels import PANELS
from modules.settings import ROOT, Settings

DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
LARGEST = 90 * 1024
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
IN_CODE = re.compile(r"`((?:modules|db|content|tests|docs|\.streamlit)/[\w./-]*\w/?)`")


def read(name):
    return (ROOT / name).read_text("utf-8")


def rows(text, heading):
    """The cells of the first table below a heading, without its head."""
    part = text.split(f"\n{heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_readme_lists_every_setting_with_its_default():
    told = {name.strip("`"): default.strip("`") for name, default, _ in rows(README, "## Settings")}
    prefix = Settings.model_config["env_prefix"]
    real = {
        field.validation_alias or f"{prefix}{name.upper()}": str(field.default)
        for name, field in Settings.model_fields.items()
    }
    real = {name: default.removeprefix(f"{ROOT}/") for name, default in real.items()}
    assert told == real | {"DATABASE_URL": "sqlite:///var/steward.db"}


README = read("README.md")


def commands(group, before=()):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*before, name))
        else:
            options = {o for one in command.params for o in one.opts if o.startswith("-")}
            yield " ".join((*before, name)), options


def test_the_readme_lists_every_command_with_its_options():
    told = {}
    for cell, *_ in rows(README, "## Commands"):
        said = cell.strip("`")
        name = said.split(" --")[0]
        told[name] = set(re.findall(r"--[\w-]+", said))
    assert told == dict(commands(get_command(app)))


@pytest.mark.parametrize("name", NAMES)
def test_every_command_and_verb_that_a_document_names_exists(name):
    known = {first for path, _ in commands(get_command(app)) for first in (path, path.split()[0])}
    for said in re.findall(r"python -m modules ([a-z-]+(?: [a-z]+)?)", read(name)):
        assert said in known or said.split()[0] in known, said
    verbs = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    assert set(re.findall(r"`(?:STEWARD_TLS=true )?make ([a-z]+)", read(name))) <= verbs


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "docs/data.md", "docs/rights.md"])
def test_nothing_is_told_twice(name):
    items = [line for line in read(name).splitlines() if line.startswith(("- ", "| `"))]
    assert [line for line in items if items.count(line) > 1] == []


def test_the_readme_leads_to_every_document_once():
    further = README.split("Further reading:")[1].split("\n## ")[0]
    assert sorted(LINK.findall(further)) == sorted(
        name for name in NAMES if name != "README.md" and not re.search(r"decisions/\d", name)
    )


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_every_table_is_told_with_all_its_columns(table):
    told = read("docs/data.md").split(f"\n### `{table}`\n")
    assert len(told) == 2, f"docs/data.md has no section for {table}"
    section = told[1].split("\n#", 1)[0]
    columns = {column.name for column in Base.metadata.tables[table].columns} - {"org_id", "id"}
    missing = {column for column in columns if f"`{column}`" not in section}
    assert not missing, f"docs/data.md does not say why {table} keeps {missing}"


def test_no_table_is_told_that_is_gone():
    told = set(re.findall(r"^### `(\w+)`$", read("docs/data.md"), re.MULTILINE))
    assert told == set(Base.metadata.tables)


def test_the_rights_are_those_of_the_code():
    now = rights.document()
    assert read("docs/rights.md") == now, "run: python -m modules rights > docs/rights.md"


def test_every_command_says_who_may_run_it():
    found = dict(commands(get_command(app)))
    assert set(found) == set(access.COMMANDS), "name it in COMMANDS of modules/access/tables.py"
    asks = {name for name, options in found.items() if "--as" in options}
    by_role = {name for name, rule in access.COMMANDS.items() if not isinstance(rule, access.By)}
    assert asks == by_role


@pytest.mark.parametrize("name", NAMES)
def test_every_link_and_picture_leads_somewhere(name):
    page = ROOT / name
    for target in LINK.findall(page.read_text("utf-8")):
        if not re.match(r"[a-z]+:|#", target):
            assert (page.parent / target.split("#")[0]).exists(), target


@pytest.mark.parametrize("name", NAMES)
def test_every_file_that_a_document_names_exists(name):
    for path in IN_CODE.findall(read(name)):
        assert (ROOT / path).exists(), path


def test_every_picture_is_used_and_small():
    pictures = sorted((DOCS / "pictures").rglob("*.png"))
    used = {Path(target).name for name in NAMES for target in LINK.findall(read(name))}
    assert pictures
    assert [one.name for one in pictures if one.name not in used] == []
    assert [one.name for one in pictures if one.stat().st_size > LARGEST] == []


@pytest.mark.parametrize("name", NAMES)
def test_documents_do_not_shout(name):
    prose = re.sub(r"```.*?```|`[^`]*`|!\[|\[!", "", read(name), flags=re.DOTALL)
    assert "!" not in prose


def test_every_question_file_with_a_type_names_it_in_own_and_in_the_union():
    written = set()
    for found in pkgutil.iter_modules(questions.__path__):
        module = importlib.import_module(f"modules.questions.{found.name}")
        written |= {
            one
            for _, one in inspect.getmembers(module, inspect.isclass)
            if issubclass(one, questions.Question)
            and one.__module__ == module.__name__
            and one.model_fields["kind"].annotation is not str
        }
    assert written == set(questions.OWN), "name it in OWN of modules/questions/__init__.py"
    tree = ast.parse(inspect.getsource(questions))
    (union,) = (
        node.body[0].value
        for node in tree.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    )
    named = {node.id for node in ast.walk(union) if isinstance(node, ast.Name)}
    assert named == {one.__name__ for one in questions.OWN}, "name it in the union AnyQuestion"


def test_every_lab_is_named_in_own():
    written = set()
    for found in pkgutil.iter_modules(labs.__path__):
        module = importlib.import_module(f"modules.labs.{found.name}")
        written |= {found.name} if hasattr(module, "VERSION") else set()
    assert written == set(labs.OWN), "name it in OWN of modules/labs/__init__.py"


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.name)
def test_every_panel_has_the_words_that_all_panels_need(panel):
    texts = words.of("en").texts
    assert [
        key for key in ("about", "table", "how", "hidden") if f"{panel.words}.{key}" not in texts
    ] == []
