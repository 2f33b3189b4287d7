"""Pictures, recordings and captions as files: measured, and made fit for a lesson. Pure."""

from __future__ import annotations

from modules.course.media.limits import TYPES, Medium, address, suffix_of, type_of
from modules.course.media.measuring import measured
from modules.course.media.preparing import prepared

__all__ = ["TYPES", "Medium", "address", "measured", "prepared", "suffix_of", "type_of"]
