# SPDX-License-Identifier: Apache-2.0
"""A whole picture of five segments by somebody who starts in front and goes on to the back, counting every action."""

import copy
import os
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import numpy as np

from intarsia.core.label_map import LabelMap

from .editor_page import EditorPage, Point
from .project import CAR, ONTOLOGY, PERSON, ROAD, SKY, posted
from .scene_picture import HOUSE, OUTLINES, SIZE_HW, scene_png, true_classes
from .server_process import ServerProcess

MOST_ACTIONS = 12
ENOUGH_AGREEMENT = 0.985


@dataclass
class Hand:
    """Does one thing after another and counts. With FRAMES_DIR set it keeps a picture after each, to be judged."""

    editor: EditorPage
    actions: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        self.editor.key(key)
        self.done(f"key {key}")

    def click(self, at: Point) -> None:
        self.editor.page.mouse.click(*self.editor.screen(at))
        self.done("click")

    def drag(self, points: list[Point]) -> None:
        path = [self.editor.screen(point) for point in points]
        mouse = self.editor.page.mouse
        mouse.move(*path[0])
        mouse.down()
        for x, y in path[1:]:
            mouse.move(x, y, steps=12)
        mouse.up()
        self.done("drag")

    def done(self, what: str) -> None:
        self.actions.append(what)
        folder = os.environ.get("FRAMES_DIR")
        if folder:
            name = f"{len(self.actions):02d}-{what.replace(' ', '-').replace('+', '-')}.png"
            self.editor.page.screenshot(path=Path(folder) / name)


def test_five_segments_from_front_to_back(editor: EditorPage, server: ServerProcess) -> None:
    task = five_class_task(server.client)
    editor.open(task)
    hand = Hand(editor)
    hand.press("p")
    for number, key in ((PERSON, "4"), (CAR, "3"), (HOUSE, "5"), (ROAD, "1")):
        hand.press(key)
        hand.drag(roughly(OUTLINES[number]))
    hand.press("2")
    hand.press("g")
    hand.click((400, 60))
    editor.wait_saved()
    state = editor.state()
    assert state["coverage"]["labelledPx"] == state["coverage"]["totalPx"]
    assert len(state["segments"]) == 5
    assert len(hand.actions) <= MOST_ACTIONS, hand.actions
    drawn, true = drawn_classes(server.client, task), true_classes()
    assert set(np.unique(drawn).tolist()) == {ROAD, SKY, CAR, PERSON, HOUSE}
    assert (drawn == true).mean() >= ENOUGH_AGREEMENT


def roughly(outline: list[tuple[int, int]]) -> list[Point]:
    """A hand's way round: along the outline and back to where it began, inside the image."""
    height, width = SIZE_HW
    ring = [*outline, outline[0]]
    return [(min(max(x, 1), width - 1) + 0.5, min(max(y, 1), height - 1) + 0.5) for x, y in ring]


def five_class_task(client: httpx.Client) -> str:
    ontology = copy.deepcopy(ONTOLOGY)
    ontology["classes"].append(  # type: ignore[attr-defined]
        {
            "number": HOUSE,
            "name": "House",
            "kind": "thing",
            "layer": "main",
            "colour": "#96FCFB",
            "key": "5",
            "retired": False,
        }
    )
    project = posted(client, "/projects", {"name": "Five", "ontology": ontology})
    client.post(
        f"/datasets/{project['dataset_id']}/assets",
        params={"name": "five.png", "project": project["id"]},
        content=scene_png(),
    ).raise_for_status()
    task = client.get(f"/projects/{project['id']}/tasks").raise_for_status().json()["tasks"][0]
    return f"/p/{project['id']}/t/{task['id']}"


def drawn_classes(client: httpx.Client, path: str) -> np.ndarray:
    annotation = client.get(f"/tasks/{path.rsplit('/', 1)[1]}").raise_for_status().json()["annotation"]
    pack = client.get(f"/annotations/{annotation['id']}/tiles").raise_for_status().content
    ids = LabelMap.from_pack(SIZE_HW, pack).to_array()
    classes = np.zeros(SIZE_HW, np.uint8)
    for segment in annotation["segments"]:
        classes[ids == segment["id"]] = segment["class"]
    return classes
