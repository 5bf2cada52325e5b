// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { hrefOf, parseRoute, paths } from "../../src/ui/router.ts";

const uuid = "01890a5d-ac96-774b-bcce-b302099a8057";

describe("parseRoute", () => {
  it("knows every screen at the root", () => {
    expect(parseRoute("/", "/", "")).toEqual({ screen: "home" });
    expect(parseRoute("/", "/me/keys", "")).toEqual({ screen: "keys" });
    expect(parseRoute("/", "/me/view", "")).toEqual({ screen: "view" });
    expect(parseRoute("/", "/me/else", "")).toEqual({ screen: "not-found" });
    expect(parseRoute("/", "/p/prj_1", "")).toEqual({ screen: "overview", project: "prj_1" });
    expect(parseRoute("/", "/p/prj_1/data", "")).toEqual({ screen: "data", project: "prj_1" });
    expect(parseRoute("/", "/p/prj_1/settings/review", "")).toEqual({ screen: "review-settings", project: "prj_1" });
    expect(parseRoute("/", "/p/prj_1/t/tsk_2", "")).toEqual({ screen: "editor", project: "prj_1", task: "tsk_2" });
  });

  it("works below a sub-path, with and without its last slash", () => {
    expect(parseRoute("/label/", "/label/p/prj_1/data", "")).toEqual({ screen: "data", project: "prj_1" });
    expect(parseRoute("/label/", "/label", "")).toEqual({ screen: "home" });
    expect(parseRoute("/label/", "/label/", "")).toEqual({ screen: "home" });
    expect(parseRoute("/label/", "/labels/p/prj_1", "")).toEqual({ screen: "not-found" });
  });

  it("ignores a readable slug, but keeps the dashes of a UUID", () => {
    expect(parseRoute("/", "/p/prj_1-street/t/tsk_9-night", "")).toEqual({
      screen: "editor",
      project: "prj_1",
      task: "tsk_9",
    });
    expect(parseRoute("/", `/p/prj_${uuid}-street`, "")).toEqual({ screen: "overview", project: `prj_${uuid}` });
  });

  it.each(["/x", "/p", "/p/prj_1/x", "/p/prj_1/t", "/p/prj_1/t/tsk_2/x", "/p/%E0%A4%A", "/p/../etc", "/p/prj_/data"])(
    "finds nothing at %s",
    (path) => {
      expect(parseRoute("/", path, "")).toEqual({ screen: "not-found" });
    },
  );

  it("reads the sign-in link from the fragment", () => {
    expect(parseRoute("/", "/open", "#token=abc&next=/p/prj_1/t/tsk_2")).toEqual({
      screen: "open",
      token: "abc",
      next: "/p/prj_1/t/tsk_2",
    });
    expect(parseRoute("/", "/open", "")).toEqual({ screen: "open", token: "", next: "/" });
  });

  it.each(["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "p/prj_1"])(
    "never follows %s out of the site",
    (next) => {
      const route = parseRoute("/", "/open", `#token=a&next=${encodeURIComponent(next)}`);
      expect(route).toEqual({ screen: "open", token: "a", next: "/" });
    },
  );
});

describe("addresses", () => {
  it("lead back to the screen that they were made for", () => {
    const href = hrefOf("/label/", paths.editor("prj_1", "tsk_2"));
    expect(href).toBe("/label/p/prj_1/t/tsk_2");
    expect(parseRoute("/label/", href, "")).toEqual({ screen: "editor", project: "prj_1", task: "tsk_2" });
  });
});
