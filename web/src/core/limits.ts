// SPDX-License-Identifier: Apache-2.0
/** The numbers of contract/limits.json under their TypeScript names; a test compares the two. */

export const COORDINATE_PX_MAX = 131071;
export const COORDINATE_PX_MIN = -65536;
export const EDIT_JSON_MAX_BYTES = 8388608;
export const EDIT_RUNS_MAX = 4000000;
export const EDITS_PER_SAVE_MAX = 256;
export const ID_LEASE_MAX = 4096;
export const ITEMS_PER_ANNOTATION_MAX = 20000;
export const LAYER_NAME_MAX_CHARS = 64;
export const OBJECT_POINTS_MAX = 20000;
export const PIXELS_MAX = 268435456;
export const POLYGON_VERTICES_MAX = 200000;
export const SEGMENT_ID_MAX = 4294967295;
export const SEGMENTS_PER_ANNOTATION_MAX = 65000;
export const SIDE_PX_MAX = 65535;
export const STUFF_ID_MAX = 65535;
export const THING_ID_MIN = 65536;
export const TILE_SIDE_PX = 256;
