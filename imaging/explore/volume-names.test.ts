import { expect, test } from "vitest";
import { nameVolumes } from "#imaging/explore/volume-names.ts";

const nameOf = (label: string, inside: readonly string[] = []) =>
  nameVolumes([{ partition: 2, inside, type: "ext4", label }])[0];

test.each([
  ["root", "2-ext4-root"],
  ["", "2-ext4"],
  ["my disk", "2-ext4-my_disk"],
  ["../../etc", "2-ext4-etc"],
  ["a\u0000b\u001b[31m", "2-ext4-a_b_31m"],
  ["-rf $(reboot)", "2-ext4-rf_reboot"],
  ["Ärger & Söhne", "2-ext4-Ärger_Söhne"],
  ["...", "2-ext4"],
])("the label %j makes %s", (label, folder) => {
  expect(nameOf(label)).toEqual({ file: "partition-2.img", folder });
});

test("a volume inside others has their names before its own", () => {
  expect(nameOf("root", ["vg0/root", "inner"])).toEqual({
    file: "partition-2-vg0_root-inner.img",
    folder: "2-vg0_root-inner-ext4-root",
  });
});

test("a file system without a table has no number", () => {
  const [name] = nameVolumes([{ partition: 0, inside: [], type: "vfat", label: "STICK" }]);
  expect(name).toEqual({ file: "whole-disk.img", folder: "disk-vfat-STICK" });
});

test("no two names are one, and none is too long, whatever the labels are", () => {
  const labels = ["a/b", "a b", "a_b", "ü".repeat(500), "ü".repeat(501)];
  const names = nameVolumes(labels.map((label) => ({ partition: 1, inside: [label], label })));
  const all = names.flatMap(({ file, folder }) => [file, folder]);
  expect(new Set(all).size).toBe(all.length);
  for (const name of all) expect(Buffer.byteLength(name)).toBeLessThan(120);
});
