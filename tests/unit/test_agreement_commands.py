"""Signing by the command line, as a data-protection officer does it."""

import json

from typer.testing import CliRunner

from modules.commands import app
from tests.signers import SHIPPED


def run(*words, given=None):
    return CliRunner().invoke(app, ["agreement", *map(str, words)], input=given)


def test_from_two_keys_to_a_signed_agreement(tmp_path):
    path, lines = tmp_path / "agreement.yaml", []
    for role, name in (("dpo", "Dana Officer"), ("staff", "Sami Council")):
        made = run("key", "--out", tmp_path / f"{role}.pem")
        assert made.exit_code == 0
        public = made.output.split()[-1]
        lines.append(f"\n  - role: {role}\n    name: {name}\n    key: {public}")
    path.write_bytes(SHIPPED.replace(b"signers: []", f"signers:{''.join(lines)}".encode()))
    before = run("verify", "--file", path)
    assert before.exit_code == 1
    assert "Not signed by anybody." in before.output
    first = run(
        *("sign", "--key", tmp_path / "dpo.pem", "--as-role", "dpo"),
        *("--name", "Dana Officer", "--file", path),
    )
    assert "Not signed yet by Sami Council." in first.output
    assert "can be read by others" not in first.stderr
    (tmp_path / "staff.pem").chmod(0o644)
    second = run(
        *("sign", "--key", tmp_path / "staff.pem", "--as-role", "staff"),
        *("--name", "Sami Council", "--file", path),
    )
    assert "Signed by Dana Officer and Sami Council." in second.output
    assert "staff.pem can be read by others on this machine." in second.stderr
    told = json.loads(run("verify", "--file", path, "--json").output)
    assert told["signed"]
    assert [one["name"] for one in told["held"]] == ["Dana Officer", "Sami Council"]
    path.write_bytes(path.read_bytes() + b"\n")
    after = run("verify", "--file", path)
    assert after.exit_code == 1
    assert "changed after it was signed" in after.output


def test_a_key_with_a_passphrase_asks_for_it_and_a_wrong_one_is_told(tmp_path):
    key, path = tmp_path / "key.pem", tmp_path / "agreement.yaml"
    path.write_bytes(SHIPPED)
    assert run("key", "--out", key, "--passphrase", given="long words\nlong words\n").exit_code == 0
    rest = ("sign", "--key", key, "--as-role", "dpo", "--name", "Dana", "--file", path)
    assert "does not open" in run(*rest, given="other words\n").output
    assert "does not name you" in run(*rest, given="long words\n").output


def test_a_role_that_no_agreement_knows_is_told(tmp_path):
    key, path = tmp_path / "key.pem", tmp_path / "agreement.yaml"
    path.write_bytes(SHIPPED)
    run("key", "--out", key)
    said = run("sign", "--key", key, "--as-role", "boss", "--name", "B", "--file", path)
    assert said.exit_code == 1
    assert "It is dpo or staff." in said.output


def test_the_difference_of_two_files_is_told_in_sentences(tmp_path):
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_bytes(SHIPPED)
    new.write_bytes(SHIPPED.replace(b"notes: 90", b"notes: 30"))
    told = run("diff", old, new).output
    assert "- Your notes to yourself are deleted 90 days after you wrote them." in told
    assert "+ Your notes to yourself are deleted 30 days after you wrote them." in told
    assert run("diff", old, old).output == "Byte for byte the same.\n"
    assert json.loads(run("diff", old, new, "--json").output)[0]["clause"] == "retention.notes"


def test_show_tells_every_part_and_that_nobody_has_signed():
    told = run("show").output
    assert "Not signed by anybody." in told
    assert "What managers see" in told
    assert "Figures are shown of 10 people or more." in told
    assert json.loads(run("show", "--json").output)["threshold"] == {"least": 10, "learned": 30}
