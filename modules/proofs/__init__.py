"""Training that took place elsewhere: entered by hand with who, why, when and which document."""

from __future__ import annotations

from modules.proofs.entering import Proof, enter
from modules.proofs.finding import (
    Found,
    choices,
    entered,
    find,
    modules,
    named,
    own_proofs,
)
from modules.proofs.withdrawing import withdraw

__all__ = [
    "Found",
    "Proof",
    "choices",
    "enter",
    "entered",
    "find",
    "modules",
    "named",
    "own_proofs",
    "withdraw",
]
