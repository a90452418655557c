import { expect, test } from "vitest";
import { notesOf } from "./notes.ts";

const medium = { format: 1, id: "0123456789abcdef", version: "0.1.0", packagesAt: "2026-01-01T00:00:00Z" } as const;

test("nothing is said of a new medium without secrets, or of one that does not say how old it is", () => {
  expect(notesOf({ medium: { ...medium, days: 30, isOld: false } }, { sealed: "none" })).toEqual([]);
  expect(notesOf({}, { sealed: "none" })).toEqual([]);
});

test("an old medium says its age, before all else", () => {
  const notes = notesOf({ medium: { ...medium, days: 365, isOld: true } }, { sealed: "locked" });
  expect(notes).toEqual([expect.stringContaining("365 days old"), expect.stringContaining("sealed passwords")]);
});
