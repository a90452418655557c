import { expect, test } from "vitest";
import { formatBytes, formatDuration, formatPlace, formatTime } from "#base/units.ts";

test.each([
  [0, "0 B"],
  [1, "1 B"],
  [1023, "1023 B"],
  [1024, "1 KiB"],
  [1536, "1.50 KiB"],
  [17 * 1024 + 512, "17.5 KiB"],
  [500 * 1024 ** 2, "500 MiB"],
  [1024 ** 2 - 1, "1 MiB"],
  [5.2 * 1024 ** 3, "5.20 GiB"],
  [2 ** 53, "8 PiB"],
  [2 ** 63, "8192 PiB"],
])("%d bytes are %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [-3, "0 s"],
  [0.4, "0 s"],
  [59.4, "59 s"],
  [59.6, "1 min 0 s"],
  [185, "3 min 5 s"],
  [3840, "1 h 4 min"],
  [90_000, "25 h 0 min"],
])("%d seconds are %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test("a time is shown to the minute, and what is none as it is", () => {
  expect(formatTime("2026-11-23T02:36:46.506Z")).toBe("2026-11-23 02:36 UTC");
  expect(formatTime("")).toBe("");
  expect(formatTime("2026-11-23T02:36:46+01:00")).toBe("2026-11-23T02:36:46+01:00");
});

test.each([
  [0, "0 B"],
  [512, "512 B"],
  [63 * 512, "31.5 KiB"],
  [30 * 2 ** 20, "30 MiB"],
  [1.5 * 2 ** 30, "1.5 GiB"],
  [50 * 2 ** 30 + 2 ** 20, "51201 MiB"],
  [4097, "4097 B"],
])("a place at %d is told exactly: %s", (bytes, text) => {
  expect(formatPlace(bytes)).toBe(text);
});
