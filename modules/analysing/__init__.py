"""How questions, stories and lessons did in a whole organisation: counted and kept."""

from modules.analysing.counting import catch_up, keep, uncounted
from modules.analysing.reading import Analysis, Belief, Objective, read

__all__ = ["Analysis", "Belief", "Objective", "catch_up", "keep", "read", "uncounted"]
