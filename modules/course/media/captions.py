"""WebVTT captions: whether a browser can show them, and their words."""

from __future__ import annotations

import re

TIME = r"(?:(\d+):)?([0-5]\d):([0-5]\d)\.(\d{3})"
CUE = re.compile(rf"^{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t].*)?$")
TAG = re.compile(r"<[^<>]*>")


def problems(data: bytes) -> tuple[str, ...]:
    """What is wrong, each sentence with its line; at most five."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken = 1 + data[: error.start].count(10)
        return (f"line {broken}: byte {data[error.start]:#04x} is not UTF-8. Save it as UTF-8.",)
    found: list[str] = []
    cues, before = 0, -1.0
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        found.append("line 1: expected WEBVTT and nothing else. Correct it.")
    for number, line in enumerate(lines, 1):
        if "-->" not in line:
            continue
        cue = CUE.match(line.strip())
        if not cue:
            found.append(
                f"line {number}: “{line[:40]}” gives no times. Write 00:01.000 --> 00:04.500."
            )
            continue
        cues += 1
        start, end = _seconds(cue.groups()[:4]), _seconds(cue.groups()[4:])
        if end <= start:
            found.append(f"line {number}: the caption ends before it begins. Correct the times.")
        if start < before:
            found.append(
                f"line {number}: the caption begins before the one above. Put it in order."
            )
        before = start
        if number >= len(lines) or not TAG.sub("", lines[number]).strip():
            found.append(f"line {number}: the caption has no words. Write them, or delete it.")
    if not cues:
        found.append("There is no caption in it. Write the times and the words that are said.")
    return tuple(found[:5])


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(one or 0) for one in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
