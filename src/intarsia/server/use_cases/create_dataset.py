# SPDX-License-Identifier: Apache-2.0
"""Make an empty dataset."""

from __future__ import annotations

from intarsia.core.permissions import Action, Actor
from intarsia.server.clock import rfc3339
from intarsia.server.ports import Ports
from intarsia.server.records import DatasetRow
from intarsia.server.use_cases.loading import allow_collection


def create_dataset(ports: Ports, actor: Actor, *, name: str) -> DatasetRow:
    allow_collection(actor, Action.DATASET_CREATE, "dataset")
    row = DatasetRow(ports.ids.new("dst"), actor.workspace_id, name, rfc3339(ports.clock.now_ms()))
    with ports.database.write() as unit:
        unit.datasets.add(row)
    return row
