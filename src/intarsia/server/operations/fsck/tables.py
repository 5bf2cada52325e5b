# SPDX-License-Identifier: Apache-2.0
"""The database as SQLite sees it, and rows that must agree with one another, apart from label maps."""

from __future__ import annotations

import json
from collections.abc import Iterator

from intarsia.core.errors import IntarsiaError
from intarsia.core.ontology_json import ontology_from_json
from intarsia.server.operations.data_dir import Snapshot
from intarsia.server.operations.fsck.finding import Finding


def check_integrity(state: Snapshot) -> Iterator[Finding]:
    for (message,) in state.rows("PRAGMA integrity_check"):
        if message != "ok":
            yield Finding("database_damaged", "intarsia.db", str(message))


def check_references(state: Snapshot) -> Iterator[Finding]:
    """Rows that name a row that is not there."""
    for table, row_id, parent, _ in state.rows("PRAGMA foreign_key_check"):
        yield Finding("dangling_reference", f"{table} row {row_id}", f"names a row of {parent} that is not there")


def check_tables(state: Snapshot) -> Iterator[Finding]:
    yield from _counters(state)
    yield from _ontologies(state)
    for task_id, count in state.rows(
        "SELECT tasks.id, count(annotations.id) FROM tasks LEFT JOIN annotations ON annotations.task_id = tasks.id"
        " GROUP BY tasks.id HAVING count(annotations.id) != 1"
    ):
        yield Finding("annotation_count", f"task {task_id}", f"has {count} annotations, not one")
    for job_id, task_id in state.rows(
        "SELECT job_id, task_id FROM job_items WHERE task_id NOT IN (SELECT id FROM tasks)"
    ):
        yield Finding("dangling_reference", f"job {job_id}", f"names task {task_id}, which is not there")


def _counters(state: Snapshot) -> Iterator[Finding]:
    for dataset_id, following, last in state.rows(
        "SELECT datasets.id, next_export_no, max(export_no) FROM datasets JOIN assets ON dataset_id = datasets.id"
        " GROUP BY datasets.id HAVING max(export_no) >= next_export_no"
    ):
        yield Finding(
            "counter_behind", f"dataset {dataset_id}", f"would give the number {following} again; {last} is taken"
        )


def _ontologies(state: Snapshot) -> Iterator[Finding]:
    for project_id, version in state.rows(
        "SELECT id, ontology_version FROM projects WHERE NOT EXISTS"
        " (SELECT 1 FROM ontologies WHERE project_id = projects.id AND version = ontology_version)"
    ):
        yield Finding("dangling_reference", f"project {project_id}", f"has no version {version} of its ontology")
    for project_id, version, body in state.rows("SELECT project_id, version, body FROM ontologies"):
        try:
            ontology_from_json(json.loads(body))
        except (IntarsiaError, ValueError) as error:
            yield Finding("ontology_damaged", f"project {project_id} ontology {version}", str(error))
