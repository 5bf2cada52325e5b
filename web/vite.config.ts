// SPDX-License-Identifier: Apache-2.0
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// `base: "./"` with a <base href> written by the server lets one bundle work under any sub-path.
export default defineConfig({
  base: "./",
  plugins: [react()],
  build: { outDir: "../src/intarsia/server/static", emptyOutDir: true, target: "es2022", sourcemap: false },
  worker: { format: "es" },
  server: { proxy: { "/api": "http://127.0.0.1:8420" } },
  test: { testTimeout: 60_000, include: ["tests/**/*.spec.ts", "tests/**/*.spec.tsx"], environment: "node" },
});
