// SPDX-License-Identifier: Apache-2.0
/** The draft of a project's ontology: kept in this browser until it is published or discarded, with undo. */
import { useCallback, useMemo, useRef, useState } from "react";
import { browserPreferences } from "../../api/browserPorts.ts";
import { OntologyError } from "../../core/errors.ts";
import { type Json, jsonEqual } from "../../core/json.ts";
import type { Ontology } from "../../core/ontology.ts";
import { ontologyFromJson } from "../../core/ontologyJson.ts";
import { rebaseDraft } from "./draftRebase.ts";

const UNDO_STEPS = 100;

interface Kept {
  /** The published version that the draft was made from. */
  readonly base: Ontology;
  readonly draft: Ontology;
}

const keyFor = (project: string): string => `ontology-draft:${project}`;

function keptDraft(project: string): Kept | null {
  const text = browserPreferences.read(keyFor(project));
  if (text === null || text === "") return null;
  try {
    const { base, draft } = JSON.parse(text) as { base: Ontology; draft: Ontology };
    // A draft may be half done: only what it was made from has to be an ontology.
    return Array.isArray(draft.classes) && Array.isArray(draft.layers) ? { base: ontologyFromJson(base), draft } : null;
  } catch {
    return null;
  }
}

export interface Draft {
  readonly ontology: Ontology;
  readonly changed: boolean;
  /** What keeps it from being an ontology; null: nothing. */
  readonly problem: { readonly what: string; readonly where: string } | null;
  /** A version was published after the draft was begun, and its changes were taken over. */
  readonly moved: boolean;
  readonly canUndo: boolean;
  readonly change: (next: Ontology) => void;
  readonly undo: () => void;
  readonly discard: () => void;
  /** It is published: nothing is left of it. */
  readonly forget: () => void;
}

export function useDraft(project: string, published: Ontology): Draft {
  const [kept, setKept] = useState(() => keptDraft(project));
  const past = useRef<Ontology[]>([]);
  const moved = kept !== null && kept.base.version !== published.version;
  const ontology = useMemo(() => {
    if (kept === null) return published;
    return moved ? rebaseDraft(kept.base, kept.draft, published) : kept.draft;
  }, [kept, moved, published]);
  const changed = useMemo(() => !same(ontology, published), [ontology, published]);
  const keep = useCallback(
    (draft: Ontology) => {
      const next = same(draft, published) ? null : { base: published, draft };
      browserPreferences.write(keyFor(project), next === null ? "" : JSON.stringify(next));
      setKept(next);
    },
    [project, published],
  );
  const change = (next: Ontology): void => {
    if (next === ontology) return;
    past.current = [...past.current.slice(1 - UNDO_STEPS), ontology];
    keep(next);
  };
  const undo = (): void => {
    const before = past.current.pop();
    if (before !== undefined) keep(before);
  };
  const discard = (): void => {
    past.current = [...past.current.slice(1 - UNDO_STEPS), ontology];
    keep(published);
  };
  const forget = (): void => {
    past.current = [];
    browserPreferences.write(keyFor(project), "");
    setKept(null);
  };
  const problem = useMemo(() => problemOf(ontology), [ontology]);
  return { ontology, changed, problem, moved, canUndo: past.current.length > 0, change, undo, discard, forget };
}

const same = (a: Ontology, b: Ontology): boolean =>
  jsonEqual({ ...a, version: 0 } as unknown as Json, { ...b, version: 0 } as unknown as Json);

export function problemOf(ontology: Ontology): Draft["problem"] {
  try {
    ontologyFromJson(ontology);
    return null;
  } catch (error) {
    if (!(error instanceof OntologyError)) throw error;
    return { what: error.what, where: error.where };
  }
}
