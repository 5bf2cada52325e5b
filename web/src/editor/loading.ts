// SPDX-License-Identifier: Apache-2.0
/** Brings the annotation from the server into memory, all layers at one revision. */

import { EditorDocument } from "./document.ts";
import type { AnnotationDoc, AnnotationPort, EditorPorts, TaskDoc } from "./ports.ts";

const TRIES = 5;

/**
 * The document at one revision. Someone may save between two requests; then it is asked again, because segments of one
 * revision beside pixels of another would not fit; at last the pixels are asked for as of the revision of the segments.
 * Rejects with PortError or CodecError.
 */
export async function loadDocument(
  port: AnnotationPort,
  task: TaskDoc,
  first: AnnotationDoc | null,
): Promise<EditorDocument> {
  const sizeHw = [task.asset.height, task.asset.width] as const;
  let annotation = first ?? (await port.fetchAnnotation(task.annotation.id));
  for (let attempt = 1; ; attempt++) {
    const packs = await fetchPacks(port, task, annotation, attempt === TRIES);
    if (packs !== null) return EditorDocument.load(sizeHw, annotation, packs);
    annotation = await port.fetchAnnotation(annotation.id);
  }
}

/** The document as of a revision. Rejects with PortError or CodecError. */
export async function loadRevision(ports: EditorPorts, task: TaskDoc, number: number): Promise<EditorDocument> {
  const layers = task.ontology.layers.map((layer) => layer.name);
  const { id } = task.annotation;
  const [annotation, ...packs] = await Promise.all([
    ports.history.annotationAt(id, number),
    ...layers.map(async (layer) => (await ports.annotations.fetchTiles(id, layer, number)).pack),
  ]);
  const sizeHw = [task.asset.height, task.asset.width] as const;
  return EditorDocument.load(sizeHw, annotation, new Map(layers.map((layer, i) => [layer, packs[i]])));
}

/** Packs of all layers: of the head, or null when it moved on meanwhile; `pinned`: as of the annotation's revision. */
async function fetchPacks(
  port: AnnotationPort,
  task: TaskDoc,
  annotation: AnnotationDoc,
  pinned: boolean,
): Promise<ReadonlyMap<string, Uint8Array> | null> {
  const layers = task.ontology.layers.map((layer) => layer.name);
  // Revision 0 stands for an annotation that nobody has saved: it has no tiles to ask for.
  if (pinned && annotation.revision === 0) return new Map();
  const revision = pinned ? annotation.revision : null;
  const answers = await Promise.all(layers.map((layer) => port.fetchTiles(annotation.id, layer, revision)));
  if (!pinned && answers.some((answer) => answer.revision !== annotation.revision)) return null;
  return new Map(layers.map((layer, i) => [layer, answers[i].pack]));
}
