"""The encrypted sum and federated averaging as a script, with the calls of the real libraries."""

from __future__ import annotations

from modules.labs.without_pooling.locked import DEGREE, ROOM
from modules.labs.without_pooling.outputs import groups
from modules.labs.without_pooling.state import State

_SCRIPT = '''"""Compute without pooling.  pip install numpy tenseal==0.3.18 flwr==1.41.0

Invented figures and records. Keys are new at each run; nobody can bring old ones back.
"""
import logging
import os

os.environ["FLWR_TELEMETRY_ENABLED"] = "0"  # before Flower is imported
import numpy as np
import tenseal as ts
from flwr.app import ArrayRecord, Message, MetricRecord, RecordDict
from flwr.serverapp.strategy import FedAvg
from flwr.supercore.task_identity import TaskIdentity

# %% Five agencies: pounds a week, claims
FIGURES = {figures}
KEY_GOES_TO_THE_CLOUD = {whole}

# %% Whoever opens the total makes the keys, and saves a context for the others
office = ts.context(ts.SCHEME_TYPE.BFV, poly_modulus_degree={degree}, plain_modulus={room})
handed_over = office.serialize(save_secret_key=KEY_GOES_TO_THE_CLOUD)

# %% Each agency locks its two numbers; the cloud gets ciphertexts and that context
locked = [ts.bfv_vector(office, pair).serialize() for pair in FIGURES.values()]
cloud = ts.context_from(handed_over)
there = [ts.bfv_vector_from(cloud, one) for one in locked]
print(f"{{len(locked[0]) // 1000}} kB each; secret key in the cloud: {{cloud.is_private()}}")

# %% The cloud really tries
try:
    print("The cloud opens:", [one.decrypt() for one in there])
except ValueError as refused:
    print("The cloud is refused:", refused)

# %% It adds without opening. The office opens one total
total = there[0]
for one in there[1:]:
    total = total + one
print("Total:", ts.bfv_vector_from(office, total.serialize()).decrypt())
print("Plain:", [sum(pair[at] for pair in FIGURES.values()) for at in (0, 1)])

# %% Federated averaging: each site takes a step on its own rows, the hub averages weights
rng = np.random.default_rng(1)
sites = []
for low, high in ((0, 33), (33, 66), (66, 99)):
    rows = np.column_stack([np.ones(400), rng.uniform(low, high, 400) / 99])
    sites.append((rows, (rng.random(400) < rows[:, 1]).astype(float)))
logging.getLogger("flwr").setLevel(logging.CRITICAL)
TaskIdentity.task_id = TaskIdentity.run_id = TaskIdentity.node_id = 1  # Flower 1.41 asks for it
hub, weights = FedAvg(), np.zeros(2)
for number in range(1, 201):
    replies = []
    for rows, truth in sites:
        step = rows.T @ (1 / (1 + np.exp(-rows @ weights)) - truth) / len(truth)
        count = MetricRecord({{"num-examples": len(truth)}})
        sent = RecordDict({{"arrays": ArrayRecord([weights - step]), "metrics": count}})
        replies.append(Message(sent, dst_node_id=1, message_type="train"))
    average, _ = hub.aggregate_train(number, replies)
    (weights,) = average.to_numpy_ndarrays()
print("Shared weights:", weights.round(2), "and no row has moved")
'''
INVENTED = ((1200, 31), (540, 12), (2310, 48), (760, 22), (1890, 40))


def script(state: State) -> str:
    """The learner's own hand-over, on invented figures: the agencies' real ones are not shown."""
    names = [state.options.agencies[one] for one in groups(state.seed)["all"]]
    figures = {name: list(pair) for name, pair in zip(names, INVENTED, strict=True)}
    whole = state.holder == "cloud" or state.saved == "whole"
    return _SCRIPT.format(figures=repr(figures), whole=whole, degree=DEGREE, room=ROOM)
