"""Texts of the organisation’s own that its people read and acknowledge."""
