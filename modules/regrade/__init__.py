"""Regrade: answers to a corrected item are graded again, and nothing granted is taken away.

An answer keeps the grade that it got first; what counts now stands beside it (`db.grades`).
`judging` is pure; `planning` says what would change, `applying` does it, `undoing` takes it back,
`following` lets late answers on the old content be graded as those before them.
"""
