// SPDX-License-Identifier: Apache-2.0
// Writes the pure core as plain JavaScript, file by file, so that a page without a bundler can import it.
// node strip_types.mjs FROM_FOLDER TO_FOLDER
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";

const [from, to] = process.argv.slice(2);
for (const name of readdirSync(from, { recursive: true })) {
  if (!name.endsWith(".ts")) continue;
  const target = join(to, name);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, stripTypeScriptTypes(readFileSync(join(from, name), "utf8"), { mode: "transform" }));
}
