"""Modules while they are written: saved word by word, merged, undone, checked and drawn."""
