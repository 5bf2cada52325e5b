# SPDX-License-Identifier: Apache-2.0
"""From one image to the next by key, when the editor has had time to fetch it ahead."""

from .editor_session import editor_session
from .harness import Row, median
from .scene_ids import ontology_document, panoptic_archive
from .scene_photo import load_photo_jpeg
from .scenes import load_scene
from .stage import Stage, import_archive

IMAGES = 4
#: The labeler looks at a picture at least this long.
REST_MS = 3_000
GOAL_MS = 150


def measure_next_image(stage: Stage, scene_name: str) -> list[Row]:
    client, scene = stage.server.client, load_scene(scene_name)
    project = client.post("/projects", json={"name": "Next image", "ontology": ontology_document()})
    project_id = project.raise_for_status().json()["id"]
    photo = load_photo_jpeg(scene)
    copies = [(f"{scene_name}-{number}", scene, photo) for number in range(1, IMAGES + 1)]
    import_archive(client, project_id, archive=panoptic_archive(copies))
    tasks = [task["id"] for task in client.get(f"/projects/{project_id}/tasks").raise_for_status().json()["tasks"]]
    with editor_session(stage, scene_name) as session:
        session.page.goto(f"{session.editor.base_url}/p/{project_id}/t/{tasks[0]}")
        session.editor.wait_ready()
        forward, back = [], []
        for task_id in tasks[1:]:
            session.rest(REST_MS)
            forward.append(session.opened_after_key("f", task_id=task_id)[0])
        for task_id in reversed(tasks[:-1]):
            session.rest(REST_MS)
            back.append(session.opened_after_key("d", task_id=task_id)[0])
    return [
        Row("next image, to the first editable frame", scene_name, median(forward), "ms", GOAL_MS,
            note=f"median of {len(forward)}, slowest {max(forward):.0f}"),
        Row("previous image, to the first editable frame", scene_name, median(back), "ms", GOAL_MS,
            note=f"median of {len(back)}, slowest {max(back):.0f}"),
    ]  # fmt: skip
