# SPDX-License-Identifier: Apache-2.0
"""All datasets of the workspace."""

from __future__ import annotations

from collections.abc import Sequence

from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports
from intarsia.server.records import DatasetRow
from intarsia.server.use_cases.loading import allow_collection


def list_datasets(ports: Ports, actor: Actor) -> Sequence[DatasetRow]:
    allow_collection(actor, Action.DATASET_LIST, "dataset")
    with ports.database.read() as unit:
        return unit.datasets.list(actor.workspace_id)
