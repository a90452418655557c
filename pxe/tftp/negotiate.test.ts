import { expect, test } from "vitest";
import { negotiate } from "./negotiate.ts";

const terms = (asked: Record<string, string>, size = 1000) => {
  const { accepted, ...rest } = negotiate(new Map(Object.entries(asked)), size);
  return { ...rest, accepted: Object.fromEntries(accepted) };
};

test("without options: RFC 1350", () => {
  expect(terms({})).toEqual({ blockSize: 512, windowSize: 1, timeout: 1000, accepted: {} });
});

test("all that there are, in the order of the request", () => {
  const asked = { windowsize: "4", tsize: "0", blksize: "1468", timeout: "3" };
  expect(terms(asked)).toEqual({
    ...{ blockSize: 1468, windowSize: 4, timeout: 3000 },
    accepted: { windowsize: "4", tsize: "1000", blksize: "1468", timeout: "3" },
  });
  expect([...negotiate(new Map(Object.entries(asked)), 1).accepted.keys()]).toEqual(Object.keys(asked));
});

test.each([
  [{ blksize: "7" }],
  [{ blksize: "65536" }],
  [{ blksize: "-512" }],
  [{ blksize: "1e3" }],
  [{ windowsize: "0" }],
  [{ timeout: "0" }],
  [{ timeout: "256" }],
  [{ multicast: "" }],
])("%j is passed over", (asked) => {
  expect(terms(asked)).toEqual({ blockSize: 512, windowSize: 1, timeout: 1000, accepted: {} });
});

test("large wishes are cut, and no client has more than a MiB under way", () => {
  expect(terms({ blksize: "65535" }).accepted).toEqual({ blksize: "65464" });
  expect(terms({ windowsize: "65535" }).accepted).toEqual({ windowsize: "64" });
  const both = terms({ blksize: "65464", windowsize: "64" });
  expect(both.blockSize * both.windowSize).toBeLessThanOrEqual(1 << 20);
});
