// SPDX-License-Identifier: Apache-2.0
/**
 * Runs schedules against a real server: `twoTabs.ts ORIGIN COOKIE PLANT < jobs`, where jobs is a JSON list. Prints one
 * line of JSON for each schedule as it ends.
 */
import { readFileSync } from "node:fs";
import { createHistoryPort } from "../../src/api/editorHistory.ts";
import { createAnnotationPort } from "../../src/api/editorServer.ts";
import type { Plant } from "./badLine.ts";
import { type Job, runSchedule } from "./schedule.ts";

const AT_ONCE = 3;

async function main(origin: string, cookie: string, plant: Plant): Promise<void> {
  const jobs = JSON.parse(readFileSync(0, "utf8")) as Job[];
  const browserFetch = globalThis.fetch;
  // What a browser brings along: the address of the page, and its cookies.
  Object.assign(globalThis, {
    document: { baseURI: `${origin}/` },
    fetch: (request: Request) => {
      request.headers.set("Cookie", cookie);
      return browserFetch(request);
    },
  });
  const server = { annotations: createAnnotationPort(), history: createHistoryPort() };
  const runner = async (): Promise<void> => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      const outcome = await runSchedule(server, job, plant);
      process.stdout.write(`${JSON.stringify(outcome)}\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runner));
}

await main(process.argv[2], process.argv[3], process.argv[4] as Plant);
