"""Federated averaging with Flower, all in this process: no ray, no network, nothing reported."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import permutations
from typing import Any

from modules.labs.libraries import need
from modules.labs.without_pooling.learning import best, everybody, step
from modules.labs.without_pooling.people import BANDS, KNOTS, records, split

ROUNDS = (1, 3, 10, 30)
SENT = ("rows", "sample", "updates")
"""What a service sends: all its records; its update with ten records for tests; its update."""

SAMPLE = 10
_identity = threading.Lock()


@dataclass(frozen=True)
class Reply:
    """One message from a service to the hub, in its first round: what it holds, as plain numbers.

    ``arrays`` and ``lists`` are by name; ``size`` is in bytes.
    """

    service: int
    arrays: dict[str, tuple[float, ...]]
    lists: dict[str, tuple[float, ...]]
    records: int
    size: int


@dataclass(frozen=True)
class Run:
    """The weights after each round, and the messages of the first."""

    weights: tuple[tuple[float, ...], ...]
    first: tuple[Reply, ...]


@cache
def _flower() -> Any:
    """Flower's classes; its messages ask for the identity of the process, which is set once."""
    app = need("flwr.app")
    need("flwr.serverapp.strategy")
    # Importing it sets the level, so this comes after: thirty rounds are hundreds of lines.
    logging.getLogger("flwr").setLevel(logging.CRITICAL)
    identity = need("flwr.supercore.task_identity").TaskIdentity
    with _identity:
        # A path that Flower keeps to itself: it is pinned, and a test notices when it moves.
        identity.task_id, identity.run_id, identity.node_id = 1, 1, 1
    return app


def _service(seed: str, sent: str) -> Any:
    """The program that runs at each service: it trains on its own rows and replies."""
    app, np = _flower(), need("numpy")
    client = need("flwr.clientapp").ClientApp()

    @client.train()  # type: ignore[untyped-decorator, unused-ignore]
    def train(message: Any, context: Any) -> Any:
        rows = split(seed).services[context.node_id - 1]
        (weights,) = message.content["arrays"].to_numpy_ndarrays()
        parts: dict[str, Any] = {
            "arrays": app.ArrayRecord([step(weights, rows)]),
            "metrics": app.MetricRecord({"num-examples": len(rows)}),
        }
        if sent != "updates":
            raw = records().raw[rows if sent == "rows" else rows[:SAMPLE]]
            names = ("age", "woman", "referred")
            columns = {name: np.asarray(raw[:, at]).tolist() for at, name in enumerate(names)}
            parts["more"] = app.ConfigRecord(columns)
        return app.Message(app.RecordDict(parts), reply_to=message)

    return client


def _grid(seed: str, sent: str) -> Any:
    """Flower's way to the services, here five calls in one process; it keeps the first replies."""
    app, client = _flower(), _service(seed, sent)

    class Here(need("flwr.serverapp").Grid):  # type: ignore[misc]
        first: list[Any] = []  # noqa: RUF012  # one grid for each run

        # FedAvg.start asks for nodes, messages and replies only. What a grid over a network does
        # besides is refused, so that a Flower which came to need it fails our tests at once.
        def set_run(self, run: Any) -> None:
            raise NotImplementedError

        @property
        def run(self) -> Any:
            raise NotImplementedError

        def create_message(
            self, content: Any, message_type: str, dst_node_id: int, group_id: str, ttl: Any = None
        ) -> Any:
            return app.Message(content, dst_node_id, message_type, group_id=group_id)

        def get_node_ids(self) -> Iterable[int]:
            return range(1, len(BANDS) + 1)

        def push_messages(self, messages: Iterable[Any]) -> Iterable[str]:
            raise NotImplementedError

        def pull_messages(self, message_ids: Iterable[str]) -> Iterable[Any]:
            raise NotImplementedError

        def send_and_receive(self, messages: Iterable[Any], *, timeout: Any = None) -> list[Any]:
            replies = []
            # Flower draws their order; a fixed one gives the same sums to the last digit.
            for message in sorted(messages, key=lambda one: int(one.metadata.dst_node_id)):
                node = message.metadata.dst_node_id
                context = app.Context(1, node, {}, app.RecordDict(), {})
                replies.append(client(message, context))
            self.first = self.first or replies
            return replies

    return Here()


@lru_cache(maxsize=16)
def run(seed: str, sent: str) -> Run:
    """Thirty rounds over five services, about 0.2 s. Records, if any are sent, go in each reply."""
    app, np = _flower(), need("numpy")
    grid, weights = _grid(seed, sent), []
    begin = app.ArrayRecord([np.zeros(len(KNOTS) + 1)])

    def keep(_round: int, arrays: Any) -> Any:
        (now,) = arrays.to_numpy_ndarrays()
        weights.append(tuple(float(one) for one in now))
        return app.MetricRecord({"kept": 1})

    fedavg = need("flwr.serverapp.strategy").FedAvg(
        fraction_train=1.0,
        fraction_evaluate=0.0,
        min_train_nodes=len(BANDS),
        min_evaluate_nodes=0,
        min_available_nodes=len(BANDS),
    )
    # With records sent, one round is enough: the hub has everything and trains on it itself.
    rounds = 1 if sent == "rows" else ROUNDS[-1]
    fedavg.start(grid, begin, num_rounds=rounds, evaluate_fn=keep)
    first = tuple(_reply(at, one.content) for at, one in enumerate(grid.first))
    if sent == "rows":
        fitted = tuple(float(one) for one in best(everybody(split(seed))))
        return Run((fitted,) * ROUNDS[-1], first)
    return Run(tuple(weights[-rounds:]), first)


def _reply(service: int, content: Any) -> Reply:
    arrays = {
        name: tuple(float(one) for part in record.to_numpy_ndarrays() for one in part.ravel())
        for name, record in content.array_records.items()
    }
    lists = {
        name: tuple(float(one) for one in values)
        for record in content.config_records.values()
        for name, values in record.items()
    }
    parts = [part for record in content.array_records.values() for part in record.values()]
    size = sum(len(part.data) for part in parts)
    size += 8 * (1 + sum(len(one) for one in lists.values()))
    (metrics,) = content.metric_records.values()
    return Reply(service, arrays, lists, int(metrics["num-examples"]), size)


def found(seed: str, replies: Sequence[Reply]) -> int:
    """How many residents' records somebody reads who has nothing but the messages.

    Lists of equal length are laid side by side as rows, in any order; arrays are cut into rows of
    three. A record is found where a row is exactly what that service holds on a resident.
    """
    total = 0
    for reply in replies:
        rows = split(seed).services[reply.service]
        # Three zeros stand in many a message: they are no trace of a newborn boy.
        held = {tuple(row) for row in records().raw[rows].tolist() if any(row)}
        ways: list[list[tuple[float, ...]]] = [
            list(zip(*some, strict=False)) for some in permutations(reply.lists.values(), 3)
        ]
        for values in reply.arrays.values():
            ways += [[values[at : at + 3] for at in range(len(values) - 2)]]
        total += max((sum(tuple(row) in held for row in read) for read in ways), default=0)
    return total
