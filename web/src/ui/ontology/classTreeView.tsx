// SPDX-License-Identifier: Apache-2.0
/** Classes as a tree: walked, folded and moved by keys or by dragging. */
import { type DragEvent, type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import type { Ontology, OntologyClass } from "../../core/ontology.ts";
import { type ClassNode, classTree, flatTree } from "../classTree.ts";
import { textOn } from "../colour.ts";
import { ontologyWords as words } from "../ontologyWords.ts";
import { rowAfterKey } from "../segmentRows.ts";
import { isUnder, moveClass, stepClass, type TreeStep } from "./draftClasses.ts";

const pageRows = 10;
const steps: Readonly<Record<string, TreeStep>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowRight: "in",
  ArrowLeft: "out",
};

/** Segments and pixels of a class so far. */
export interface ClassUse {
  readonly segments: number;
  readonly pixels: number;
}

type Drop = { readonly number: number; readonly where: "before" | "into" | "after" };

function flagsOf(entry: OntologyClass, isNew: boolean): readonly string[] {
  return [
    ...(entry.retired ? [words.retired] : []),
    ...(isNew ? [words.isNew] : []),
    ...(entry.geometry.length === 0 ? [words.group] : []),
  ];
}

/** Upper quarter of a row: before it; lower quarter: after; between: under it. */
function dropOn(event: DragEvent<HTMLElement>, number: number): Drop {
  const { top, height } = event.currentTarget.getBoundingClientRect();
  const at = (event.clientY - top) / height;
  return { number, where: at < 0.25 ? "before" : at > 0.75 ? "after" : "into" };
}

function moved(ontology: Ontology, number: number, drop: Drop): Ontology {
  if (drop.where === "into") return moveClass(ontology, number, drop.number, ontology.classes.length);
  const target = ontology.classes.find((entry) => entry.number === drop.number);
  if (target === undefined || drop.number === number) return ontology;
  const siblings = ontology.classes.filter((entry) => entry.parent === target.parent && entry.number !== number);
  const at = siblings.findIndex((entry) => entry.number === drop.number);
  return moveClass(ontology, number, target.parent, at + (drop.where === "after" ? 1 : 0));
}

export function ClassTreeView(props: {
  readonly ontology: Ontology;
  /** Numbers that are published: the others are new. */
  readonly published: ReadonlySet<number>;
  readonly uses?: ReadonlyMap<number, ClassUse>;
  readonly chosen: number | null;
  readonly readOnly: boolean;
  readonly onChoose: (number: number) => void;
  readonly onEdit: () => void;
  readonly onRetire: (number: number) => void;
  readonly onChange: (next: Ontology) => void;
}): ReactNode {
  const { ontology, readOnly } = props;
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [dragged, setDragged] = useState<number | null>(null);
  const [drop, setDrop] = useState<Drop | null>(null);
  const tree = useRef<HTMLDivElement>(null);
  const nodes = flatTree(classTree(ontology.classes), folded);
  const stop = nodes.find(({ entry }) => entry.number === props.chosen) ?? nodes.at(0);
  const focus = (number: number): void => tree.current?.querySelector<HTMLElement>(`[data-class="${number}"]`)?.focus();
  const fold = (number: number, on: boolean): void => {
    const next = new Set(folded);
    if (on) next.add(number);
    else next.delete(number);
    setFolded(next);
  };
  const step = (number: number, by: TreeStep): void => {
    const next = stepClass(ontology, number, by);
    const parent = next.classes.find((entry) => entry.number === number)?.parent;
    if (parent != null) fold(parent, false);
    props.onChange(next);
    requestAnimationFrame(() => focus(number));
  };
  const sideways = (node: ClassNode, right: boolean): void => {
    const { number, parent } = node.entry;
    const open = node.children.length > 0 && !folded.has(number);
    if (right && !open && node.children.length > 0) fold(number, false);
    else if (right && open) choose(node.children[0].entry.number);
    else if (!right && open) fold(number, true);
    else if (!right && parent !== null) choose(parent);
  };
  const choose = (number: number): void => {
    props.onChoose(number);
    focus(number);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const at = nodes.findIndex(({ entry }) => String(entry.number) === (event.target as HTMLElement).dataset.class);
    const node = nodes[at];
    if (node === undefined) return;
    const { number } = node.entry;
    const moves = event.ctrlKey || event.metaKey ? steps[event.key] : undefined;
    const next = rowAfterKey(event.key, at, nodes.length, pageRows);
    if (moves !== undefined) {
      if (!readOnly) step(number, moves);
    } else if (next !== null) choose(nodes[next].entry.number);
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft") sideways(node, event.key === "ArrowRight");
    else if (event.key === "Enter") {
      props.onChoose(number);
      props.onEdit();
    } else if (event.key === "Delete" && !readOnly) props.onRetire(number);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={tree}
      className="class-tree"
      role="tree"
      aria-label={words.tree}
      aria-describedby="tree-keys"
      onKeyDown={onKeyDown}
    >
      {nodes.map((node) => {
        const { entry, depth, children } = node;
        const flags = flagsOf(entry, !props.published.has(entry.number));
        const use = props.uses?.get(entry.number);
        const hint = drop?.number === entry.number ? drop.where : undefined;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys of its items
          <div
            key={entry.number}
            role="treeitem"
            data-class={entry.number}
            data-drop={hint}
            data-retired={entry.retired || undefined}
            className="class-item"
            aria-level={depth + 1}
            aria-expanded={children.length === 0 ? undefined : !folded.has(entry.number)}
            aria-selected={entry.number === props.chosen}
            tabIndex={node === stop ? 0 : -1}
            style={{ "--depth": depth } as object}
            draggable={!readOnly}
            onClick={() => props.onChoose(entry.number)}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = "move";
              event.dataTransfer.setData("text/plain", entry.name);
              setDragged(entry.number);
            }}
            onDragEnd={() => {
              setDragged(null);
              setDrop(null);
            }}
            onDragOver={(event) => {
              if (dragged === null || isUnder(ontology.classes, entry.number, dragged)) return;
              event.preventDefault();
              const next = dropOn(event, entry.number);
              if (next.number !== drop?.number || next.where !== drop.where) setDrop(next);
            }}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged !== null && drop !== null) props.onChange(moved(ontology, dragged, drop));
              setDragged(null);
              setDrop(null);
            }}
          >
            {children.length > 0 ? (
              <span
                className="fold"
                aria-hidden="true"
                title={folded.has(entry.number) ? words.unfold(entry.name) : words.fold(entry.name)}
                onClick={(event) => {
                  fold(entry.number, !folded.has(entry.number));
                  event.stopPropagation();
                }}
              >
                {folded.has(entry.number) ? "▸" : "▾"}
              </span>
            ) : (
              <span className="fold" aria-hidden="true" />
            )}
            <span
              className="swatch"
              style={{ background: entry.colour, color: textOn(entry.colour) }}
              aria-hidden="true"
            >
              {entry.key}
            </span>
            <span className="class-item-name" title={entry.name}>
              {entry.name}
            </span>
            <span className="quiet-text">{[words.kinds[entry.kind], ...flags].join(" · ")}</span>
            {use !== undefined && use.segments > 0 && (
              <span className="class-item-use">
                {words.segments(use.segments)} · {words.pixels(use.pixels)}
              </span>
            )}
          </div>
        );
      })}
      <p id="tree-keys" className="quiet-text tree-keys">
        {words.treeKeys}
      </p>
    </div>
  );
}
