#!/usr/bin/env python3
"""Check an export of Steward's evidence. Needs Python 3.8 or newer, and nothing else.

python3 verify_evidence.py EXPORT [PUBLIC_KEY [EARLIER_EXPORT]]

Exit 0: it holds; 1: it does not, and what is wrong; 2: it cannot be read. PUBLIC_KEY ("" for none,
several with commas) is what you were given otherwise than by the file. EARLIER_EXPORT is an export,
or a file of checkpoints, that you kept: the log must still hold it. docs/evidence.md: the format.
"""

import gzip
import hashlib
import json
import sys

# Ed25519 (RFC 8032), the verifying half. A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.
P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def plus(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    g, h = 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, a, total=(0, 1, 1, 0)):
    while n:
        total, a, n = (plus(total, a) if n & 1 else total), plus(a, a), n >> 1
    return total


def point(data):
    sign, y = divmod(int.from_bytes(data, "little"), 2**255)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        raise ValueError("no point of the curve")
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


def signed(key, signature, *told):
    """Whether the signature, in hexadecimal digits as the key, is of these lines."""
    try:
        public, both = bytes.fromhex(key), bytes.fromhex(signature)
        a, r, s = point(public), point(both[:32]), int.from_bytes(both[32:], "little")
        base = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
        if (public.hex(), both.hex(), len(public + both), s < Q) != (key, signature, 96, True):
            return False
    except ValueError:
        return False
    h = hashlib.sha512(both[:32] + public + "\n".join(told).encode()).digest()
    one, two = times(s, base), plus(r, times(int.from_bytes(h, "little") % Q, a))
    return not any((one[i] * two[2] - two[i] * one[2]) % P for i in (0, 1))


def sha256(*told):
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()


def lines(path):
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rb") as file:
        yield from ((line, json.loads(line)) for line in file)


def check_entry(e, number, before, head, gaps, found):
    body = e.get("body")
    hashed = e["body_hash"] if body is None else sha256(body)
    if (e["number"], e["previous"]) != (number, before):
        found.append(f"entry {number} does not follow here: entry {e['number']} does")
    if e["hash"] != sha256(head["entries"], head["log"], str(e["number"]), e["previous"], hashed):
        found.append(f"entry {e['number']} was changed after it was made")
    if body is None:
        gaps["sealed"] += 1
        return
    told = json.loads(body)
    # A unit's export names its own people, and nobody who did something to them.
    withheld = ("by_" if head["scope"] == "unit" else "none") if head["names"] else ""
    kept = [one for one in told["fields"] if one in ("person", "by") or one.find(withheld) != 0]
    gaps["missing"] += len(kept) - len(e["fields"])
    gaps["erased"] += told["facts"]["fields"] if told["kind"] == "erasure" else 0
    for name, salt, value in e["fields"]:
        if len(salt) != 32 or told["fields"].get(name) != sha256(salt, name, value):
            found.append(f"entry {e['number']} has another “{name}” than was recorded")
    if len({one[0] for one in e["fields"]}) != len(e["fields"]):
        found.append(f"entry {e['number']} has a personal field twice")


def check_marks(marks, old, hashes, head, trusted, found):
    chain, last, any_signed = "0" * 64 if head["first"] == 1 else "", -1, False
    for place, c in enumerate(marks + old):
        n, public, signature = c["number"], c["public_key"], c["signature"]
        told = ["steward-checkpoint-1", head["log"], str(n), c["hash"], c["at"], c["previous"]]
        if hashes.get(n) != c["hash"]:
            found.append(f"entry {n} is not there, or not the one of its checkpoint")
        sound = signed(public, signature, *told, public) if signature or public else not any_signed
        if not sound or (trusted and public not in ("", *trusted)):
            found.append(f"entry {n} has a checkpoint that is not signed as it should be")
        if place < len(marks):
            if n <= last or (chain and c["previous"] != chain):
                found.append(f"entry {n} has a checkpoint that does not follow on the one before")
            chain, last = sha256(*told, public, signature), n
            any_signed = bool(signature or any_signed)
    if trusted and marks and not marks[-1]["signature"]:
        found.append(f"entry {last} has the last checkpoint, and it is not signed")


def check(path, key="", since=""):
    """Gives the first line of the file, what is wrong, and what is not there."""
    found, gaps, marks, end = [], {"missing": 0, "erased": 0, "sealed": 0}, [], {}
    trusted = [one.strip().lower() for one in key.split(",") if one.strip()]
    old = [one["checkpoint"] for _, one in lines(since) if "checkpoint" in one] if since else []
    if since and not old:
        raise ValueError("there is no checkpoint in what you kept")
    reading = lines(path)
    raw, head = next(reading)
    if (head["steward"], head["entries"]) != ("steward-export-1", "steward-evidence-1"):
        raise ValueError("the first line is not that of an export")
    total, number, before = hashlib.sha256(raw), head["first"] - 1, head["previous"]
    hashes = {**{one["number"]: "" for one in old}, number: before}
    for raw, one in reading:
        if end:
            found.append("the file goes on after its end")
        end = one.get("end", {})
        total.update(b"" if end else raw)
        if "checkpoint" in one:
            marks.append(one["checkpoint"])
            hashes.setdefault(one["checkpoint"]["number"], "")
        elif not end:
            check_entry(one, number + 1, before, head, gaps, found)
            number, before = one["number"], one["hash"]
            hashes.update({number: before} if number in hashes else {})
    public, told = end.get("public_key"), [head["steward"], head["log"], total.hexdigest()]
    last = json.dumps({"end": end}, separators=(",", ":")).encode() + b"\n"
    if (raw, end.get("sha256"), public) != (last, told[2], head["public_key"]):
        found.append("the file is cut off, or not as it was written")
    elif trusted and public not in trusted:
        found.append("the file is not signed with this key")
    elif public and not signed(public, end["signature"], *told):
        found.append("the signature of the file does not hold")
    if (number, before, len(marks)) != (head["last"], head["hash"], head["checkpoints"]):
        found.append("the file does not hold what its first line announces")
    less, whole = gaps["missing"] - gaps["erased"], head["first"] == 1 and head["names"]
    if less > 0 or (less and whole and head["scope"] == "organisation"):
        found.append("more personal fields are missing than were erased")
    check_marks(marks, old, hashes, head, trusted, found)
    return head, found, gaps


if __name__ == "__main__":
    try:
        head, found, gaps = check(*(sys.argv[1:] or sys.exit(__doc__)))
    except Exception as error:
        print(f"NOT CHECKED. This cannot be read as an export: {error!r}")
        sys.exit(2)
    told = f"entries {head['first']} to {head['last']} of {head['organisation']}"
    print("DOES NOT HOLD:" if found else "HOLDS:", told, *found[:20], sep="\n")
    print(f"{gaps['missing']} personal fields erased or missing, {gaps['sealed']} entries sealed")
    if not any(sys.argv[2:3]):
        print("No PUBLIC_KEY was given: whoever wrote this file could have made all of it anew.")
    sys.exit(1 if found else 0)
