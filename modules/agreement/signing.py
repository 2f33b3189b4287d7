"""Ed25519 signatures over an agreement's exact bytes: made by their holders, checked at start."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Annotated

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pydantic import Field

from modules.agreement.model import ROLES, Agreement, Line, Role, Signer
from modules.basics import BadInput, Content

Sha = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]


class Signature(Content):
    """One person's yes to one state of the agreement."""

    role: Role
    name: Line
    # The day on which she signed, as she said.
    day: Day
    # Her public key and the signature, in base64.
    key: str
    signature: str


class Stamp(Content):
    """Everything in agreement.signatures.yaml: whose bytes these are, and who signed them."""

    sha256: Sha
    signatures: tuple[Signature, ...]


@dataclass(frozen=True)
class Signed:
    """An agreement as it lies on the disk: its clauses, its bytes, its signatures if any."""

    agreement: Agreement
    body: bytes
    sha256: str
    stamp: Stamp | None


@dataclass(frozen=True)
class Verdict:
    """Whether an agreement is signed. ``trouble`` says what does not hold; "" when all does.

    ``missing`` are the signers named in it who have not signed yet. It is `signed` when it names
    signers of both roles and each of them has.
    """

    trouble: str
    missing: tuple[Signer, ...]
    held: tuple[Signature, ...]

    @property
    def signed(self) -> bool:
        """Whether everybody who is to sign has, and every signature holds."""
        roles = {one.role for one in self.held}
        return not self.trouble and not self.missing and roles == set(ROLES)


def message(role: str, name: str, day: str, sha256: str) -> bytes:
    """What is signed: five lines, so that role, name and day cannot be exchanged either."""
    return f"Steward agreement\nrole: {role}\nname: {name}\nday: {day}\nsha256: {sha256}\n".encode()


def public(key: Ed25519PrivateKey) -> str:
    """The public half of a key, as the agreement lists it."""
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def sign(key: Ed25519PrivateKey, of: Signed, *, role: Role, name: str, day: str) -> Signature:
    """Sign an agreement. Raises BadInput unless it names this key for this role and name."""
    mine = public(key)
    if Signer(role=role, name=name, key=mine) not in of.agreement.signers:
        raise BadInput(
            "The agreement does not name you as one who signs. Add these lines below "
            f"`signers:`, let everybody see the file again, and sign then:\n"
            f"  - role: {role}\n    name: {name}\n    key: {mine}"
        )
    made = key.sign(message(role, name, day, of.sha256))
    return Signature(
        role=role, name=name, day=day, key=mine, signature=base64.b64encode(made).decode()
    )


def verify(of: Signed) -> Verdict:
    """Whether each signature is over these very bytes, by a signer that they name."""
    if of.stamp is None:
        return Verdict("", of.agreement.signers, ())
    if of.stamp.sha256 != of.sha256:
        return Verdict(
            "The agreement was changed after it was signed: signed was "
            f"{of.stamp.sha256[:12]}…, found is {of.sha256[:12]}…. Put the signed file back, or "
            "have the new one signed by everybody it names",
            of.agreement.signers,
            (),
        )
    named = {one.key: one for one in of.agreement.signers}
    for one in of.stamp.signatures:
        if named.get(one.key) != Signer.model_construct(role=one.role, name=one.name, key=one.key):
            return Verdict(
                f"{one.name} signed as {one.role} with a key that the agreement does not name. "
                "Take that signature out, or have an agreement signed that names it",
                of.agreement.signers,
                (),
            )
        if not holds(one, of.sha256):
            return Verdict(
                f"The signature of {one.name} does not hold. Ask for it again, or put back the "
                "file of signatures as it was",
                of.agreement.signers,
                (),
            )
    signed = {one.key for one in of.stamp.signatures}
    missing = tuple(one for one in of.agreement.signers if one.key not in signed)
    return Verdict("", missing, of.stamp.signatures)


def holds(one: Signature, sha256: str) -> bool:
    """Whether a signature is by its key, over this agreement, role, name and day."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(one.key, validate=True))
        made = base64.b64decode(one.signature, validate=True)
        if base64.b64encode(made).decode() != one.signature:
            return False
        key.verify(made, message(one.role, one.name, one.day, sha256))
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True
