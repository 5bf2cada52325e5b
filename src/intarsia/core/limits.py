# SPDX-License-Identifier: Apache-2.0
"""Sizes and counts that both cores refuse to pass; equal to contract/limits.json (a test compares them)."""

from __future__ import annotations

from typing import Final

COORDINATE_PX_MAX: Final = 131_071
COORDINATE_PX_MIN: Final = -65_536
EDIT_JSON_MAX_BYTES: Final = 8_388_608
EDIT_RUNS_MAX: Final = 4_000_000
EDITS_PER_SAVE_MAX: Final = 256
ID_LEASE_MAX: Final = 4_096
ITEMS_PER_ANNOTATION_MAX: Final = 20_000
LAYER_NAME_MAX_CHARS: Final = 64
OBJECT_POINTS_MAX: Final = 20_000
PIXELS_MAX: Final = 268_435_456
POLYGON_VERTICES_MAX: Final = 200_000
SEGMENT_ID_MAX: Final = 4_294_967_295
SEGMENTS_PER_ANNOTATION_MAX: Final = 65_000
SIDE_PX_MAX: Final = 65_535
STUFF_ID_MAX: Final = 65_535
THING_ID_MIN: Final = 65_536
TILE_SIDE_PX: Final = 256
