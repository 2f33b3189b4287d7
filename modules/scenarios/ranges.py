"""Where a meter leaves its pips: every sum that some road gives it, carried forward."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from modules.scenarios.model import MOST, START, Scenario
from modules.scenarios.roads import Roads, State

Way = tuple[str, ...]
"""The choices of a road so far."""


def out_of_range(
    scenario: Scenario, found: Roads, steps: Mapping[State, int]
) -> Iterator[tuple[str, str]]:
    """Each choice that takes a meter past either end on some road, and what to do about it.

    ``steps`` are the longest ways from all states, so the story ends. A road is judged up to
    where it leaves the range, so that one fault is told once.
    """
    order = sorted(found, key=lambda state: -steps[state])
    for meter in scenario.meters:
        sums: dict[State, dict[int, Way]] = {order[0]: {0: ()}}
        worst: dict[tuple[str, str], tuple[int, Way]] = {}
        for now in order:
            changes = _changes(scenario, now[0], meter)
            for choice, to in found[now]:
                for total, way in sums.get(now, {}).items():
                    after, road = total + changes[choice], (*way, choice)
                    if 1 <= START + after <= MOST:
                        sums.setdefault(to, {}).setdefault(after, road)
                    elif abs(after) > abs(worst.get((now[0], choice), (0, ()))[0]):
                        worst[now[0], choice] = after, road
        for (here, choice), (after, road) in worst.items():
            sentence = (
                f"meters: {meter} comes to {START + after}, outside 1 to {MOST}, on the road "
                f"{' > '.join(road)}: change it by less, here or before"
            )
            yield f"nodes/{here}/choices/{choice}", sentence


def _changes(scenario: Scenario, here: str, meter: str) -> dict[str, int]:
    choices = scenario.nodes[here].choices if here in scenario.nodes else ()
    return {choice.id: choice.meters.get(meter, 0) for choice in choices}
