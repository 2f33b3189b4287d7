"""Steward: training on privacy and the ethical use of citizen data."""

__version__ = "0.1.0"
