// SPDX-License-Identifier: Apache-2.0
/** Label maps fetched ahead are used only while they are what the server has. */
import { expect, test } from "vitest";
import { WarmTasks } from "../../src/api/warmTasks.ts";
import { BLOCK } from "../../src/editor/leases.ts";
import type { AnnotationPort } from "../../src/editor/ports.ts";
import { FakeServer } from "./fakeServer.ts";

function counted(): { readonly server: AnnotationPort; readonly tiles: () => number; move: (by: number) => void } {
  const fake = new FakeServer();
  let asked = 0;
  let offset = 0;
  const server: AnnotationPort = {
    ...(fake as AnnotationPort),
    leaseIds: (id, count) => fake.leaseIds(id, count),
    openTask: async (id) => {
      const task = await fake.openTask(id);
      return { ...task, annotation: { ...task.annotation, revision: task.annotation.revision + offset } };
    },
    fetchAnnotation: async (id) => {
      const annotation = await fake.fetchAnnotation(id);
      return { ...annotation, revision: annotation.revision + offset };
    },
    fetchTiles: async (id, layer) => {
      asked++;
      const answer = await fake.fetchTiles(id, layer, null);
      return { ...answer, revision: answer.revision + offset };
    },
  };
  return {
    server,
    tiles: () => asked,
    move: (by) => {
      offset += by;
    },
  };
}

test("a warm task is opened without asking for its label map again", async () => {
  const { server, tiles } = counted();
  const warm = new WarmTasks(server);
  await warm.warm("tsk_1", new AbortController().signal);
  const port = warm.port();
  const task = await port.openTask("tsk_1");
  const before = tiles();
  const answer = await port.fetchTiles(task.annotation.id, task.ontology.layers[0].name, null);
  expect([tiles() - before, answer.revision]).toEqual([0, task.annotation.revision]);
  // The second time somebody doubts it.
  await port.fetchTiles(task.annotation.id, task.ontology.layers[0].name, null);
  expect(tiles() - before).toBe(1);
});

test("when someone saved meanwhile, the label map is asked for", async () => {
  const { server, tiles, move } = counted();
  const warm = new WarmTasks(server);
  await warm.warm("tsk_1", new AbortController().signal);
  move(1);
  const port = warm.port();
  const task = await port.openTask("tsk_1");
  const before = tiles();
  const answer = await port.fetchTiles(task.annotation.id, task.ontology.layers[0].name, null);
  expect([tiles() - before, answer.revision]).toEqual([1, task.annotation.revision]);
});

test("ids leased ahead are handed out once", async () => {
  const { server } = counted();
  const fake = new FakeServer();
  const warm = new WarmTasks({ ...server, leaseIds: (id, count) => fake.leaseIds(id, count) });
  await warm.warm("tsk_1", new AbortController().signal);
  await warm.warm("tsk_1", new AbortController().signal);
  const port = warm.port();
  const { annotation } = await port.openTask("tsk_1");
  const first = await port.leaseIds(annotation.id, BLOCK);
  const second = await port.leaseIds(annotation.id, BLOCK);
  expect([first.end - first.start, second.start]).toEqual([BLOCK, first.end]);
});
