// SPDX-License-Identifier: Apache-2.0
/**
 * Undo and redo: two stacks of edits under one byte budget. Undoing is itself an edit (contract/edit.md), made by the
 * caller because others may have changed pixels since; what it did is what redo takes back.
 */
import { compose, type Edit, type EditHead, type ItemState } from "./edit.ts";

/** Undoes `edit` and returns the edit that did so; null when nothing was left to undo. */
export type Undoer = (edit: Edit) => Edit | null;

const EDIT_OVERHEAD_BYTES = 256;
const BYTES_PER_RUN = 20;
const BYTES_PER_SEGMENT_CHANGE = 400;
const BYTES_PER_POINT = 100;

/** Memory an edit takes, estimated from its counts. */
export function editBytes(edit: Edit): number {
  const changes = BYTES_PER_SEGMENT_CHANGE * (edit.segments.length + edit.items.length);
  const points = edit.items.reduce((sum, { before, after }) => sum + pointCount(before) + pointCount(after), 0);
  return EDIT_OVERHEAD_BYTES + BYTES_PER_RUN * edit.pixels.count + changes + BYTES_PER_POINT * points;
}

export class History {
  readonly budgetBytes: number;
  private undos: Edit[] = [];
  private redos: Edit[] = [];
  private used = 0;
  /** Edits that were dropped or taken from the bottom; makes marks stay true. */
  private dropped = 0;

  /** Keeps the newest edits whose sum is within the budget, and always the newest one. */
  constructor(budgetBytes: number) {
    this.budgetBytes = budgetBytes;
  }

  get canUndo(): boolean {
    return this.undos.length > 0;
  }

  get canRedo(): boolean {
    return this.redos.length > 0;
  }

  get bytes(): number {
    return this.used;
  }

  /** Edits held, both ways. */
  get size(): number {
    return this.undos.length + this.redos.length;
  }

  /** Records an edit that was done; what could be redone is forgotten. */
  push(edit: Edit): void {
    for (const gone of this.redos) this.used -= editBytes(gone);
    this.redos = [];
    this.keep(this.undos, edit);
  }

  /** Lets `undoer` undo the newest edit. Its edit, or null when there was none. The stacks stay when it throws. */
  undo(undoer: Undoer): Edit | null {
    return this.turn(this.undos, this.redos, undoer);
  }

  /** Lets `undoer` take back the newest undo. */
  redo(undoer: Undoer): Edit | null {
    return this.turn(this.redos, this.undos, undoer);
  }

  /** The edit that `undo` would hand over. */
  peekUndo(): Edit | null {
    return this.undos[this.undos.length - 1] ?? null;
  }

  /** A place in the history, for `squash`. */
  mark(): number {
    return this.dropped + this.undos.length;
  }

  /** Makes one edit of all since `mark`; null when there were none. Throws `not_composable`, nothing changed then. */
  squash(mark: number, head: EditHead): Edit | null {
    const from = Math.max(0, mark - this.dropped);
    const since = this.undos.slice(from);
    if (since.length === 0) return null;
    const one = since.slice(1).reduce((sum, edit) => compose(sum, edit, head), { ...since[0], ...headOf(head) });
    for (const gone of since) this.used -= editBytes(gone);
    this.undos.length = from;
    this.keep(this.undos, one);
    return one;
  }

  clear(): void {
    this.undos = [];
    this.redos = [];
    this.used = 0;
  }

  private turn(from: Edit[], to: Edit[], undoer: Undoer): Edit | null {
    const edit = from[from.length - 1];
    if (edit === undefined) return null;
    const done = undoer(edit);
    from.pop();
    this.used -= editBytes(edit);
    if (done !== null) this.keep(to, done);
    return done;
  }

  private keep(stack: Edit[], edit: Edit): void {
    stack.push(edit);
    this.used += editBytes(edit);
    while (this.used > this.budgetBytes && this.size > 1) {
      // The oldest undo goes first; then the redo that is farthest away.
      const older = this.undos.length > (stack === this.undos ? 1 : 0) ? this.undos : this.redos;
      if (older === this.undos) this.dropped++;
      this.used -= editBytes(older.shift() as Edit);
    }
  }
}

function headOf(head: EditHead): EditHead {
  return { id: head.id, seq: head.seq, tool: head.tool, assist: head.assist };
}

/** Points that an object's geometry keeps, roughly: lists of them are what may be long. */
function pointCount(item: ItemState | null): number {
  if (item === null || !("geometry" in item)) return 0;
  const { geometry } = item;
  if (geometry.kind === "polygon") return geometry.rings.reduce((sum, ring) => sum + ring.length, 0);
  return geometry.kind === "polyline" ? geometry.points.length : 0;
}
