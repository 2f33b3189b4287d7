"""What administrators are told on their first pages, because somebody has to act today."""

from __future__ import annotations

from modules.shell.frame import Frame
from modules.shell.menu import script


def mail(frame: Frame, rung: str) -> None:
    """That reminders did not run, with where to look; nothing while all is well."""
    if not rung:
        return
    say = frame.say
    band = frame.surface.container(key="band-alarm", gap="small")
    title, about = say(f"mailbox.title_{rung}"), say(f"mailbox.alarm_{rung}")
    band.error(f"**{title}**  \n{about}", icon=":material/alarm:")
    band.page_link(script("mail"), label=say("mailbox.look"), icon=":material/arrow_forward:")
