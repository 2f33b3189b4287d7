"""An encrypted sum with TenSEAL (BFV): five agencies lock, a cloud adds, one key opens."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from modules.labs.libraries import need
from modules.labs.without_pooling.options import AGENCIES

BENEFITS = {
    "housing": "housing support",
    "tax": "council tax support",
    "disability": "disability support",
    "income": "income support",
    "carers": "carer support",
    "pensions": "pension top-up",
}
PAID = "in payment"
DEGREE, ROOM = 4096, 1_032_193
"""BFV's parameters. An opened number is right while it is below ROOM; then it begins at 0 again."""

HOLDERS = ("cloud", "agency", "audit")
CONTEXTS = ("whole", "public")


@dataclass(frozen=True)
class Cloud:
    """What the cloud got and what it could do. ``opened`` is empty where it was refused.

    ``private`` says whether the context that it was handed holds a secret key; sizes in bytes.
    """

    private: bool
    error: str
    opened: tuple[tuple[int, ...], ...]
    sizes: tuple[int, ...]
    context_size: int


@lru_cache(maxsize=64)
def agencies(seed: str) -> tuple[str, ...]:
    """Five of the six agencies, in their order."""
    out = random.Random(f"{seed}/without-pooling/agency").randrange(len(AGENCIES))
    return tuple(one for at, one in enumerate(AGENCIES) if at != out)


@lru_cache(maxsize=1)
def figures() -> dict[str, tuple[int, int, int]]:
    """What each agency pays a week: whole pounds, pence over, and the number of claims."""
    np, synth = need("numpy"), need("modules.synth")
    claims = synth.fernleigh().table("benefit_claims").columns
    paid, pence = claims["status"] == PAID, np.rint(claims["weekly_amount"] * 100)
    told = {}
    for agency, benefit in BENEFITS.items():
        mine = paid & (claims["benefit"] == benefit)
        total = int(pence[mine].sum())
        told[agency] = (total // 100, total % 100, int(mine.sum()))
    return told


def plain(among: tuple[str, ...]) -> tuple[Decimal, int]:
    """The total in pounds and the claims, claim by claim in decimals: no figures, no ciphertext."""
    wanted = {BENEFITS[one] for one in among}
    claims = need("modules.synth").fernleigh().table("benefit_claims")
    names = claims.columns
    total, count = Decimal(0), 0
    for benefit, status, amount in zip(
        names["benefit"].tolist(),
        names["status"].tolist(),
        names["weekly_amount"].tolist(),
        strict=True,
    ):
        if benefit in wanted and status == PAID:
            total += Decimal(str(amount)).quantize(Decimal("0.01"))
            count += 1
    return total, count


def handed_over(context: Any, holder: str, saved: str) -> bytes:
    """The bytes that the cloud is given: with the secret key if it holds it, or if saved whole."""
    whole = holder == "cloud" or saved == "whole"
    return bytes(context.serialize(save_secret_key=whole, save_galois_keys=False))


@lru_cache(maxsize=16)
def attack(seed: str, holder: str, saved: str) -> Cloud:
    """Hand the cloud its context and five ciphertexts, and let it really try to open each."""
    tenseal = need("tenseal")
    context = _keys()
    given = handed_over(context, holder, saved)
    locked = [_lock(context, one) for one in agencies(seed)]
    there = tenseal.context_from(given)
    opened, error = [], ""
    for ciphertext in locked:
        try:
            opened.append(tuple(tenseal.bfv_vector_from(there, ciphertext).decrypt()))
        except ValueError as refused:
            error = f"ValueError: {refused}"
    sizes = tuple(len(one) for one in locked)
    return Cloud(bool(there.is_private()), error, tuple(opened), sizes, len(given))


@lru_cache(maxsize=64)
def total(among: tuple[str, ...]) -> tuple[Decimal, int]:
    """Lock, let a cloud add with a public context, and open the total where the secret key is."""
    tenseal, context = need("tenseal"), _keys()
    there = tenseal.context_from(handed_over(context, "audit", "public"))
    locked = [tenseal.bfv_vector_from(there, _lock(context, one)) for one in among]
    summed = locked[0]
    for one in locked[1:]:
        summed = summed + one
    pounds, pence, count = tenseal.bfv_vector_from(context, summed.serialize()).decrypt()
    return Decimal(pounds) + Decimal(pence) / 100, int(count)


def _keys() -> Any:
    """A new pair of keys and its settings. Nobody can bring it back, so nothing of it is kept."""
    tenseal = need("tenseal")
    return tenseal.context(tenseal.SCHEME_TYPE.BFV, poly_modulus_degree=DEGREE, plain_modulus=ROOM)


def _lock(context: Any, agency: str) -> bytes:
    """The agency's three numbers as one ciphertext."""
    return bytes(need("tenseal").bfv_vector(context, list(figures()[agency])).serialize())
