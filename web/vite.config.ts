// SPDX-License-Identifier: Apache-2.0
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Texts are English, so the thirty other languages that React Aria brings along are left out. */
const otherLanguages =
  /[\\/](react-aria|react-stately|react-aria-components)[\\/].*[\\/]intl[\\/].*[\\/](?!en-US)[a-z]{2}-[A-Z]{2}\.mjs$/;
const oneLanguage = {
  name: "one-language",
  load: (id: string): string | null => (otherLanguages.test(id) ? "export default {};" : null),
};

// `base: "./"` with a <base href> written by the server lets one bundle work under any sub-path.
export default defineConfig({
  base: "./",
  plugins: [react(), oneLanguage],
  build: { outDir: "../src/intarsia/server/static", emptyOutDir: true, target: "es2022", sourcemap: false },
  worker: { format: "es" },
  server: { proxy: { "/api": "http://127.0.0.1:8420" } },
  test: { testTimeout: 60_000, include: ["tests/**/*.spec.ts", "tests/**/*.spec.tsx"], environment: "node" },
});
