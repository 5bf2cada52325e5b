// SPDX-License-Identifier: Apache-2.0
/** The annotation as the editor holds it: one label map per layer, the segments that own its pixels, and the items beside. */
import { type Annotation, segmentsFromJson } from "../core/annotation.ts";
import { type ItemChange, type ItemState, isObjectId, type ObjectState, writeItems } from "../core/item.ts";
import { itemsFromJson } from "../core/itemJson.ts";
import { LabelMap } from "../core/labelMap.ts";
import type { SegmentChange, SegmentFields } from "../core/segment.ts";
import type { AnnotationDoc } from "./ports.ts";

export interface SegmentEntry {
  readonly fields: SegmentFields;
  /** Given by the server at the first save that it takes part in. */
  readonly number: number | null;
}

export class EditorDocument {
  readonly segments = new Map<number, SegmentEntry>();
  /** Objects, relations and the answers on the image, in the order in which they were made. */
  readonly items = new Map<string, ItemState>();
  private readonly maps = new Map<string, LabelMap>();

  constructor(
    readonly sizeHw: readonly [number, number],
    readonly revision: number,
  ) {}

  /** Throws CodecError when a pack is not one. */
  static load(
    sizeHw: readonly [number, number],
    annotation: AnnotationDoc,
    packs: ReadonlyMap<string, Uint8Array>,
  ): EditorDocument {
    const doc = new EditorDocument(sizeHw, annotation.revision);
    for (const [layer, pack] of packs) doc.maps.set(layer, LabelMap.fromPack(pack, sizeHw));
    const listed = segmentsFromJson(annotation.segments).sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
    for (const { id, number, fields } of listed) doc.segments.set(id, { number, fields });
    for (const [id, state] of itemsFromJson(annotation.items ?? [])) doc.items.set(id, state);
    return doc;
  }

  /** Label map of a layer; an empty one is made at first use. */
  map(layer: string): LabelMap {
    let map = this.maps.get(layer);
    if (map === undefined) {
      map = new LabelMap(this.sizeHw);
      this.maps.set(layer, map);
    }
    return map;
  }

  /** The same maps, segments and items as the core's functions take them; `layer` exists in it. */
  asAnnotation(layer: string): Annotation {
    this.map(layer);
    const segments = new Map([...this.segments].map(([id, entry]) => [id, entry.fields]));
    return { sizeHw: this.sizeHw, layers: this.maps, segments, items: this.items };
  }

  get layers(): readonly string[] {
    return [...this.maps.keys()];
  }

  fields(id: number): SegmentFields | null {
    return this.segments.get(id)?.fields ?? null;
  }

  isLive(id: number): boolean {
    return this.fields(id)?.state === "live";
  }

  applyChanges(changes: readonly SegmentChange[]): void {
    for (const { id, after } of changes) {
      if (after === null) this.segments.delete(id);
      else this.segments.set(id, { number: this.segments.get(id)?.number ?? null, fields: after });
    }
  }

  applyItems(changes: readonly ItemChange[]): void {
    writeItems(this.items, changes);
  }

  /** An object that is there, with its id; null when it is not, or is deleted. */
  liveObject(id: string): ObjectState | null {
    const item = isObjectId(id) ? this.items.get(id) : undefined;
    return item !== undefined && (item as ObjectState).state === "live" ? (item as ObjectState) : null;
  }

  setNumbers(numbers: Readonly<Record<string, number>>): void {
    for (const [key, number] of Object.entries(numbers)) {
      const entry = this.segments.get(Number(key));
      if (entry !== undefined) this.segments.set(Number(key), { ...entry, number });
    }
  }
}
