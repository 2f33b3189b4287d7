"""Figures in text that name no source: shares, years, counts, money and places in a law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from modules.course.facts import CITE, LINK_TARGET, paragraphs

# A place in a law, or a case by its number. Nothing invented has one.
LAW = re.compile(
    r"""
      \bArt(?:icle|s|icles)?\.?\s?\d+
    | \b(?:[Rr]ecitals?|[Ss]ections?|[Ss]chedules?|Annex(?:es)?)\s(?:\d+|[IVX]+\b)
    | (?<![\w.])ss?\.\s?\d+ | §+\s?\d+
    | \bC[-‑]\d+/\d\d\b | \bECLI:\S+ | \[(?:19|20)\d\d\]\s[A-Z]{2,}\s\d+
    """,
    re.VERBOSE,
)
# What a reader takes for a finding: a share, a year.
SHARE = re.compile(
    r"""
      \d[\d.,]*\s?(?:%|per\ ?cent\b|percent\b)
    | (?<![\w£€$.,-])(?:19|20)\d\d(?!\w|[.,]\d)
    """,
    re.VERBOSE,
)
PEOPLE = (
    "people|persons|residents|citizens|patients|claimants|users|subscribers|members|officers|staff|"
    "employees|pupils|students|parents|households|families|records|addresses|agencies|organisations"
)
# What may as well be a case's: an amount, a count, so many of so many.
COUNT = re.compile(
    rf"""
      (?:A\$|[£€$])\s?\d[\d.,]*(?:\s?(?:million|billion|bn|m\b))?
    | \d[\d.,]*\s?(?:million|billion|bn\b)
    | \b(?:half\ a|a\ quarter\ of\ a|one|two|three|four|five|ten)\ (?:million|billion)\b
    | (?<![\w.,])\d{{1,3}}(?:,\d{{3}})+
    | \b\d+\s(?:of|out\ of|in)\s(?:every\s)?\d+\b
    | (?<![\w.,:-])\d{{2,}}\s(?:[a-z]+\s)?(?:{PEOPLE})\b
    """,
    re.VERBOSE,
)
INVENTED = re.compile(
    r"\b(?:Fernleigh|[Ii]nvented|[Mm]ade[- ]up|[Ss]ynthetic|[Ii]magine|[Ss]uppose)"
)
# Names that no invented figure stands beside.
REAL = re.compile(
    r"\b(?:UK|EU|US|USA|NHS|GDPR|ICO|EDPB|OECD|NIST|PSNI|OAIC|England|Scotland|Wales|Ireland|"
    r"Britain|British|Europe(?:an)?|Dutch|Netherlands|Estonia|Australian?|America[n]?|Census|"
    r"Capgemini|Ofqual|AOL|Netflix|Strava|SyRI|Robodebt|Parliament|Court of Justice)\b"
)


def bare_figures(text: str, *, invented: bool = False) -> Iterator[tuple[int, str]]:
    """Figures in paragraphs that cite nothing: (line from 0, what it says).

    A paragraph that names Fernleigh, or says that it is invented, may name any figure but a place
    in a law; so may, for counts and amounts alone, every paragraph of a text that plays in
    Fernleigh (``invented``). Neither holds beside the name of a real country, body or case.
    """
    for first, block in paragraphs(text):
        if CITE.search(block):
            continue
        real = REAL.search(block) is not None
        free = INVENTED.search(block) is not None and not real
        kinds = [LAW]
        if not free:
            kinds += [SHARE] if invented and not real else [SHARE, COUNT]
        for offset, line in enumerate(block.splitlines()):
            shown = LINK_TARGET.sub("", line)
            found = [one for kind in kinds for one in kind.finditer(shown)]
            last = -1
            for one in sorted(found, key=lambda match: (match.start(), -match.end())):
                if one.start() >= last:
                    yield first + offset, one.group().strip().rstrip(".,")
                    last = one.end()
