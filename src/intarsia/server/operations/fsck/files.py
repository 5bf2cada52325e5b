# SPDX-License-Identifier: Apache-2.0
"""Files in the blob folder: all that rows name are there with their hash, and nothing else has been there for a day."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from intarsia.server.operations.data_dir import BLOBS, Snapshot, blob_path
from intarsia.server.operations.fsck.finding import Finding

_CHUNK_BYTES = 1024 * 1024
_GRACE_MS = 86_400_000
# `thumbnail.<sha256>.webp`: what is made from an image bears its hash in its name.
_HASH_IN_NAME = re.compile(r"\.([0-9a-f]{64})\.[a-z]+$")


def check_files(state: Snapshot, data_dir: Path, *, now_ms: int) -> Iterator[Finding]:
    named: dict[str, tuple[str | None, int | None]] = {}
    for asset_id, key, sha256, size, display, thumbnail in state.rows(
        "SELECT id, original_key, sha256, byte_size, display_key, thumbnail_key FROM assets"
    ):
        if f"/{sha256}/" not in key:
            yield Finding("file_misnamed", f"asset {asset_id}", f"its file {key} does not bear its hash {sha256}")
        named[key] = (sha256, size)
        for made in (display, thumbnail):
            if made is not None:
                found = _HASH_IN_NAME.search(made)
                named[made] = (found[1] if found else None, None)
    named.update(_job_files(state))
    for key, (sha256, size) in sorted(named.items()):
        yield from _check_file(data_dir, key, sha256, size)
    yield from _unused(data_dir, set(named) | _may_come(state), now_ms)


def _job_files(state: Snapshot) -> dict[str, tuple[str | None, int | None]]:
    """Archives of exports that ended well, and of imports that have not ended."""
    found: dict[str, tuple[str | None, int | None]] = {}
    query = "SELECT workspace_id, id, result FROM jobs WHERE kind = 'export' AND state = 'done'"
    for workspace_id, job_id, result in state.rows(query):
        try:
            told = json.loads(result)
            facts = (str(told["sha256"]), int(told["byte_size"]))
        except (ValueError, TypeError, KeyError):
            continue  # reported with the job
        found[f"{workspace_id}/exports/{job_id}.zip"] = facts
    query = "SELECT workspace_id, id FROM jobs WHERE kind = 'import' AND state IN ('queued', 'running')"
    found.update({f"{workspace_id}/imports/{job_id}.zip": (None, None) for workspace_id, job_id in state.rows(query)})
    return found


def _may_come(state: Snapshot) -> set[str]:
    rows = state.rows("SELECT workspace_id, kind, id FROM jobs WHERE state IN ('queued', 'running')")
    return {f"{workspace_id}/{kind}s/{job_id}.zip" for workspace_id, kind, job_id in rows}


def _check_file(data_dir: Path, key: str, sha256: str | None, size: int | None) -> Iterator[Finding]:
    path = blob_path(data_dir, key)
    where = f"file {key}"
    if not path.is_file():
        yield Finding("file_missing", where, "is not there")
        return
    found = path.stat().st_size
    if found == 0 or (size is not None and found != size):
        yield Finding("file_damaged", where, f"has {found} bytes" + (f", not {size}" if size is not None else ""))
    elif sha256 is not None and hash_file(path) != sha256:
        yield Finding("file_damaged", where, "its bytes have another SHA-256 than when they came")


def _unused(data_dir: Path, named: set[str], now_ms: int) -> Iterator[Finding]:
    root = data_dir / BLOBS
    for path in sorted(root.rglob("*")):
        key = path.relative_to(root).as_posix()
        if path.is_file() and key not in named and path.stat().st_mtime * 1000 < now_ms - _GRACE_MS:
            yield Finding("file_unused", f"file {key}", "nothing names it; `intarsia sweep` removes it")


def hash_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
