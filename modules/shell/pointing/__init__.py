"""A picture whose parts can be pointed at: with a mouse, a finger or the keyboard."""

from modules.shell.pointing.picture import chosen, draw

__all__ = ["chosen", "draw"]
