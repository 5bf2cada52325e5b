// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { PAGES, type VectorFile } from "./vectors/format.ts";
import { PYTHON_ALONE, runCase } from "./vectors/runCase.ts";
import { writtenText } from "./vectors/written.ts";

function textOf(page: string, writer: string): string {
  return readFileSync(new URL(`../../../contract/vectors/${page}/${writer}.json`, import.meta.url), "utf8");
}

describe.each(PAGES)("%s", (page) => {
  test("typescript.json is what this core writes now (node tests/core/writeVectors.ts)", () => {
    expect(textOf(page, "typescript") === writtenText(page)).toBe(true);
  });

  const file = JSON.parse(textOf(page, "python")) as VectorFile;
  const cases = file.cases.filter((c) => !PYTHON_ALONE.includes(c.input.do));

  test("python.json is of this page and has examples", () => {
    expect([file.page, file.writer]).toEqual([page, "python"]);
    expect(cases.length).toBeGreaterThan(20);
  });

  test.each(cases.map((c) => [c.name, c] as const))("%s", (_, c) => {
    expect(runCase(c.input, page)).toEqual(c.expected);
  });
});
