"""Mail that is due goes out once each, though the process that sends it is killed on the way."""

from __future__ import annotations

from tests.killing import kill_on_the_way


def test_each_mail_goes_out_once_though_the_sender_is_killed_five_times(world, database, tmp_path):
    seen = kill_on_the_way(world, database, tmp_path, mails=300, kills=5)
    assert seen.kills == 5
    # Never twice, whenever it was killed.
    assert seen.most == 1
    # None is lost in silence: what did not arrive is told as unconfirmed, one a kill at the most.
    assert seen.arrived | seen.unconfirmed == seen.planned
    assert len(seen.unconfirmed) <= seen.kills
    assert seen.open == 0
