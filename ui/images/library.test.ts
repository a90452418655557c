import { expect, it } from "vitest";
import type { FoundImage } from "#rescue/api/contract.ts";
import { byMachine, byTime, matches } from "#ui/images/library.ts";
import { childOf, formatImagesRoute, parentOf, parseImagesRoute } from "#ui/images/route.ts";

const image = (name: string, createdAt: string, more: object = {}): FoundImage =>
  ({
    ...{ id: name, fileName: `${name}.lbi`, path: `/nas/${name}.lbi`, place: "NAS" },
    manifest: { name, note: "", createdAt, disk: { model: "Disk", serial: "SN1234" }, partitions: [], ...more },
  }) as unknown as FoundImage;

const office = image("Office", "2026-11-18T14:03:22Z", { note: "before the move", point: { host: "pc-7" } });
const newer = image("Office", "2026-11-20T10:00:00Z", { point: { host: "pc-7" } });
const shop = image("Shop", "2026-11-19T10:00:00Z");
const locked = { id: "l", fileName: "ward.lbi", path: "/usb/ward.lbi", place: "USB" } as unknown as FoundImage;

it("finds an image by all words of a search, wherever each of them stands", () => {
  expect(matches(office, "move PC-7")).toBe(true);
  expect(matches(office, "2026-11-18")).toBe(true);
  expect(matches(office, "move usb")).toBe(false);
  expect(matches(shop, "1234 nas")).toBe(true);
  expect(matches(locked, "ward")).toBe(true);
  expect(matches(locked, "")).toBe(true);
});

it("groups by the computer, else by the disk, with the newest first and what is locked last", () => {
  const groups = byMachine([locked, office, shop, newer]).map(([machine, of]) => [machine, of.length]);
  expect(groups).toEqual([
    ["pc-7", 2],
    ["Disk (…1234)", 1],
    [undefined, 1],
  ]);
  expect([locked, office, shop, newer].toSorted(byTime)).toEqual([newer, shop, office, locked]);
});

it("comes back to a folder from its address", () => {
  const route = { imageId: "/nas/a&b.lbi", path: "/3-ext4/Ärzte & Co" };
  expect(parseImagesRoute(formatImagesRoute(route))).toEqual(route);
  expect(parseImagesRoute("#/images")).toEqual({ imageId: undefined, path: undefined });
  expect(parseImagesRoute("#/images?path=/x").path).toBeUndefined();
  expect([parentOf("/3-ext4/home"), parentOf("/3-ext4"), childOf("/", "a"), childOf("/a", "b")]).toEqual([
    ...["/3-ext4", "/", "/a", "/a/b"],
  ]);
});
