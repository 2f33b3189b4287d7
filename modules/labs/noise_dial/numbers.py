"""The positions of the dial, what they mean in closed form, and how they are written."""

from __future__ import annotations

from math import exp, log

DIAL = (0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0)
SHARES = (0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6)
LIMITS = (3, 6, 10, 15)
"""Errors that readers can live with. The smallest ε on the dial that keeps each is 1, 0.5, 0.3
and 0.2; one step further down the noise is about half as large again, or more.
"""
PLANS = ((6, 15, 30, 30), (10, 10, 15, 30), (6, 10, 30, 30))
"""Errors that the readers of four tables can live with, the most important table first."""
EACH = (0.5, 0.8, 1.0)
"""ε of one answer in the attack. At 0.5 the average of 1,000 answers has a standard error of
√2 · 2 / √1000 = 0.09, so it rounds to another count less than once in ten million.
"""
SENSITIVITY = 1
"""Each resident has one referral, so adding or removing one moves a count by one."""


def scale(epsilon: float) -> float:
    """The scale of Laplace noise, b = Δ/ε (Dwork and others, 2006)."""
    return SENSITIVITY / epsilon


def margin(epsilon: float) -> float:
    """What 95% of errors stay within: P(|X| > t) = exp(−t/b) is 0.05 at t = b · ln 20.

    That is for continuous noise. OpenDP's noise on counts is whole-numbered and keeps the limits
    of this lab a little better: it exceeds each in 2.7% to 4.5% of releases.
    """
    return scale(epsilon) * log(20)


def smallest(limit: float, offered: tuple[float, ...]) -> float:
    """The smallest ε of those offered whose margin is within ``limit``."""
    return min(one for one in offered if margin(one) <= limit)


def factor(epsilon: float) -> float:
    """How many times as likely a result may become with or without one resident: e^ε."""
    return exp(epsilon)


def written(value: float) -> str:
    """A number for reading: 0.05, 2, 3.3, 1,000."""
    text = f"{value:,.2f}" if value < 1 else f"{value:,.1f}"
    return text.rstrip("0").rstrip(".")
