# SPDX-License-Identifier: Apache-2.0
"""The tables. Every one has workspace_id. Times are RFC 3339 text, which sorts as it reads."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_ID = String(64)
_TIME = String(32)


PACKED_QUICKLY = "substr(data, 1, 1) NOT IN (x'01', x'03')"
"""Of tiles: not yet packed as small as they can be (the markers are TIGHT of tile_packing)."""


def _workspace() -> Column[str]:
    return Column("workspace_id", _ID, ForeignKey("workspaces.id"), nullable=False)


workspaces = Table(
    "workspaces",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", _TIME, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("id", _ID, primary_key=True),
    _workspace(),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("created_at", _TIME, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id_hash", LargeBinary(32), primary_key=True),
    _workspace(),
    Column("user_id", _ID, ForeignKey("users.id"), nullable=False),
    Column("created_at", _TIME, nullable=False),
    Column("expires_at", _TIME, nullable=False),
)

spent_tokens = Table(
    "spent_tokens",
    metadata,
    Column("nonce_hash", LargeBinary(32), primary_key=True),
    _workspace(),
    Column("expires_at", _TIME, nullable=False),
)

datasets = Table(
    "datasets",
    metadata,
    Column("id", _ID, primary_key=True),
    _workspace(),
    Column("name", Text, nullable=False),
    Column("next_export_no", Integer, nullable=False),
    Column("created_at", _TIME, nullable=False),
)

assets = Table(
    "assets",
    metadata,
    Column("id", _ID, primary_key=True),
    _workspace(),
    Column("dataset_id", _ID, ForeignKey("datasets.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("media_type", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("byte_size", BigInteger, nullable=False),
    Column("original_key", Text, nullable=False),
    Column("display_key", Text),
    Column("display_media_type", String(64), nullable=False),
    Column("thumbnail_key", Text, nullable=False),
    Column("export_no", Integer, nullable=False),
    Column("created_at", _TIME, nullable=False),
    UniqueConstraint("dataset_id", "export_no"),
    UniqueConstraint("dataset_id", "sha256", "name"),
)

projects = Table(
    "projects",
    metadata,
    Column("id", _ID, primary_key=True),
    _workspace(),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("dataset_id", _ID, ForeignKey("datasets.id"), nullable=False),
    Column("ontology_version", Integer, nullable=False),
    Column("created_at", _TIME, nullable=False),
    Column("review_rules", JSON),
)

ontologies = Table(
    "ontologies",
    metadata,
    Column("project_id", _ID, ForeignKey("projects.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    _workspace(),
    Column("body", JSON, nullable=False),
    Column("author_id", _ID, nullable=False),
    Column("created_at", _TIME, nullable=False),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", _ID, primary_key=True),
    _workspace(),
    Column("project_id", _ID, ForeignKey("projects.id"), nullable=False),
    Column("asset_id", _ID, ForeignKey("assets.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("updated_at", _TIME, nullable=False),
    UniqueConstraint("project_id", "position"),
    UniqueConstraint("project_id", "asset_id"),
)

annotation_heads = Table(
    "annotations",
    metadata,
    Column("id", _ID, primary_key=True),
    _workspace(),
    Column("task_id", _ID, ForeignKey("tasks.id"), nullable=False),
    Column("slot", String(32), nullable=False),
    Column("height", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("next_thing_id", BigInteger, nullable=False),
    Column("next_number", Integer, nullable=False),
    Column("labelled_px", BigInteger, nullable=False),
    Column("updated_at", _TIME, nullable=False),
    UniqueConstraint("task_id", "slot"),
)

leases = Table(
    "leases",
    metadata,
    Column("annotation_id", _ID, ForeignKey("annotations.id"), primary_key=True),
    Column("start", BigInteger, primary_key=True),
    _workspace(),
    Column("end", BigInteger, nullable=False),
    Column("user_id", _ID, nullable=False),
    Column("created_at", _TIME, nullable=False),
)

tiles = Table(
    "tiles",
    metadata,
    Column("workspace_id", _ID, ForeignKey("workspaces.id"), primary_key=True),
    Column("name", LargeBinary(32), primary_key=True),
    Column("data", LargeBinary, nullable=False),
    # Since when nothing has pointed at it; it is deleted a day later unless it is used again.
    Column("unused_since", _TIME),
    Index(
        None,
        "unused_since",
        sqlite_where=text("unused_since IS NOT NULL"),
        postgresql_where=text("unused_since IS NOT NULL"),
    ),
    # Few, since upkeep packs them: those that a save has packed quickly.
    Index(
        "ix_tiles_packed_quickly",
        "workspace_id",
        "name",
        sqlite_where=text(PACKED_QUICKLY),
        postgresql_where=text("substr(data, 1, 1) NOT IN ('\\x01'::bytea, '\\x03'::bytea)"),
    ),
)

head_tiles = Table(
    "head_tiles",
    metadata,
    Column("annotation_id", _ID, ForeignKey("annotations.id"), primary_key=True),
    Column("layer", String(64), primary_key=True),
    Column("tile_index", Integer, primary_key=True),
    _workspace(),
    Column("name", LargeBinary(32), nullable=False),
    Column("labelled_px", Integer, nullable=False),
    # What the head points at, its newest revision does too, whose rows hold the tile.
    sqlite_with_rowid=False,
)

segments = Table(
    "segments",
    metadata,
    Column("annotation_id", _ID, ForeignKey("annotations.id"), primary_key=True),
    Column("id", BigInteger, primary_key=True),
    _workspace(),
    Column("number", Integer, nullable=False),
    Column("class_number", Integer, nullable=False),
    Column("crowd", Boolean, nullable=False),
    Column("instances_unknown", Boolean, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("merged_into", BigInteger),
    UniqueConstraint("annotation_id", "number"),
    sqlite_with_rowid=False,
)

items = Table(
    "items",
    metadata,
    Column("annotation_id", _ID, ForeignKey("annotations.id"), primary_key=True),
    Column("id", _ID, primary_key=True),
    _workspace(),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    # The rest of the item's state as JSON (contract/items.md).
    Column("body", JSON, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("annotation_id", _ID, ForeignKey("annotations.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    _workspace(),
    Column("id", _ID, nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("author_id", _ID, ForeignKey("users.id"), nullable=False),
    Column("client", String(64), nullable=False),
    Column("edit_count", Integer, nullable=False),
    Column("changed_px", BigInteger, nullable=False),
    Column("created_at", _TIME, nullable=False),
    # Something names this revision: thinning leaves it.
    Column("kept", Boolean, nullable=False, server_default=false()),
    Index(None, "annotation_id", "client", "number"),
)

revision_tiles = Table(
    "revision_tiles",
    metadata,
    Column("annotation_id", _ID, primary_key=True),
    Column("layer", String(64), primary_key=True),
    Column("tile_index", Integer, primary_key=True),
    Column("revision", Integer, primary_key=True),
    _workspace(),
    Column("name", LargeBinary(32)),
    Column("labelled_px", Integer, nullable=False),
    ForeignKeyConstraint(["annotation_id", "revision"], ["revisions.annotation_id", "revisions.number"]),
    ForeignKeyConstraint(["workspace_id", "name"], ["tiles.workspace_id", "tiles.name"]),
    Index(None, "name"),
)

revision_segments = Table(
    "revision_segments",
    metadata,
    Column("annotation_id", _ID, primary_key=True),
    Column("id", BigInteger, primary_key=True),
    Column("revision", Integer, primary_key=True),
    _workspace(),
    Column("number", Integer, nullable=False),
    Column("class_number", Integer, nullable=False),
    Column("crowd", Boolean, nullable=False),
    Column("instances_unknown", Boolean, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("merged_into", BigInteger),
    ForeignKeyConstraint(["annotation_id", "revision"], ["revisions.annotation_id", "revisions.number"]),
    sqlite_with_rowid=False,
)

revision_items = Table(
    "revision_items",
    metadata,
    Column("annotation_id", _ID, primary_key=True),
    Column("id", _ID, primary_key=True),
    Column("revision", Integer, primary_key=True),
    _workspace(),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("body", JSON, nullable=False),
    ForeignKeyConstraint(["annotation_id", "revision"], ["revisions.annotation_id", "revisions.number"]),
)

edit_keys = Table(
    "edit_keys",
    metadata,
    Column("workspace_id", _ID, ForeignKey("workspaces.id"), primary_key=True),
    Column("edit_id", String(36), primary_key=True),
    Column("annotation_id", _ID, nullable=False),
    Column("body_hash", LargeBinary(32), nullable=False),
    Column("status", String(16), nullable=False),
    Column("conflict_pixels", BigInteger, nullable=False),
    Column("conflict_fields", Integer, nullable=False),
    Column("created_at", _TIME, nullable=False),
    Index(None, "created_at"),
)

edits = Table(
    "edits",
    metadata,
    Column("annotation_id", _ID, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    _workspace(),
    Column("edit_id", String(36), nullable=False),
    Column("author_id", _ID, nullable=False),
    Column("client", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("layer", String(64), nullable=False),
    Column("tool", String(64), nullable=False),
    Column("assist", String(128)),
    Column("pixels", LargeBinary, nullable=False),
    Column("segments", JSON, nullable=False),
    Column("items", JSON, nullable=False, server_default="[]"),
    Column("changed_px", BigInteger, nullable=False),
    Column("created_at", _TIME, nullable=False),
    ForeignKeyConstraint(["annotation_id", "revision"], ["revisions.annotation_id", "revisions.number"]),
)

conflicts = Table(
    "conflicts",
    metadata,
    Column("id", _ID, primary_key=True),
    _workspace(),
    Column("annotation_id", _ID, ForeignKey("annotations.id"), nullable=False),
    Column("edit_id", String(36), nullable=False),
    Column("author_id", _ID, nullable=False),
    Column("layer", String(64), nullable=False),
    Column("pixels", LargeBinary, nullable=False),
    Column("pixel_count", BigInteger, nullable=False),
    Column("box_xyxy", JSON),
    Column("fields", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", _TIME, nullable=False),
    Index(None, "annotation_id", "state"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", _ID, primary_key=True),
    _workspace(),
    Column("project_id", _ID, ForeignKey("projects.id"), nullable=False),
    Column("author_id", _ID, ForeignKey("users.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("format", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("message", Text, nullable=False),
    Column("problems", JSON, nullable=False),
    Column("params", JSON, nullable=False),
    Column("result", JSON),
    Column("cancel_requested", Boolean, nullable=False),
    Column("created_at", _TIME, nullable=False),
    Column("finished_at", _TIME),
    Index(None, "project_id", "created_at"),
)

job_items = Table(
    "job_items",
    metadata,
    Column("job_id", _ID, ForeignKey("jobs.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    _workspace(),
    Column("task_id", _ID, nullable=False),
    Column("revision", Integer, nullable=False),
)
