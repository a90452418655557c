import { expect, it } from "vitest";
import { isHostName, WishState } from "#ui/restore/wish.ts";

it("wants nothing of a plain restore", () => {
  expect(new WishState().wish.value).toEqual({});
});

it("asks for a layout only where it differs", () => {
  const state = new WishState();
  state.sizes.value = "fill";
  expect(state.wish.value).toEqual({ layout: { mode: "fill" } });
  state.what.value = "some";
  state.some.value = [3, 4];
  state.otherIds.value = true;
  state.table.value = "mbr";
  expect(state.wish.value).toEqual({ layout: { mode: "fill", table: "mbr", ids: "new", only: [3, 4] } });
  state.forgetPlaces();
  state.what.value = "systems";
  state.otherIds.value = false;
  expect(state.wish.value).toEqual({ onlySystems: true });
  state.forgetPlaces(true);
  expect(state.wish.value).toEqual({ layout: { mode: "shrink" } });
});

it("takes sizes made by hand for the chosen partitions", () => {
  const state = new WishState();
  state.sizes.value = "manual";
  state.byHand.value = { 2: 100, 3: 200 };
  state.what.value = "some";
  state.some.value = [3];
  expect(state.wish.value).toEqual({ layout: { mode: "manual", partitions: [{ source: 3, size: 200 }] } });
});

it("puts one partition into a place of a disk that keeps all else", () => {
  const state = new WishState();
  state.what.value = "some";
  state.some.value = [3];
  state.where.value = "free";
  expect(state.wish.value).toEqual({ into: { number: 3, fills: false, ids: "keep", place: { free: true } } });
  state.where.value = 2;
  state.sizes.value = "fill";
  expect(state.wish.value.into).toMatchObject({ fills: true, place: { partition: 2 } });
  state.some.value = [3, 4];
  expect(state.wish.value.into).toBeUndefined();
});

it("gives a clone identifiers of its own unless it takes the place of its source", () => {
  const state = new WishState("clone");
  expect(state.wish.value).toEqual({});
  state.otherIds.value = true;
  expect(state.wish.value).toEqual({ layout: { mode: "keep", ids: "keep" } });
  state.otherIds.value = false;
  state.what.value = "some";
  state.some.value = [3];
  state.where.value = "free";
  expect(state.wish.value.into).toMatchObject({ ids: "new" });
});

it("makes the systems another machine only when that is asked for", () => {
  const state = new WishState();
  state.hostname.value = "pc-7";
  expect(state.wish.value).toEqual({});
  state.isNewMachine.value = true;
  state.universal.value = true;
  state.firmware.value = "uefi";
  const systems = { bootRepair: true, universal: true, identity: "new", hostname: "pc-7", firmware: "uefi" };
  expect(state.wish.value).toEqual({ systems });
});

it("reads names as people write them", () => {
  expect(["", "pc-7", "PC7 "].every(isHostName)).toBe(true);
  expect(["-pc", "a b", "ä", "a".repeat(64)].some(isHostName)).toBe(false);
});
