// SPDX-License-Identifier: Apache-2.0
/** Everything that is fetched together when a border tool is first wanted. */
export { KnifeTool } from "./knifeTool.ts";
export { ReshapeTool } from "./reshapeTool.ts";
export { SegmentMover } from "./segmentMover.ts";
export { SlideTool } from "./slideTool.ts";
