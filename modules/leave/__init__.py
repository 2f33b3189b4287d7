"""What excuses from a duty: exemptions that a manager gives, and more time."""

from __future__ import annotations

from modules.leave.exempting import end, exempt
from modules.leave.extending import ask, decide, give, refuse, take_back, withdraw
from modules.leave.mine import Leaves, my_leave

__all__ = [
    "Leaves",
    "ask",
    "decide",
    "end",
    "exempt",
    "give",
    "my_leave",
    "refuse",
    "take_back",
    "withdraw",
]
