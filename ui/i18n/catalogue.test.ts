import { expect, it } from "vitest";
import { errorCodes } from "#base/errors.ts";
import { english } from "#ui/i18n/en/index.ts";
import { describeProblem, t, tData } from "#ui/i18n/index.ts";

/** Said by the page itself: no server has them. */
const OWN_CODES = ["SERVER_UNREACHABLE", "PAGE_FAILED", "JOB_LOST"];

it("has texts only for codes that exist", () => {
  const known = new Set<string>([...errorCodes, ...OWN_CODES]);
  expect(Object.keys(english.errors).filter((code) => !known.has(code))).toEqual([]);
});

it("says what happened, what is safe and what comes next for each code of its own", () => {
  for (const code of OWN_CODES) {
    const said = describeProblem({ code, text: "from the page", safe: "", next: "", details: {} });
    expect([said.text, said.safe, said.next].every((text) => text !== "")).toBe(true);
  }
});

it("uses the server's words where a text would have to be made of details that are not there", () => {
  const problem = { code: "TOOL_FAILED", text: "from the server", safe: "", next: "", details: {} };
  expect(describeProblem(problem).text).toBe("from the server");
  const details = { tool: "mount", status: 32, output: "wrong fs type" };
  expect(describeProblem({ ...problem, details }).text).toContain("mount ended with status 32");
});

it("falls back to the server's words", () => {
  const problem = { code: "READ_FAILED", text: "a", safe: "b", next: "c", details: {} };
  expect(describeProblem(problem)).toEqual({ code: "READ_FAILED", text: "a", safe: "b", next: "c" });
  expect(tData("bus", "floppy")).toBe("floppy");
  expect(tData("bus", "nvme")).toBe("NVMe");
});

it("fills placeholders and takes plural forms", () => {
  expect(t("image.found", { count: 1 })).toBe("1 image found");
  expect(t("image.found", { count: 0 })).toBe("0 images found");
});
