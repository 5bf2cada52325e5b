# SPDX-License-Identifier: Apache-2.0
"""`intarsia ontology`: templates, check without a server, out of a project and into one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from intarsia.sdk import Client
from intarsia.sdk.ontology_models import Ontology

from .conftest import Ran

Run = Callable[..., Ran]


def test_templates_are_listed_written_and_checked(intarsia: Run, tmp_path: Path) -> None:
    listed = intarsia("ontology", "templates", "--json", data=False).json
    assert [entry["slug"] for entry in listed][:2] == ["empty", "driving"]
    file = tmp_path / "driving.json"
    assert intarsia("ontology", "templates", "driving", "--out", file, data=False).code == 0
    assert intarsia("ontology", "check", file, data=False).code == 0
    again = intarsia("ontology", "templates", "driving", "--out", file, data=False)
    assert again.code == 1 and "already there" in again.err

    document = json.loads(file.read_text())
    document["classes"] = document["classes"][:-1]
    shorter = tmp_path / "shorter.json"
    shorter.write_text(json.dumps(document))
    assert intarsia("ontology", "check", shorter, data=False).code == 0
    refused = intarsia("ontology", "check", shorter, "--after", file, data=False)
    assert refused.code == 1 and "cannot be left out" in refused.err
    shorter.write_text("{")
    assert "is not JSON" in intarsia("ontology", "check", shorter, data=False).err


def test_an_ontology_goes_out_is_changed_and_comes_back(intarsia: Run, data_dir: Path, tmp_path: Path) -> None:
    with Client.local(data_dir) as client:
        project = client.projects.create("Ontology by file")
    file = tmp_path / "o.json"
    intarsia("ontology", "templates", "medical", "--out", file, data=False)
    tried = intarsia("ontology", "import", project.id, file, "--dry-run", "--json")
    assert tried.code == 0 and tried.json["published"] is False
    assert {change["verb"] for change in tried.json["changes"]} == {"added"}
    came = intarsia("ontology", "import", project.id, file)
    assert came.code == 0, came.err

    out = tmp_path / "out.json"
    assert intarsia("ontology", "export", project.id, "--out", out).code == 0
    went, given = json.loads(out.read_text()), json.loads(file.read_text())
    assert {**went, "version": 1} == {**given, "version": 1} and went["version"] == 2

    went["questions"] = []
    out.write_text(json.dumps(went))
    refused = intarsia("ontology", "import", project.id, out)
    assert refused.code == 1 and "not published" in refused.err
    with Client.local(data_dir) as client:
        assert client.projects.ontology(project.id).to_json() == {**given, "version": 2}
        assert isinstance(client.projects.ontology(project.id, version=1), Ontology)
        assert [entry.version for entry in client.projects.ontology_versions(project.id)] == [2, 1]
        assert {template.slug for template in client.projects.ontology_templates()} >= {"ade20k", "cityscapes"}
