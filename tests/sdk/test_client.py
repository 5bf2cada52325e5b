# SPDX-License-Identifier: Apache-2.0
"""The SDK against a real server: maps as arrays both ways, errors as the classes that they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from intarsia.core.errors import ConflictError, EditError, IntarsiaError, NotFoundError
from intarsia.core.label_map import LabelMap
from intarsia.sdk import Client, InvalidRequestError, JobFailedError, NotSignedInError, Ontology, UnreachableError
from intarsia.sdk.models import Task
from intarsia.sdk.ontology_models import OntologyClass
from intarsia.sdk.resources.annotations import NewThing
from tests.formats.dataset import png_photo

ROAD, SKY, CAR = 1, 2, 3
ONTOLOGY = Ontology(
    classes=(
        OntologyClass(number=ROAD, name="Road", kind="stuff", colour="#2C9EF3"),
        OntologyClass(number=SKY, name="Sky", kind="stuff", colour="#CF5200"),
        OntologyClass(number=CAR, name="Car", kind="thing", colour="#E1F812"),
    )
)
A, B = 70_000, 80_000


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with Client.local(tmp_path_factory.mktemp("sdk") / "data") as client:
        yield client


def new_task(client: Client, *, size_hw: tuple[int, int] = (30, 40)) -> Task:
    project = client.projects.create("Street", ontology=ONTOLOGY)
    client.datasets.upload(project.dataset_id, png_photo(size_hw), name="a.png", project_id=project.id)
    (summary,) = client.tasks.list(project.id)
    return client.tasks.get(summary.id)


def test_a_map_written_is_the_map_read_and_the_servers_checksum_agrees(client: Client) -> None:
    task = new_task(client, size_hw=(300, 520))
    rng = np.random.default_rng(3)
    wanted = rng.choice(np.array([0, ROAD, SKY, A, B], np.uint32), (300, 520))
    written = client.annotations.write(task, wanted, things={A: NewThing(CAR), B: NewThing(CAR, crowd=True)})
    assert written.conflict_px == 0 and written.changed_px == np.count_nonzero(wanted)
    lasting = np.where(wanted == A, written.ids[A], np.where(wanted == B, written.ids[B], wanted)).astype(np.uint32)
    assert np.array_equal(client.annotations.label_map(task), lasting)
    now = client.annotations.get(task.annotation.id)
    assert now.checksums["main"] == LabelMap.from_array(lasting).checksum("main") == client.annotations.checksum(task)
    assert {s.id: (s.class_number, s.crowd) for s in now.segments} == {
        ROAD: (ROAD, False),
        SKY: (SKY, False),
        written.ids[A]: (CAR, False),
        written.ids[B]: (CAR, True),
    }
    assert sorted(s.number for s in now.segments) == [1, 2, 3, 4]


def test_only_changes_are_sent_and_each_write_is_a_revision_that_can_be_restored(client: Client) -> None:
    task = new_task(client)
    first = np.full((30, 40), ROAD, np.uint32)
    client.annotations.write(task, first)
    second = first.copy()
    second[10:12, 10:15] = A
    written = client.annotations.write(task, second, things={A: NewThing(CAR)})
    assert written.changed_px == 10
    assert client.annotations.write(task, client.annotations.label_map(task)).replies == ()
    assert [revision.number for revision in client.annotations.revisions(task.annotation.id)] == [2, 1]
    assert np.array_equal(client.annotations.label_map(task, revision=1), first)
    assert client.annotations.restore(task.annotation.id, 1) == 3
    assert np.array_equal(client.annotations.label_map(task), first)


def test_a_map_that_makes_no_sense_is_refused_before_it_is_sent(client: Client) -> None:
    task = new_task(client)
    for wanted, things, told in (
        (np.zeros((40, 30), np.uint32), {}, "array is"),
        (np.full((30, 40), A, np.uint32), {}, "not explained"),
        (np.full((30, 40), CAR, np.uint32), {}, "not explained"),
        (np.full((30, 40), 99, np.uint32), {}, "not explained"),
        (np.full((30, 40), 500, np.uint32), {500: NewThing(CAR)}, "65536 or more"),
    ):
        with pytest.raises(ValueError, match=told):
            client.annotations.write(task, wanted, things=things)
    assert client.annotations.get(task.annotation.id).revision == 0


def test_an_edit_that_the_server_rejects_is_an_edit_error_with_its_code(client: Client) -> None:
    task = new_task(client)
    with pytest.raises(EditError) as caught:
        client.annotations.write(task, np.full((30, 40), A, np.uint32), things={A: NewThing(ROAD)})
    assert caught.value.code == "stuff_id_mismatch"
    assert not client.annotations.label_map(task).any()


def test_errors_are_the_classes_that_the_codes_name(client: Client) -> None:
    with pytest.raises(NotFoundError):
        client.projects.get("prj_01890a5dac96774bbcceb302099a8057")
    with pytest.raises(NotFoundError) as missing:
        client.projects.find("no such project")
    assert missing.value.code == "not_found"
    client.projects.create("Twin")
    client.projects.create("Twin")
    with pytest.raises(ConflictError) as twin:
        client.projects.find("Twin")
    assert twin.value.code == "ambiguous_name"
    project = client.projects.create("Bad images")
    with pytest.raises(IntarsiaError) as bad:
        client.datasets.upload(project.dataset_id, b"no image", name="a.png", project_id=project.id)
    assert bad.value.code and bad.value.message and list(client.tasks.list(project.id)) == []
    with pytest.raises(InvalidRequestError):
        client.projects.create("")


def test_without_a_session_everything_but_health_is_refused(client: Client) -> None:
    with Client(client.url) as stranger:
        assert stranger.health()["status"] == "ok"
        with pytest.raises(NotSignedInError):
            stranger.projects.list()
    with pytest.raises(IntarsiaError), Client(client.url, token="made.up.token"):
        pass


def test_no_server_is_an_error_of_its_own() -> None:
    with Client("http://127.0.0.1:9") as nobody, pytest.raises(UnreachableError) as caught:
        nobody.projects.list()
    assert caught.value.code == "unreachable" and "127.0.0.1:9" in caught.value.message


def test_an_export_is_waited_for_and_fetched_whole(client: Client, tmp_path: Path) -> None:
    task = new_task(client)
    client.annotations.write(task, np.full((30, 40), SKY, np.uint32))
    seen = []
    job = client.jobs.start_export(task.project.id, format="coco-panoptic")
    ended = client.jobs.wait(job, watch=lambda now: seen.append(now.state), poll_s=0.02, timeout_s=60)
    assert ended.state == "done" == seen[-1] and ended.result is not None
    assert client.jobs.download(job.id, tmp_path / "out.zip") == ended.result.byte_size
    assert [path.name for path in tmp_path.iterdir()] == ["out.zip"]
    assert job.id in {entry.id for entry in client.jobs.list(task.project.id)}


def test_an_import_that_cannot_work_is_a_job_failed_error_with_its_reason(client: Client) -> None:
    project = client.projects.create("Not a zip")
    with pytest.raises(IntarsiaError) as caught:
        client.jobs.wait(client.jobs.start_import(project.id, b"not a zip", format="coco-panoptic"), timeout_s=60)
    assert isinstance(caught.value, JobFailedError | InvalidRequestError)
    assert "zip" in (caught.value.message + json.dumps(caught.value.details)).lower()


def test_pages_are_followed_to_the_end() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        cursor = int(request.url.params.get("cursor", "0"))
        assert request.url.params["limit"] == "500"
        task = {"id": f"tsk_{cursor}", "asset_id": "x", "asset_name": "a", "state": "open"}
        task |= {"width": 1, "height": 1, "position": cursor}
        return httpx.Response(200, json={"tasks": [task], "next_cursor": str(cursor + 1) if cursor < 4 else None})

    with Client("http://test", transport=httpx.MockTransport(answer)) as client:
        assert [task.id for task in client.tasks.list("prj_x")] == [f"tsk_{i}" for i in range(5)]


@pytest.mark.parametrize(
    ("response", "code"),
    [
        (httpx.Response(502, text="<html>bad gateway"), "http_error"),
        (httpx.Response(500, json={"error": "no object"}), "http_error"),
        (httpx.Response(409, json={"error": {"code": "x", "message": "m", "details": {"code": 1, "a": 2}}}), "x"),
    ],
)
def test_answers_of_any_shape_become_errors(response: httpx.Response, code: str) -> None:
    transport = httpx.MockTransport(lambda _: response)
    with Client("http://test", transport=transport) as client, pytest.raises(IntarsiaError) as caught:
        client.projects.list()
    assert caught.value.code == code


def test_a_broken_download_leaves_nothing_behind(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise httpx.ReadError("cut")

    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=pieces()))
    with Client("http://test", transport=transport) as client, pytest.raises(UnreachableError):
        client.jobs.download("job_x", tmp_path / "out.zip")
    assert list(tmp_path.iterdir()) == []
