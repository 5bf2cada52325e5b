# SPDX-License-Identifier: Apache-2.0
"""Assets of a dataset in the order in which they came."""

from __future__ import annotations

from collections.abc import Sequence

from intarsia.core.permissions import Action, Actor
from intarsia.server.ports import Ports
from intarsia.server.records import AssetRow
from intarsia.server.use_cases.loading import load_dataset


def list_assets(ports: Ports, actor: Actor, dataset_id: str, *, after_export_no: int, limit: int) -> Sequence[AssetRow]:
    """At most `limit` assets whose export_no is above `after_export_no`."""
    with ports.database.read() as unit:
        load_dataset(unit, actor, Action.DATASET_READ, dataset_id)
        return unit.datasets.assets(dataset_id, after_export_no=after_export_no, limit=limit)
