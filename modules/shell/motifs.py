"""What the covers are drawn with: flat shapes, and one motif for each module's idea.

A motif gets its family's ground, tone and pale colour and returns SVG for a 320 by 180 canvas.
The gold dot is a person; nothing else is gold.
"""

from __future__ import annotations

import random
from math import cos, exp, pi, sin

CREAM, GOLD = "#FAF3E3", "#F2B544"


def circle(x: float, y: float, r: float, fill: str) -> str:
    """A filled disc."""
    return f'<circle cx="{x:.4g}" cy="{y:.4g}" r="{r:g}" fill="{fill}"/>'


def dot(x: float, y: float, r: float = 11) -> str:
    """The person: the one gold dot of a cover, radius 8 to 14."""
    return circle(x, y, r, GOLD)


def block(x: float, y: float, w: float, h: float, fill: str, rx: float = 6, more: str = "") -> str:
    """A rounded rectangle; ``more`` is a further attribute such as a transform."""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{rx:g}" fill="{fill}"{more}/>'
    )


def shape(d: str, fill: str) -> str:
    """A filled path."""
    return f'<path d="{d}" fill="{fill}"/>'


def stroke(d: str, colour: str, width: float = 3) -> str:
    """A round-ended line along a path."""
    ends = 'stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:g}" {ends}/>'


def person(x: float, foot: float, fill: str, size: float = 1.0) -> str:
    """A head over rounded shoulders that stand on ``foot``; 87 high at size 1."""
    w = 32 * size
    body = f"M{x - w:g} {foot:g}a{w:g} {36 * size:g} 0 0 1 {2 * w:g} 0z"
    return circle(x, foot - 70 * size, 17 * size, fill) + shape(body, fill)


def overlap(ground: str, tone: str, pale: str) -> str:
    """Two circles; the person is in the overlap."""
    lens = shape("M160 35.700a62 62 0 0 1 0 108.600a62 62 0 0 1 0-108.600z", CREAM)
    return circle(130, 90, 62, tone) + circle(190, 90, 62, pale) + lens + dot(160, 90, 13)


def temple(ground: str, tone: str, pale: str) -> str:
    """A temple with one cream pillar."""
    pillars = "".join(
        block(x, 76, 18, 62, CREAM if x == 151 else tone, 4) for x in (91, 121, 151, 181, 211)
    )
    roof = shape("M155 27a10 10 0 0 1 10 0l73 36q3 5-3 5H85q-6 0-3-5z", pale)
    return roof + pillars + block(80, 144, 160, 12, pale, 4) + dot(160, 50, 10)


def doors(ground: str, tone: str, pale: str) -> str:
    """Four doors, one of them open."""
    arch = "M{} 138v-62a20 20 0 0 1 40 0v62z"
    closed = "".join(shape(arch.format(x), tone) for x in (44, 94, 144))
    knobs = "".join(circle(x + 32, 104, 3, pale) for x in (44, 94, 144))
    leaf = shape("M234 138V76q0-13-8-18l22-8q8 7 8 20v84z", pale)
    light = shape("M194 138h40l18 24h-76z", tone)
    return closed + knobs + light + shape(arch.format(194), CREAM) + leaf + dot(214, 124, 12)


def eye(ground: str, tone: str, pale: str) -> str:
    """An eye with the person as its light."""
    rays = stroke("M160 24v12M96 36l8 10M224 36l-8 10", CREAM, 4)
    almond = shape("M56 96q104-108 208 0q-104 108-208 0z", pale)
    return (
        rays + almond + circle(160, 96, 39, ground) + circle(160, 96, 26, tone) + dot(160, 96, 14)
    )


def envelope(ground: str, tone: str, pale: str) -> str:
    """An envelope that the person seals."""
    folds = stroke("M94 142l52-46M226 142l-52-46", pale)
    flap = shape("M86 54q0-4 6-4h136q6 0 6 4l-66 58q-8 6-16 0z", pale)
    tick = stroke("M153.500 108.500l5 5 8-10", ground, 3.5)
    return block(86, 50, 148, 98, CREAM, 8) + folds + flap + dot(160, 108, 14) + tick


def scales(ground: str, tone: str, pale: str) -> str:
    """Scales, weighed around the person."""
    stand = stroke("M160 46v102M132 150h56", pale, 8) + stroke("M88 66l144-22", pale, 6)
    ropes = stroke("M88 66l-32 44M88 66l32 44M232 44l-32 44M232 44l32 44", pale, 2.5)
    left = shape("M52 110h72a36 32 0 0 1-72 0z", CREAM)
    return ropes + stand + left + shape("M196 88h72a36 32 0 0 1-72 0z", tone) + dot(160, 40, 13)


def fallen_square(ground: str, tone: str, pale: str) -> str:
    """A grid with one square fallen out."""
    squares = []
    for i in range(24):
        row, column = divmod(i, 6)
        if i not in (9, 17):  # the dot's place and the hole
            fill = pale if i in (3, 6, 13, 20) else tone
            squares.append(block(73 + column * 26, 38 + row * 26, 20, 20, fill, 4))
    fallen = block(236, 122, 20, 20, CREAM, 4, ' transform="rotate(24 246 132)"')
    return "".join(squares) + fallen + dot(161, 74, 11)


def masked(ground: str, tone: str, pale: str) -> str:
    """Three figures, one of them masked."""
    crowd = person(92, 152, tone) + person(228, 152, tone)
    body = shape("M120 152a40 46 0 0 1 80 0z", CREAM)
    mask = circle(160, 76, 21, CREAM) + block(132, 68, 56, 14, ground, 7)
    return crowd + body + mask + dot(160, 130, 11)


def hexagons(ground: str, tone: str, pale: str) -> str:
    """Seven cells that fit, one chosen."""

    def cell(x: float, y: float, fill: str) -> str:
        corners = (
            f"{x + 29 * sin(k * pi / 3):.4g} {y + 29 * cos(k * pi / 3):.4g}" for k in range(6)
        )
        return shape(f"M{'L'.join(corners)}z", fill)

    top = "".join(cell(106 + 54 * i, 66, pale if i == 1 else tone) for i in range(3))
    low = "".join(cell(79 + 54 * i, 113, CREAM if i == 1 else tone) for i in range(4))
    return top + low + dot(133, 113, 12)


def noisy_bell(ground: str, tone: str, pale: str) -> str:
    """A noisy bell curve that hides the person."""
    noise = random.Random(7)
    middles = [160 + 18 * i for i in range(-6, 7)]
    exact = [110 * exp(-(((x - 160) / 46) ** 2)) for x in middles]
    bars = "".join(
        block(x - 7, 150 - tall, 14, tall, tone, 3)
        for x, tall in zip(
            middles, (max(7, h + noise.uniform(-15, 15)) for h in exact), strict=True
        )
    )
    curve = stroke("M44 149C104 147 118 38 160 38S216 147 276 149", pale, 4)
    specks = "".join(
        circle(x + noise.uniform(-7, 7), 140 - h - noise.uniform(2, 34), 3, CREAM)
        for x, h in zip(middles, exact, strict=True)
        if abs(x - 160) > 20
    )
    return bars + curve + specks + circle(160, 104, 18, CREAM) + dot(160, 104, 12)


def spokes(ground: str, tone: str, pale: str) -> str:
    """A hub with spokes; the data stay in their node."""
    ends = [(160, 34), (240, 60), (240, 120), (160, 146), (80, 120), (80, 60)]
    fills = [tone, pale, tone, pale, tone, CREAM]
    lines = stroke("".join(f"M160 90L{x} {y}" for x, y in ends), pale, 2.5)
    nodes = "".join(
        block(x - 17, y - 17, 34, 34, fill, 9) for (x, y), fill in zip(ends, fills, strict=True)
    )
    hub = circle(160, 90, 25, CREAM) + circle(160, 90, 13, ground)
    return lines + nodes + hub + dot(80, 60, 10)


def frames(ground: str, tone: str, pale: str) -> str:
    """Five nested frames: the Five Safes."""
    sizes = [(224, 144, 16), (180, 114, 13), (138, 86, 11), (98, 60, 9), (60, 36, 7)]
    fills = [tone, pale, tone, pale, CREAM]
    nested = (
        block(160 - w / 2, 90 - h / 2, w, h, fill, rx)
        for (w, h, rx), fill in zip(sizes, fills, strict=True)
    )
    return "".join(nested) + dot(160, 90, 11)


def mesh(ground: str, tone: str, pale: str) -> str:
    """A mesh of nodes."""
    at = [(84, 52), (160, 40), (236, 56), (70, 112), (134, 96), (196, 104), (112, 146), (182, 148)]
    at.append((252, 122))
    pairs = "01 12 03 04 14 15 25 28 36 34 46 45 47 57 58 67 78"
    edges = "".join("M{} {}L{} {}".format(*at[int(p[0])], *at[int(p[1])]) for p in pairs.split())
    nodes = "".join(
        circle(x, y, 14, tone if i in (0, 2, 5, 6) else pale)
        for i, (x, y) in enumerate(at)
        if i != 4
    )
    return stroke(edges, pale, 2) + nodes + circle(134, 96, 17, CREAM) + dot(134, 96, 12)


def shield(ground: str, tone: str, pale: str) -> str:
    """A shield."""
    outer = shape("M160 22l62 20v48c0 36-26 58-62 72c-36-14-62-36-62-72V42z", pale)
    left = shape("M160 38l-47 15v37c0 28 19 44 47 56z", tone)
    right = shape("M160 38l47 15v37c0 28-19 44-47 56z", CREAM)
    return outer + left + right + circle(160, 88, 24, ground) + dot(160, 88, 13)


def tree(ground: str, tone: str, pale: str) -> str:
    """A decision tree."""
    lines = "M160 36v32L104 100L72 142M104 100L132 142M160 68L216 100L188 142M216 100L248 142"
    joints = circle(104, 100, 12, tone) + circle(216, 100, 12, tone)
    leaves = "".join(circle(x, 142, 15, pale) for x in (72, 132, 248))
    chosen = circle(188, 142, 17, CREAM) + dot(188, 142, 11)
    return stroke(lines, pale, 4) + circle(160, 36, 16, CREAM) + joints + leaves + chosen


def spark(ground: str, tone: str, pale: str) -> str:
    """A speech bubble with a spark."""
    bubble = shape(
        "M82 40h156a18 18 0 0 1 18 18v54a18 18 0 0 1-18 18h-88l-34 32v-32H82"
        "a18 18 0 0 1-18-18V58a18 18 0 0 1 18-18z",
        CREAM,
    )
    lines = stroke("M88 66h52M88 85h66M88 104h38", pale, 7)
    star = shape("M206 52q5 28 33 33q-28 5-33 33q-5-28-33-33q28-5 33-33z", tone)
    return bubble + lines + star + dot(206, 85, 9)


def bridge(ground: str, tone: str, pale: str) -> str:
    """A bridge carried by people."""
    banks = shape("M0 110h62q8 0 8 8v62H0zM320 110h-62q-8 0-8 8v62h70z", tone)
    people = person(104, 181, pale, 0.93) + person(160, 181, CREAM) + person(216, 181, pale, 0.93)
    deck = stroke("M44 112Q160 64 276 112", CREAM, 11)
    return banks + people + deck + shape("M140 84a20 26 0 0 1 40 0z", pale) + dot(160, 44, 13)


def stairs(ground: str, tone: str, pale: str) -> str:
    """Four steps."""
    fills = [(76, 26, tone), (116, 50, pale), (156, 74, tone), (196, 100, CREAM)]
    steps = "".join(block(x, 150 - h, 40, h + 4, fill, 5) for x, h, fill in fills)
    return steps + stroke("M60 153h200", pale, 5) + dot(216, 34, 13)
