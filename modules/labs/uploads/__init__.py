"""The one door for files that learners bring: small, plain, harmless, and about nobody real."""

from __future__ import annotations

from modules.labs.uploads.asking import ask
from modules.labs.uploads.door import Accepted, Refusal, accept, workbook
from modules.labs.uploads.personal import looks_real

__all__ = ["Accepted", "Refusal", "accept", "ask", "looks_real", "workbook"]
