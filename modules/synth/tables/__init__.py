"""The twelve tables: one file each, with a ``build`` that takes the town and returns what it made.

Each draws from streams of its own, so tables can be built in any order, or not at all.
"""
