"""Evidence that an auditor can check away from the system: a hash-chained log, and checkpoints."""

from __future__ import annotations

from modules.evidence.erasing import erase
from modules.evidence.recording import Deed, record, record_all

__all__ = ["Deed", "erase", "record", "record_all"]
