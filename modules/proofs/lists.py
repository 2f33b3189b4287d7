"""The closed lists of proofs by hand: what took place, and why it counts."""

from __future__ import annotations

KINDS = ("classroom", "prior", "printed")
# Why it counts as the module.
REASONS = ("covered", "tested", "certified")

LONGEST = 80
"""Characters of a document's reference: a file number, never its content."""

MOST = 500
"""People at once: a large classroom."""

YEARS = 3
"""How long ago it may have been."""
