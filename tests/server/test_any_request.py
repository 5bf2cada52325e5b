# SPDX-License-Identifier: Apache-2.0
"""Requests made from the committed description, valid and not: never an error of the server, always our shapes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode, openapi

from intarsia.server.app import create_app
from intarsia.server.settings import Settings

from .conftest import signed_in
from .drive import Api, Task

EXAMPLES = 10
DOCUMENT = json.loads((Path(__file__).resolve().parents[2] / "contract" / "openapi.json").read_text(encoding="utf-8"))
SCHEMA = openapi.from_dict(DOCUMENT)
OPERATIONS = [
    (path, method.upper(), operation["operationId"])
    for path, entry in DOCUMENT["paths"].items()
    for method, operation in entry.items()
    # Jobs started here would outlive the example that started them; test_jobs.py has them.
    if operation["operationId"] not in ("startExport", "startImport")
]


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Api, Task]]:
    """One server for all requests, and a task whose ids half of them name."""
    chosen = Settings(data_dir=tmp_path_factory.mktemp("any"), static_dir=Path("none"), image_max_px=1_000_000)
    app = create_app(chosen)
    api = Api(signed_in(app, chosen))
    yield api, api.task()
    app.state.close()


@pytest.mark.parametrize(("path", "method", "name"), OPERATIONS, ids=[name for *_, name in OPERATIONS])
def test_any_request_is_answered_in_our_shapes(target: tuple[Api, Task], path: str, method: str, name: str) -> None:
    operation = SCHEMA[path][method]
    cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))

    @seed(20261)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, real=st.booleans())
    def run(case: Case, real: bool) -> None:
        answer = send(target, case, real=real)
        assert answer.status_code < 500, answer.text
        documented = DOCUMENT["paths"][path][method.lower()]["responses"]
        if answer.status_code >= 400:
            assert set(answer.json()) == {"error"}, answer.text
            assert {"code", "message", "details"} == set(answer.json()["error"])
        else:
            assert str(answer.status_code) in documented
            operation.validate_response(answer)

    run()


def send(target: tuple[Api, Task], case: Case, *, real: bool) -> Any:
    """The request, with ids of the task that is there when `real`."""
    api, task = target
    url = case.formatted_path
    if real:
        ids = {"project_id": task.project, "dataset_id": task.dataset, "asset_id": task.asset}
        ids |= {"task_id": task.task, "annotation_id": task.annotation}
        url = case.path
        for key, value in {
            **case.path_parameters,
            **{k: v for k, v in ids.items() if k in case.path_parameters},
        }.items():
            url = url.replace(f"{{{key}}}", str(value))
    options = case.as_transport_kwargs(base_url="http://127.0.0.1:8420")
    options["url"] = url
    options.pop("cookies", None)
    options["params"] = {key: value for key, value in (options.get("params") or {}).items() if value is not None}
    body = options.pop("data", None)
    if body is not None:
        options["content"] = body if isinstance(body, bytes | str) else b""
    return api.http.request(**options)
