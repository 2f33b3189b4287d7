"""Who signed: by which key, over which bytes, and what does not hold."""

import dataclasses

import pytest

from modules.agreement import keys
from modules.agreement.files import NotAgreed, dump, load, signatures_of, stamp_of
from modules.agreement.limits import check
from modules.agreement.signing import holds, sign, verify
from modules.basics import BadInput
from modules.manage.panels import PANELS
from modules.settings import Settings
from tests.signers import SHIPPED, Signers


@pytest.fixture
def path(tmp_path):
    where = tmp_path / "agreement.yaml"
    Signers().sign(where)
    return where


def start(path):
    check(load(path), Settings(), panels=[one.name for one in PANELS])


def test_an_agreement_that_everybody_it_names_has_signed_is_signed(path):
    found = verify(load(path))
    assert found.signed
    assert [one.role for one in found.held] == ["dpo", "staff"]
    start(path)


def test_one_that_somebody_has_still_to_sign_is_not_signed_and_names_who(path):
    stamp = stamp_of(signatures_of(path).read_bytes(), "s")
    half = stamp.model_copy(update={"signatures": stamp.signatures[:1]})
    signatures_of(path).write_text(dump(half), "utf-8")
    found = verify(load(path))
    assert not found.signed
    assert [one.name for one in found.missing] == ["Sami Council"]


def test_a_signed_file_changed_by_one_byte_stops_the_start_with_a_sentence(path):
    path.write_bytes(path.read_bytes().replace(b"sign_in_hours: 12", b"sign_in_hours: 13"))
    with pytest.raises(NotAgreed, match="changed after it was signed") as refused:
        start(path)
    assert "\n" not in str(refused.value)


def test_changing_the_named_hash_as_well_does_not_help(path):
    path.write_bytes(path.read_bytes() + b"#")
    text = signatures_of(path).read_text("utf-8")
    old = stamp_of(text.encode(), "s").sha256
    signatures_of(path).write_text(text.replace(old, load(path).sha256), "utf-8")
    with pytest.raises(NotAgreed, match="does not hold"):
        start(path)


@pytest.mark.parametrize("field", ["role", "name", "day", "key", "signature"])
def test_nothing_of_a_signature_can_be_exchanged(path, field):
    of = load(path)
    first, second = of.stamp.signatures
    other = {"day": "2026-11-21"}.get(field, getattr(second, field))
    assert other != getattr(first, field)
    forged = first.model_copy(update={field: other})
    assert not holds(forged, of.sha256)
    stamp = of.stamp.model_copy(update={"signatures": (forged, second)})
    assert not verify(dataclasses.replace(of, stamp=stamp)).signed
    assert verify(dataclasses.replace(of, stamp=stamp)).trouble


def test_somebody_whom_the_agreement_does_not_name_cannot_sign_it(path):
    stranger = Signers(9)
    (key, *_) = stranger.people.values()
    with pytest.raises(BadInput, match="does not name you") as refused:
        sign(key, load(path), role="dpo", name="Dana Officer", day="2026-11-20")
    assert stranger.keys[0] in str(refused.value)


def test_one_person_in_both_roles_is_two_keys_and_one_role_alone_is_refused(tmp_path):
    body = Signers().naming().replace(b"role: staff", b"role: dpo")
    (tmp_path / "a.yaml").write_bytes(body)
    with pytest.raises(NotAgreed, match="at least one dpo and one staff"):
        load(tmp_path / "a.yaml")
    assert body != SHIPPED


def test_a_key_is_written_for_its_owner_alone_and_never_over_a_file(tmp_path):
    where = tmp_path / "key.pem"
    public = keys.make(where)
    assert where.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BadInput, match="never written over"):
        keys.make(where)
    assert len(public) == 44
    assert not keys.locked(where)


def test_a_key_with_a_passphrase_opens_with_it_alone(tmp_path):
    where = tmp_path / "key.pem"
    keys.make(where, "correct horse")
    assert keys.locked(where)
    keys.load(where, "correct horse")
    for wrong in ("", "wrong horse"):
        with pytest.raises(BadInput, match="does not open"):
            keys.load(where, wrong)


def test_another_kind_of_key_is_refused(tmp_path):
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    made = ec.generate_private_key(ec.SECP256R1())
    where = tmp_path / "key.pem"
    where.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(BadInput, match="another kind"):
        keys.load(where)
