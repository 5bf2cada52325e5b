// SPDX-License-Identifier: Apache-2.0
/** Review rules on a table: tests say what is found, and see what was asked to be mended. */
import { PortError } from "../../src/editor/ports.ts";
import type { FindingDoc, FindingListDoc, MendingDoc, ReviewPort } from "../../src/editor/reviewPorts.ts";
import type { FakeServer } from "./fakeServer.ts";

export class FakeReview implements ReviewPort {
  rules: FindingListDoc["rules"] = [];
  mending: Omit<MendingDoc, "revision"> | null = null;
  asked = 0;
  readonly locked: (readonly number[])[] = [];

  constructor(private readonly server: FakeServer) {}

  async findings(): Promise<FindingListDoc> {
    this.asked++;
    return { revision: this.server.revision, rules: this.rules };
  }

  async mend(_annotation: string, _rule: string, _key: string, locked: readonly number[]): Promise<MendingDoc> {
    this.locked.push(locked);
    if (this.mending === null) throw new PortError("refused", 409, "not_fixable", "It needs a decision.");
    return { ...this.mending, revision: this.server.revision };
  }
}

export function finding(over: Partial<FindingDoc>): FindingDoc {
  return {
    key: "unlabelled:main::1,1:",
    rule: "unlabelled",
    layer: "main",
    segment_ids: [],
    item_ids: [],
    box_xyxy: [1, 1, 3, 3],
    at: [1, 1],
    area_px: 4,
    values: {},
    fixable: true,
    ...over,
  };
}
