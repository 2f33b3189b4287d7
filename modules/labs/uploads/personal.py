"""Whether a text looks as if it told of real people, by identifiers that invented ones avoid.

Made up on purpose, and let through: addresses at example domains (RFC 2606), UK numbers that Ofcom
keeps for drama, National Insurance numbers that begin with QQ, NHS numbers that begin with 999,
postcodes of areas that do not exist, such as QF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_EMAIL = re.compile(r"[\w+'-]@((?:[\w-]{1,63}\.)+[A-Za-z]{2,24})")
_EXAMPLE = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|org|net|gov\.uk|co\.uk))?|test|invalid)$")
_INSURANCE = re.compile(
    r"\b(?!QQ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?(?:\d\d ?){3}[A-D]\b", re.IGNORECASE
)
_HEALTH = re.compile(r"(?<![\d-])\d{3}[ -]\d{3}[ -]\d{4}(?![\d-])")
_PHONE = re.compile(
    r"(?<![\w.,-])(?:\+44 ?(?:\(0\) ?)?|0044 ?|0)([1-37](?:[ -]?\d){8,9})(?![\d.,-]\d|\d)"
)
_POSTCODE = re.compile(r"\b([A-Z]{1,2})\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b")
# Ofcom, numbers for use in TV and radio drama: whole numbers without the leading 0.
_DRAMA = re.compile(
    r"7700900\d{3}|1632960\d{3}|3069990\d{3}|2079460\d{3}|2920180\d{3}|28964960\d{2}"
    r"|2896496\d{3}|1914980\d{3}|(?:113|114|115|116|117|118|121|131|141|151|161)4960\d{3}"
)
AREA = re.compile(
    r"A[BL]|B[ABDHLNRSTX]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?"
    r"|H[ADGPRSUX]|I[GMPV]|J[E]|K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]"
    r"|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|U[B]|W[ACDFNRSV]?|Y[O]|Z[E]"
)
"""The areas of UK postcodes."""


def looks_real(text: str) -> str:
    """The kind of identifier that looks real: email, insurance, health, phone, postcode; or ""."""
    return next(_kinds(text), "")


def _kinds(text: str) -> Iterator[str]:
    if any(not _EXAMPLE.search(domain.lower()) for domain in _EMAIL.findall(text)):
        yield "email"
    if _INSURANCE.search(text):
        yield "insurance"
    if any(_health_number(one) for one in _HEALTH.findall(text)):
        yield "health"
    if any(not _DRAMA.fullmatch(re.sub(r"\D", "", one)) for one in _PHONE.findall(text)):
        yield "phone"
    if any(AREA.fullmatch(area) for area in _POSTCODE.findall(text)):
        yield "postcode"


def _health_number(written: str) -> bool:
    """Whether the check digit of an NHS number fits, outside the range kept for tests (999)."""
    digits = [int(one) for one in written if one.isdigit()]
    check = (11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11) % 11
    return digits[:3] != [9, 9, 9] and check == digits[9]
