"""Pass-phrases: which may be chosen, and how they are kept.

The rules are those of NIST SP 800-63B-4, section 3.1.1.2: length counts and nothing else. At least
15 characters where the pass-phrase is the only factor, 8 where a second one is always asked for;
every Unicode character, each counted once, after NFKC; the whole of it is compared with a list of
common ones and with names that anybody would try; no rules of composition, no change by the
calendar, no hints.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import threading
import unicodedata
from collections.abc import Collection
from functools import cache
from itertools import pairwise
from pathlib import Path

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from modules.settings import key_for

ALONE = 15
"""The least number of characters where nothing else is asked for."""

WITH_SECOND = 8
"""The least number where a second factor is always asked for."""

MOST = 200
"""The largest number; NIST asks for at least 64."""

COMMON = Path(__file__).parent / "common.txt"
# Long ones that everybody knows, and lists of passwords do not have: letters and digits only.
FAMOUS = frozenset(
    {
        "correcthorsebatterystaple",
        "thequickbrownfoxjumpsoverthelazydog",
        "thequickbrownfox",
        "loremipsumdolorsitamet",
        "tobeornottobethatisthequestion",
        "maytheforcebewithyou",
        "itwasthebestoftimesitwastheworstoftimes",
        "onceuponatimeinalandfarfaraway",
        "onceuponatime",
        "twinkletwinklelittlestar",
        "maryhadalittlelamb",
        "godsavetheking",
        "opensesame",
        "letmeinplease",
        "thisismypassword",
        "thisismypassphrase",
        "mypassphraseislong",
        "mypasswordis",
        "passphrase",
        "iforgotmypassword",
        "changemeplease",
        "winteriscoming",
        "neverevergiveup",
        "nevergonnagiveyouup",
        "abcdefghijklmnopqrstuvwxyz",
        "zyxwvutsrqponmlkjihgfedcba",
        "qwertyuiopasdfghjklzxcvbnm",
        "qwertzuiopasdfghjklyxcvbnm",
        "azertyuiopqsdfghjklmwxcvbn",
    }
)
# RFC 9106, section 4, second recommended option (64 MiB, three passes, four lanes); above OWASP's
# least (Password Storage Cheat Sheet: 19 MiB, two passes, one lane).
HASHER = PasswordHasher(
    time_cost=3, memory_cost=64 * 1024, parallelism=4, hash_len=32, salt_len=16, type=Type.ID
)
# So many at once in a process: a flood of sign-ins takes 256 MiB and no more.
AT_ONCE = threading.BoundedSemaphore(4)


def normal(passphrase: str) -> str:
    """As it is counted, compared and hashed: NFKC, so that keyboards which compose differ not."""
    return unicodedata.normalize("NFKC", passphrase)


def length(passphrase: str) -> int:
    """Its characters: each code point of the normalised text counts once."""
    return len(normal(passphrase))


def fault(passphrase: str, *, second: bool, names: Collection[str] = ()) -> str:
    """Why a pass-phrase cannot be chosen, as the end of a word key; "" when it can.

    ``second`` says that a second factor is always asked for; ``names`` are those of the service,
    the organisation and the person, which anybody would try.
    """
    text = normal(passphrase)
    if len(text) < (WITH_SECOND if second else ALONE):
        return "short"
    if len(text) > MOST:
        return "long"
    if "\x00" in text:
        return "unreadable"
    whole = text.casefold().strip()
    bare = plain(whole)
    core = once(_letters(bare))
    if len(set(bare or whole)) < 5 or _runs(bare):
        return "repeats"
    forms = {whole, bare, once(bare), core, _letters(once(bare))}
    if forms & common() or forms & FAMOUS:
        return "common"
    return "named" if _only_names(bare, names) else ""


def plain(text: str) -> str:
    """Its letters and digits in lower case: what is left when dashes and dots are taken off."""
    return "".join(one for one in text.casefold() if one.isalnum())


def once(text: str) -> str:
    """The part that a text repeats from its beginning to its end; else the text."""
    # The smallest turn that leaves the text as it is.
    turn = (text + text).find(text, 1) if text else 0
    return text[:turn] if 0 < turn < len(text) else text


def _letters(bare: str) -> str:
    """Without the digits at both ends, which are what people add to a word."""
    return re.sub(r"^\d+|\d+$", "", bare)


def _runs(bare: str) -> bool:
    """Whether each character follows the one before, up or down, as in 123456789012345."""
    steps = {ord(b) - ord(a) for a, b in pairwise(bare)}
    return bool(steps) and (steps <= {1, -9} or steps <= {-1, 9})


def _only_names(bare: str, names: Collection[str]) -> bool:
    """Whether nothing but names and digits is in it, or a trifle more."""
    rest, found = bare, False
    words = {part for name in names for part in re.split(r"[\W_]+", name.casefold()) if part}
    words |= {plain(name) for name in names}
    for word in sorted((one for one in words if len(one) >= 3), key=len, reverse=True):
        found = found or word in rest
        rest = rest.replace(word, "")
    return found and len(re.sub(r"\d", "", rest)) < 4


@cache
def common() -> frozenset[str]:
    """The shipped list of common pass-phrases, in lower case."""
    lines = COMMON.read_text("utf-8").splitlines()
    return frozenset(one for one in lines if one and not one.startswith("# ") and one != "#")


def _keyed(passphrase: str) -> str:
    """The pass-phrase under the installation's key: a stolen table alone cannot be guessed at."""
    text = normal(passphrase).encode("utf-8", "surrogatepass")
    return hmac.new(key_for("passphrase"), text, hashlib.sha256).hexdigest()


def hashed(passphrase: str) -> str:
    """What is stored of a pass-phrase: argon2id of it, with its parameters and salt."""
    with AT_ONCE:
        return HASHER.hash(_keyed(passphrase))


@cache
def nobodys() -> str:
    """A hash that no pass-phrase fits: for whoever has none, so that it takes as long."""
    return hashed(secrets.token_urlsafe(32))


def fits(stored: str | None, passphrase: str) -> bool:
    """Whether this is the pass-phrase. Without a stored hash it takes as long, and is False."""
    against = stored or nobodys()
    try:
        with AT_ONCE:
            right = HASHER.verify(against, _keyed(passphrase))
    except (VerificationError, InvalidHashError):
        return False
    return bool(right and stored)


def outdated(stored: str) -> bool:
    """Whether a hash was made with other parameters than today's: hash again at the sign-in."""
    return HASHER.check_needs_rehash(stored)
