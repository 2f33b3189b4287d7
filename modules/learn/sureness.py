"""A learner's own calibration: how sure she was and how often right. Read by herself alone."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from db import attempts
from modules import charts, markup
from modules.access import Viewer, require
from modules.agreement.current import agreed
from modules.basics import Surface, Words
from modules.learn import receipts
from modules.progress.calibration import LEAST, Bin, Calibration, calibration, said_in

# Answers with one word from which a sentence may be built on it, and how far apart how sure and
# how right have to be before we call them different.
ENOUGH, APART = 5, 0.05


@dataclass(frozen=True)
class Sureness:
    """The answers given with a word so far, and the picture once there are enough of them."""

    answers: int
    picture: Calibration | None


def my_sureness(session: Session, viewer: Viewer) -> Sureness:
    """How sure the viewer was wherever she may see how it went. Two queries and the content."""
    require(viewer, "learn.calibration")
    org, person = viewer.org_id, viewer.person_id
    sittings = attempts.of_person(session, org_id=org, person_id=person)
    found = receipts.read(session, org, sittings)
    told = [one for one in found if one.told]
    said = [word for one in told if one.module for word in said_in(one.module, [one.sheet])]
    return Sureness(len(said), calibration(said))


def draw(surface: Surface, found: Sureness, dark: bool, say: Words) -> None:
    """The picture with its finding first; one sentence while there are too few answers."""
    surface.header(say("me.sure.title"), anchor=False)
    picture = found.picture
    if picture is None and not agreed().confidence.asked:
        surface.markdown(say("me.sure.not_asked"))
        return
    if picture is None:
        left = LEAST - found.answers
        key = "missing_one" if left == 1 else "missing"
        surface.markdown(say(f"me.sure.{key}", least=LEAST, left=left))
        surface.caption(say("me.sure.who"))
        return
    finding = _finding(picture, say)
    surface.markdown(f"**{finding}** {_whole(picture, say)}" if finding else _whole(picture, say))
    surface.caption(f"{say('me.sure.about')} {say('me.sure.who')}")
    points = tuple(_point(one, say) for one in picture.bins)
    alt = say("me.sure.alt", finding=finding or _whole(picture, say), values=_values(picture, say))
    spec = charts.calibration(points, say("me.sure.aim"), dark)
    surface.vega_lite_chart(spec, alt=alt, key="me/sure/chart")
    below = surface.expander(say("manage.as_table"), key="me/sure/table")
    below.html(_table(picture, say))
    how = surface.popover(say("manage.how"), type="tertiary", key="me/sure/how")
    names = {word: say(f"confidence.{word}") for word in ("guess", "certain")}
    brier = f"{picture.brier:.2f}"
    how.markdown(say("me.sure.how", answers=picture.answers, brier=brier, **names))


def _finding(picture: Calibration, say: Words) -> str:
    """The surest word that was used often enough, in a sentence; "" when none was."""
    often = [one for one in picture.bins if one.answers >= ENOUGH]
    if not often:
        return ""
    surest, word = often[-1], say(f"confidence.{often[-1].word}").lower()
    if surest.right == surest.answers:
        return say("me.sure.every", word=word)
    return say("me.sure.times", word=word, times=round(10 * surest.share))


def _whole(picture: Calibration, say: Words) -> str:
    way = "surer" if picture.bias > APART else "righter" if picture.bias < -APART else "even"
    return say(f"me.sure.{way}", said=f"{picture.said:.0%}", share=f"{picture.share:.0%}")


def _point(one: Bin, say: Words) -> charts.Point:
    told = say("me.sure.of", right=one.right, answers=one.answers)
    few = one.answers < ENOUGH
    return charts.Point(say(f"confidence.{one.word}"), one.said, one.share, told, few)


def _values(picture: Calibration, say: Words) -> str:
    return "; ".join(
        say(
            "me.sure.value",
            word=say(f"confidence.{one.word}"),
            said=f"{one.said:.0%}",
            right=one.right,
            answers=one.answers,
        )
        for one in picture.bins
    )


def _table(picture: Calibration, say: Words) -> str:
    rows = [
        [
            say(f"confidence.{one.word}"),
            f"{one.said:.0%}",
            f"{say('me.sure.of', right=one.right, answers=one.answers)} ({one.share:.0%})",
        ]
        for one in picture.bins
    ]
    header = [say(f"me.sure.column.{name}") for name in ("word", "stands", "right")]
    return markup.table_html(say("me.sure.table"), header, rows)
