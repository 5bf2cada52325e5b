// SPDX-License-Identifier: Apache-2.0
/** Runs the examples of contract/vector-view.md in this core. */
import {
  compressCounts,
  encodeAllCounts,
  expandString,
  readCounts,
  regionOfCounts,
} from "../../../src/core/cocoRle.ts";
import { partsOf } from "../../../src/core/components.ts";
import { floodRegion } from "../../../src/core/flood.ts";
import { giveToNeighbours } from "../../../src/core/gaps.ts";
import { islandsOf } from "../../../src/core/islands.ts";
import type { LabelMap } from "../../../src/core/labelMap.ts";
import { MIP_LEVEL_MAX, MipPyramid } from "../../../src/core/mips.ts";
import { rasterizeView } from "../../../src/core/partitionRaster.ts";
import type { SizeHw } from "../../../src/core/region.ts";
import { tracePolygons, traceRings } from "../../../src/core/rings.ts";
import type { Json } from "../../../src/core/segment.ts";
import { simplify } from "../../../src/core/simplify.ts";
import { MapStatistics } from "../../../src/core/statistics.ts";
import { arcCount, arcVertices, type VectorView, vectorize } from "../../../src/core/vectorize.ts";
import { type Case, mapFrom, mapJson, regionFrom, regionJson, runsOfIds } from "./format.ts";

type Input = Case["input"];
type Result = Case["expected"];
type ArcJson = { readonly left: number; readonly right: number; readonly xy: readonly number[] };

export const VIEW_RUNS: { readonly [name: string]: (input: Input, sizeHw: SizeHw) => Result } = {
  vectorize: (input, size) => {
    const map = mapFrom(input.map, size);
    const view = vectorize(map);
    const rings = traceRings(view);
    return {
      arcs: arcsJson(view),
      rings: rings.map(({ segmentId, walk, isHole }) => {
        return { id: segmentId, walk: walk.map(({ arc, reversed }) => [arc, reversed ? 1 : 0]), hole: isHole };
      }),
      polygons: tracePolygons(rings, view, map).map(({ segmentId, outer, holes }) => {
        return { id: segmentId, outer, holes: [...holes] };
      }),
    };
  },
  simplify: (input, size) => {
    const view = simplify(vectorize(mapFrom(input.map, size)), (input.tolerance as number) / 256);
    return { arcs: arcsJson(view), map: mapJson(rasterizeView(view)) };
  },
  rasterize: (input, size) => ({ map: mapJson(rasterizeView(viewFrom(input.arcs as unknown as ArcJson[], size))) }),
  components: (input, size) => {
    const ids = input.ids === null ? null : new Set(input.ids as readonly number[]);
    const parts = partsOf(mapFrom(input.map, size), ids);
    return {
      parts: parts.map(({ segmentId, areaPx, box, region }) => {
        return { id: segmentId, area: areaPx, box: [...box], runs: regionJson(region) };
      }),
    };
  },
  flood: (input, size) => {
    return { runs: regionJson(floodRegion(mapFrom(input.map, size), input.x as number, input.y as number)) };
  },
  give_to_neighbours: (input, size) => {
    const gifts = giveToNeighbours(mapFrom(input.map, size), regionFrom(input.region), idSet(input.closed));
    return { gifts: gifts.map(({ segmentId, region }) => ({ id: segmentId, runs: regionJson(region) })) };
  },
  islands: (input, size) => {
    const ids = input.ids === null ? null : idSet(input.ids);
    const islands = islandsOf(mapFrom(input.map, size), input.below as number, ids, idSet(input.closed));
    return {
      islands: islands.map(({ segmentId, takerId, region }) => {
        return { id: segmentId, taker: takerId, runs: regionJson(region) };
      }),
    };
  },
  mips: (input, size) => ({ levels: mipLevels(mapFrom(input.map, size)) }),
  statistics: (input, size) => {
    const statistics = new MapStatistics(mapFrom(input.map, size));
    return {
      ids: statistics.ids().map((id) => {
        const found = statistics.of(id);
        if (found === null) throw new Error("an id without statistics");
        const { areaPx, box, perimeterCracks, neighbours } = found;
        return { id, area: areaPx, box: [...box], perimeter: perimeterCracks, neighbours: [...neighbours] };
      }),
    };
  },
  encode: (input, size) => {
    const all = encodeAllCounts(mapFrom(input.map, size));
    return { ids: [...all].map(([id, counts]) => ({ id, counts, string: compressCounts(counts) })) };
  },
  decode_string: (input, size) => {
    const counts = expandString(input.string as string, size);
    return { counts, runs: regionJson(regionOfCounts(counts, size)) };
  },
  decode_counts: (input, size) => {
    return { runs: regionJson(regionOfCounts(readCounts(input.counts as readonly unknown[], size), size)) };
  },
};

const idSet = (ids: Json): ReadonlySet<number> => new Set(ids as readonly number[]);

function arcsJson(view: VectorView): Json {
  return Array.from({ length: arcCount(view) }, (_, k) => {
    return { left: view.left[k], right: view.right[k], xy: [...arcVertices(view, k)] };
  });
}

function viewFrom(arcs: readonly ArcJson[], sizeHw: SizeHw): VectorView {
  const offsets = new Int32Array(arcs.length + 1);
  arcs.forEach(({ xy }, k) => {
    offsets[k + 1] = offsets[k] + xy.length / 2;
  });
  return {
    sizeHw,
    xy: Int32Array.from(arcs.flatMap(({ xy }) => xy)),
    offsets,
    left: Float64Array.from(arcs, ({ left }) => left),
    right: Float64Array.from(arcs, ({ right }) => right),
  };
}

/** Levels of the whole map, put together from those of its tiles. */
function mipLevels(map: LabelMap): Json {
  const pyramid = new MipPyramid(map);
  const levels: Json[] = [];
  for (let level = 1; level <= MIP_LEVEL_MAX; level++) {
    const below = 2 ** (level - 1);
    if (Math.ceil(map.width / below) * Math.ceil(map.height / below) === 1) break;
    const [h, w] = [Math.ceil(map.height / (2 * below)), Math.ceil(map.width / (2 * below))];
    const ids = new Uint32Array(w * h);
    const unlabelled = new Uint8Array(w * h);
    for (let t = 0; t < map.tileCount; t++) {
      const view = pyramid.view(t, level);
      for (let i = 0; i < view.width * view.height; i++) {
        const at = (view.y0 + Math.floor(i / view.width)) * w + view.x0 + (i % view.width);
        ids[at] = view.palette[view.indices === null ? 0 : view.indices[i]];
        unlabelled[at] = view.unlabelled === null ? Number(view.allUnlabelled) : view.unlabelled[i];
      }
    }
    levels.push({ size_hw: [h, w], map: runsOfIds(ids), unlabelled: runsOfIds(unlabelled) });
  }
  return levels;
}
