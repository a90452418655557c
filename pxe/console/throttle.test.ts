import { expect, test } from "vitest";
import { Throttle } from "./throttle.ts";
import { countedAddress } from "./who.ts";

const SHUT = expect.objectContaining({ code: "CONSOLE_TOO_MANY_TRIES" });

function clocked() {
  const clock = { now: 0 };
  const throttle = new Throttle(() => clock.now);
  const isOpen = (name: string, address: string) => {
    try {
      throttle.begin(name, address);
      return true;
    } catch (error) {
      expect(error).toEqual(SHUT);
      return false;
    }
  };
  const openTries = (count: number, name: (at: number) => string, address: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => isOpen(name(at), address(at))).filter(Boolean).length;
  return { clock, throttle, isOpen, openTries };
}

test("one address: five tries for a name, thirty for all names; others are not shut out", () => {
  const { isOpen, openTries } = clocked();
  expect(
    openTries(
      10,
      () => "anna",
      () => "a",
    ),
  ).toBe(5);
  expect(isOpen("Anna", "a")).toBe(false);
  expect(isOpen("anna", "b")).toBe(true);
  expect(
    openTries(
      60,
      (at) => `user${at}`,
      () => "a",
    ),
  ).toBe(25);
  expect(isOpen("bert", "b")).toBe(true);
});

test("a crowd of addresses makes a name slow, and nobody who is in", () => {
  const { clock, isOpen, openTries, throttle } = clocked();
  expect(
    openTries(
      100,
      () => "anna",
      (at) => `10.0.0.${at}`,
    ),
  ).toBe(30);
  expect(isOpen("anna", "new")).toBe(false);
  clock.now += 10;
  expect(isOpen("anna", "new")).toBe(true);
  throttle.wasRight("anna", "new");
  expect(isOpen("anna", "new")).toBe(true);
});

test("a right password forgives what was typed before it, from there", () => {
  const { isOpen, openTries, throttle } = clocked();
  expect(
    openTries(
      4,
      () => "anna",
      () => "a",
    ),
  ).toBe(4);
  expect(isOpen("anna", "a")).toBe(true);
  throttle.wasRight("anna", "a");
  expect(
    openTries(
      10,
      () => "anna",
      () => "a",
    ),
  ).toBe(5);
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::6", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
])("%s is counted as %s: one computer has all of that", (address, counted) =>
  expect(countedAddress(address)).toBe(counted),
);
