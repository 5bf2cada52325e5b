// SPDX-License-Identifier: Apache-2.0
/** Colour tables for the compositor: a dense slot per segment that the picture shows, never an array by id. */
import {
  type LabelScene,
  NEW_SEGMENT,
  type OutlinePreview,
  type SegmentLook,
  type Spotlight,
} from "../editor/canvas.ts";
import { SLOT_OUTSIDE, SLOT_UNLABELLED, type SlotSource } from "./sampling.ts";

/** Slot of hidden segments: they look like the plain photo, but are not unlabelled. */
export const SLOT_HIDDEN = 2;
/** Slots of the outline preview: what it takes from nobody, and what it takes from others. */
export const SLOT_PREVIEW = 3;
export const SLOT_PREVIEW_TAKES = 4;
/** Slot of a segment that a gesture would make. */
export const SLOT_PROPOSED_NEW = 5;
/** Slot of pixels that a gesture would leave unlabelled. */
export const SLOT_VACATED = 6;
const FIRST_FREE = 7;

export const FLAG_DARK = 1;
export const FLAG_SELECTED = 2;
export const FLAG_HOVERED = 4;
export const FLAG_PLAIN = 8; // no fill, no rim: photo shows
export const FLAG_HATCH = 16;
export const FLAG_PREVIEW = 32; // what the open outline would take

const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** 0xRRGGBB and alpha 0..255 as one word of ImageData. */
export function packColour(rgb: number, alpha: number): number {
  const r = (rgb >> 16) & 255;
  const g = (rgb >> 8) & 255;
  const b = rgb & 255;
  return littleEndian
    ? ((alpha << 24) | (b << 16) | (g << 8) | r) >>> 0
    : ((r << 24) | (g << 16) | (b << 8) | alpha) >>> 0;
}

/** The word with black over it that leaves 60 % of what is below. */
export function dimmed(word: number): number {
  const bytes = littleEndian ? word : reversed(word);
  const alpha = (bytes >>> 24) / 255;
  const out = DIM + alpha * (1 - DIM);
  const keep = (alpha * (1 - DIM)) / out;
  const part = (shift: number): number => Math.floor(((bytes >>> shift) & 255) * keep + 0.5);
  return packColour((part(0) << 16) | (part(8) << 8) | part(16), Math.floor(out * 255 + 0.5));
}

const DIM = 0.4;
const reversed = (word: number): number =>
  ((word >>> 24) | ((word >>> 8) & 0xff00) | ((word << 8) & 0xff0000) | (word << 24)) >>> 0;

/** How a slot stands in the spotlight. */
export const LIGHT_DIM = 0;
export const LIGHT_FULL = 1;
export const LIGHT_HOST = 2;

export class SlotPalette implements SlotSource {
  /** Grows when slots change their meaning: tables per tile must be made anew. */
  epoch = 0;
  fill = new Uint32Array(64);
  rim = new Uint32Array(64);
  flags = new Uint8Array(64);
  /** Read only while there is a spotlight. */
  light = new Uint8Array(64);
  private slots = new Map<number, number>();
  /** Twins of slots: the same owner, marked as changed by the gesture. */
  private proposed = new Map<number, number>();
  private ownerOfTwin = new Map<number, number>();
  private newLook: SegmentLook | null = null;
  private next = FIRST_FREE;
  private scene: LabelScene | null = null;
  private spotlight: Spotlight | null = null;
  private seen = { lookVersion: -1, opacity: -1, map: null as unknown, previewLook: null as SegmentLook | null };

  /** Brings the tables up to date; true when colours changed, so that everything has to be drawn again. */
  update(scene: LabelScene): boolean {
    this.scene = scene;
    this.updatePreview(scene.preview);
    if (scene.spotlight !== this.spotlight) this.updateLight(scene.spotlight);
    this.updateNew(scene.proposal?.newLook ?? null);
    const { lookVersion, opacity, map } = scene;
    if (lookVersion === this.seen.lookVersion && opacity === this.seen.opacity && map === this.seen.map) return false;
    this.seen = { ...this.seen, lookVersion, opacity, map };
    this.slots.clear();
    this.proposed.clear();
    this.ownerOfTwin.clear();
    this.next = FIRST_FREE;
    this.epoch++;
    this.plain(SLOT_UNLABELLED);
    this.plain(SLOT_OUTSIDE);
    this.plain(SLOT_HIDDEN);
    this.fill[SLOT_VACATED] = 0;
    this.rim[SLOT_VACATED] = packColour(0xffffff, 255);
    this.flags[SLOT_VACATED] = FLAG_HATCH | FLAG_PREVIEW;
    return true;
  }

  /** Slot of pixels that a gesture would give to `id`. */
  proposedSlotOf(id: number): number {
    if (id === 0) return SLOT_VACATED;
    if (id === NEW_SEGMENT) return SLOT_PROPOSED_NEW;
    const known = this.proposed.get(id);
    if (known !== undefined) return known;
    const owner = this.slotOf(id);
    const slot = this.next++;
    this.proposed.set(id, slot);
    this.ownerOfTwin.set(slot, owner);
    this.set(slot, this.scene!.look(id), FLAG_PREVIEW | FLAG_HATCH);
    return slot;
  }

  slotOf(id: number): number {
    if (id === 0) return SLOT_UNLABELLED;
    const known = this.slots.get(id);
    if (known !== undefined) return known;
    const look = this.scene!.look(id);
    if (look.hidden) {
      this.slots.set(id, SLOT_HIDDEN);
      return SLOT_HIDDEN;
    }
    const slot = this.next++;
    this.slots.set(id, slot);
    this.set(slot, look, 0);
    this.light[slot] = this.lightOf(id);
    return slot;
  }

  /** Slots that belong together (a segment and what the outline would add to it) have no border between them. */
  sameOwner(a: number, b: number): boolean {
    return this.owner(a) === this.owner(b);
  }

  private owner(slot: number): number {
    if (slot === SLOT_VACATED) return SLOT_UNLABELLED;
    if (slot >= FIRST_FREE) return this.ownerOfTwin.get(slot) ?? slot;
    if (slot !== SLOT_PREVIEW && slot !== SLOT_PREVIEW_TAKES) return slot;
    const id = this.scene?.preview?.segmentId ?? null;
    return id === null ? SLOT_PREVIEW : this.slotOf(id);
  }

  private updatePreview(preview: OutlinePreview | null): void {
    if (preview === null || preview.look === this.seen.previewLook) return;
    this.set(SLOT_PREVIEW, preview.look, FLAG_PREVIEW);
    this.set(SLOT_PREVIEW_TAKES, preview.look, FLAG_PREVIEW | FLAG_HATCH);
    this.seen.previewLook = preview.look;
  }

  private updateNew(look: SegmentLook | null): void {
    if (look === null || look === this.newLook) return;
    this.set(SLOT_PROPOSED_NEW, look, FLAG_PREVIEW | FLAG_HATCH);
    this.newLook = look;
  }

  private updateLight(spotlight: Spotlight | null): void {
    this.spotlight = spotlight;
    this.light.fill(LIGHT_DIM);
    for (const slot of [SLOT_OUTSIDE, SLOT_PREVIEW, SLOT_PREVIEW_TAKES]) this.light[slot] = LIGHT_FULL;
    for (const [id, slot] of this.slots) if (slot >= FIRST_FREE) this.light[slot] = this.lightOf(id);
  }

  private lightOf(id: number): number {
    if (this.spotlight === null) return LIGHT_DIM;
    if (this.spotlight.hosts.has(id)) return LIGHT_HOST;
    return this.spotlight.segmentId === id ? LIGHT_FULL : LIGHT_DIM;
  }

  private plain(slot: number): void {
    this.fill[slot] = 0;
    this.rim[slot] = 0;
    this.flags[slot] = FLAG_PLAIN;
  }

  private set(slot: number, look: SegmentLook, extra: number): void {
    if (slot >= this.fill.length) this.grow();
    const alpha = Math.floor(this.scene!.opacity * 255 + 0.5);
    this.fill[slot] = packColour(look.colour, alpha);
    this.rim[slot] = packColour(look.colour, 255);
    this.flags[slot] =
      (look.dark ? FLAG_DARK : 0) | (look.selected ? FLAG_SELECTED : 0) | (look.hovered ? FLAG_HOVERED : 0) | extra;
  }

  private grow(): void {
    const size = this.fill.length * 2;
    const grown = <T extends Uint32Array | Uint8Array>(next: T, old: T): T => {
      next.set(old);
      return next;
    };
    this.fill = grown(new Uint32Array(size), this.fill);
    this.rim = grown(new Uint32Array(size), this.rim);
    this.flags = grown(new Uint8Array(size), this.flags);
    this.light = grown(new Uint8Array(size), this.light);
  }
}
