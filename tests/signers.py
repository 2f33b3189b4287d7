"""People who sign agreements in tests: a data-protection officer and a staff representative."""

from __future__ import annotations

import pytest
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from modules.agreement import current
from modules.agreement.files import add, dump, load, parse, sha256, signatures_of
from modules.agreement.signing import Signed, public, sign
from modules.settings import ROOT

SHIPPED = (ROOT / "agreement.yaml").read_bytes()
DAY = "2026-11-20"


class Signers:
    """One key for each role; ``sign`` writes an agreement that both have signed."""

    def __init__(self, seed: int = 1) -> None:
        self.people = {
            ("dpo", "Dana Officer"): Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32),
            ("staff", "Sami Council"): Ed25519PrivateKey.from_private_bytes(bytes([seed + 1]) * 32),
        }

    @property
    def keys(self) -> list[str]:
        """Their public keys."""
        return [public(key) for key in self.people.values()]

    def naming(self, body: bytes = SHIPPED, number: int = 1) -> bytes:
        """An agreement that names them as those who sign."""
        lines = "".join(
            f"\n  - role: {role}\n    name: {name}\n    key: {public(key)}"
            for (role, name), key in self.people.items()
        )
        numbered = body.replace(b"number: 1\n", f"number: {number}\n".encode())
        return numbered.replace(b"signers: []", f"signers:{lines}".encode())

    def sign(self, path, body: bytes | None = None, by: tuple[Signers, ...] = ()) -> None:
        """Write an agreement and sign it, with others as well if given."""
        path.write_bytes(self.naming() if body is None else body)
        signatures_of(path).unlink(missing_ok=True)
        stamp = None
        for one in (self, *by):
            for (role, name), key in one.people.items():
                made = sign(key, load(path), role=role, name=name, day=DAY)
                stamp = add(stamp, sha256(path.read_bytes()), made)
        signatures_of(path).write_text(dump(stamp), "utf-8")


def agree(monkeypatch: pytest.MonkeyPatch, **clauses: object) -> None:
    """Let the program keep to the shipped agreement with other clauses: ``threshold__least=15``."""
    of = load(ROOT / "agreement.yaml")
    said = of.agreement.model_dump(mode="json")
    for name, value in clauses.items():
        part, _, inner = name.partition("__")
        if inner:
            said[part][inner] = value
        else:
            said[part] = value
    body = yaml.safe_dump(said, allow_unicode=True, sort_keys=False).encode()
    made = Signed(parse(body, "agreement.yaml"), body, sha256(body), None)
    monkeypatch.setattr(current, "in_force", lambda: made)
