# SPDX-License-Identifier: Apache-2.0
"""What of an ontology the heads of a project use: counted by the database, one pass a question."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, text

from intarsia.server.records import UsageCount

_LIVE_SEGMENTS = """
    FROM segments AS s
    JOIN annotations AS a ON a.id = s.annotation_id
    JOIN tasks AS t ON t.id = a.task_id
    WHERE t.project_id = :project AND s.state = 'live'
"""
_LIVE_ITEMS = """
    FROM items AS i
    JOIN annotations AS a ON a.id = i.annotation_id
    JOIN tasks AS t ON t.id = a.task_id
    WHERE t.project_id = :project AND i.state = 'live'
"""
# Answers of segments, objects and images as (annotation, question, type, value).
_ANSWERS = f"""
    WITH given AS (
        SELECT a.id AS annotation, s.answers AS answers {_LIVE_SEGMENTS} AND s.answers <> '{{}}'
        UNION ALL
        SELECT a.id AS annotation, json_extract(i.body, '$.answers') AS answers {_LIVE_ITEMS}
            AND json_extract(i.body, '$.answers') IS NOT NULL
    ), answer AS (
        SELECT annotation, e.key AS question, e.type AS type, e.value AS value
        FROM given, json_each(given.answers) AS e WHERE e.key IN :ids
    )
"""


class SqlUsage:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def segments(self, project_id: str, class_numbers: Collection[int]) -> dict[int, UsageCount]:
        query = f"""SELECT s.class_number, count(*), count(DISTINCT a.id) {_LIVE_SEGMENTS}
            AND s.class_number IN :ids GROUP BY s.class_number"""
        return {row[0]: UsageCount(row[1], row[2]) for row in self._rows(query, project_id, class_numbers)}

    def objects(self, project_id: str, class_numbers: Collection[int]) -> dict[tuple[int, str], UsageCount]:
        """By class and kind of geometry."""
        query = f"""SELECT json_extract(i.body, '$.class') AS class, json_extract(i.body, '$.geometry.kind') AS kind,
            count(*), count(DISTINCT a.id) {_LIVE_ITEMS} AND json_extract(i.body, '$.class') IN :ids
            GROUP BY class, kind"""
        return {(row[0], row[1]): UsageCount(row[2], row[3]) for row in self._rows(query, project_id, class_numbers)}

    def relations(self, project_id: str, ids: Collection[str]) -> dict[str, UsageCount]:
        query = f"""SELECT json_extract(i.body, '$.relation') AS relation, count(*), count(DISTINCT a.id) {_LIVE_ITEMS}
            AND json_extract(i.body, '$.relation') IN :ids GROUP BY relation"""
        return {row[0]: UsageCount(row[1], row[2]) for row in self._rows(query, project_id, ids)}

    def answers(self, project_id: str, question_ids: Collection[str]) -> dict[str, UsageCount]:
        query = f"{_ANSWERS} SELECT question, count(*), count(DISTINCT annotation) FROM answer GROUP BY question"
        return {row[0]: UsageCount(row[1], row[2]) for row in self._rows(query, project_id, question_ids)}

    def options(self, project_id: str, question_ids: Collection[str]) -> dict[tuple[str, str], UsageCount]:
        """By question and option: how often it is chosen, alone or among several."""
        query = f"""{_ANSWERS}, chosen AS (
                SELECT annotation, question, value FROM answer WHERE answer.type = 'text'
                UNION ALL
                SELECT annotation, question, o.value FROM answer, json_each(answer.value) AS o
                WHERE answer.type = 'array'
            )
            SELECT question, value, count(*), count(DISTINCT annotation) FROM chosen GROUP BY question, value"""
        return {(row[0], row[1]): UsageCount(row[2], row[3]) for row in self._rows(query, project_id, question_ids)}

    def class_images(self, project_id: str, class_numbers: Collection[int]) -> dict[int, int]:
        """Images by class that have segments or objects of it."""
        query = f"""SELECT class, count(*) FROM (
                SELECT s.class_number AS class, a.id AS annotation {_LIVE_SEGMENTS}
                UNION
                SELECT json_extract(i.body, '$.class') AS class, a.id AS annotation {_LIVE_ITEMS}
            ) WHERE class IN :ids GROUP BY class"""
        return {row[0]: row[1] for row in self._rows(query, project_id, class_numbers)}

    def tile_count(self, project_id: str, class_numbers: Collection[int]) -> int:
        """Tiles of the images that have segments of these classes."""
        query = f"""SELECT count(*) FROM head_tiles WHERE annotation_id IN (
            SELECT a.id {_LIVE_SEGMENTS} AND s.class_number IN :ids)"""
        return int(self._rows(query, project_id, class_numbers)[0][0])

    def owners(self, project_id: str, class_numbers: Collection[int]) -> Mapping[str, Mapping[int, int]]:
        """By annotation: segment id to class number."""
        query = f"SELECT a.id, s.id, s.class_number {_LIVE_SEGMENTS} AND s.class_number IN :ids"
        found: dict[str, dict[int, int]] = {}
        for annotation_id, segment_id, class_number in self._rows(query, project_id, class_numbers):
            found.setdefault(annotation_id, {})[segment_id] = class_number
        return found

    def layers(self, annotation_id: str) -> list[str]:
        """Layers with labelled pixels."""
        query = text("SELECT DISTINCT layer FROM head_tiles WHERE annotation_id = :annotation ORDER BY layer")
        return [row[0] for row in self._connection.execute(query, {"annotation": annotation_id})]

    def _rows(self, query: str, project_id: str, ids: Collection[Any]) -> Sequence[Any]:
        if not ids:
            ids = [None]
        statement = text(query).bindparams(bindparam("ids", expanding=True))
        return self._connection.execute(statement, {"project": project_id, "ids": sorted(ids, key=str)}).all()
