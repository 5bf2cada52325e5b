# SPDX-License-Identifier: Apache-2.0
"""Objects, relations and answers from a script, against a real server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from intarsia.core.errors import EditError
from intarsia.sdk import Client, Ontology
from intarsia.sdk.items import Box, Point, image_answers, new_object, new_relation, on_grid
from intarsia.sdk.models import Task
from tests.formats.dataset import png_photo

CAR = 3
ONTOLOGY: dict[str, Any] = {
    "layers": [{"name": "main", "title": "Main"}],
    "classes": [
        {
            "number": CAR,
            "name": "Car",
            "kind": "thing",
            "layer": "main",
            "colour": "#2C9EF3",
            "geometry": ["mask", "box"],
        }
    ],
    "questions": [{"id": "weather", "title": "Weather", "kind": "text"}],
    "relations": [{"id": "tows", "title": "tows"}],
}


@pytest.fixture
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with Client.local(tmp_path_factory.mktemp("sdk") / "data") as client:
        yield client


def new_task(client: Client) -> Task:
    project = client.projects.create("Street", ontology=Ontology.model_validate(ONTOLOGY))
    client.datasets.upload(project.dataset_id, png_photo((30, 40)), name="a.png", project_id=project.id)
    (summary,) = client.tasks.list(project.id)
    return client.tasks.get(summary.id)


def test_items_written_are_the_items_read(client: Client) -> None:
    task = new_task(client)
    first, second = (new_object(CAR, Box((x, 2, x + on_grid(3.1), 9))) for x in (1.0, 20.0))
    link = new_relation("tows", first.id, second.id)
    replies = client.annotations.write_items(task, [link, first, second, image_answers({"weather": "fog"})])
    assert len(replies) == 1
    found = client.annotations.items(task.annotation.id)
    assert found == {item.id: item for item in (first, second, link, image_answers({"weather": "fog"}))}
    (summary,) = client.tasks.list(task.project.id)
    assert summary.object_count == 2
    assert client.annotations.write_items(task, found.values()) == [], "nothing to do"
    moved = replace(first, geometry=Box((5, 5, 6, 6)))
    client.annotations.write_items(task, [moved], deleted=[second.id, "image"])
    now = client.annotations.items(task.annotation.id)
    assert now == {first.id: moved, second.id: replace(second, state="deleted"), link.id: link}
    assert client.annotations.items(task.annotation.id, revision=1) == found
    client.annotations.restore(task.annotation.id, 1, item_id=first.id)
    assert client.annotations.items(task.annotation.id)[first.id] == first


def test_what_the_server_rejects_is_an_error(client: Client) -> None:
    task = new_task(client)
    with pytest.raises(EditError) as refused:
        client.annotations.write_items(task, [new_object(CAR, Point((1, 1)))])
    assert refused.value.code == "geometry_not_allowed"
    with pytest.raises(KeyError):
        client.annotations.write_items(task, deleted=["obj_none"])
