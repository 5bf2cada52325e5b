// SPDX-License-Identifier: Apache-2.0
/** Writes contract/vectors/<page>/typescript.json. Run with plain node: `node web/tests/core/writeVectors.ts`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { PAGES } from "./vectors/format.ts";
import { writtenText } from "./vectors/written.ts";

for (const page of PAGES) {
  const folder = new URL(`../../../contract/vectors/${page}/`, import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL("typescript.json", folder), writtenText(page));
}
