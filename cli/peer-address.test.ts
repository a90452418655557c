import { expect, test } from "vitest";
import { ownAddresses, peerOf } from "#cli/peer-address.ts";

test.each([
  ["office", { host: "office", port: 19522 }],
  ["office.example:80", { host: "office.example", port: 80 }],
  ["192.0.2.7:19600", { host: "192.0.2.7", port: 19600 }],
  ["2001:db8::7", { host: "2001:db8::7", port: 19522 }],
  ["[2001:db8::7]:81", { host: "2001:db8::7", port: 81 }],
  ["fe80::7%eth0", { host: "fe80::7%eth0", port: 19522 }],
])("%s is a machine", (text, peer) => expect(peerOf(text)).toEqual(peer));

test.each([[""], [":80"], ["office:0"], ["office:65536"], ["[::1"], ["a b:c:d"]])("%s is none", (text) =>
  expect(() => peerOf(text)).toThrow("is no machine"),
);

test("addresses are shown as they are typed on the other machine", () => {
  expect(ownAddresses("192.0.2.7", 19522)).toEqual(["192.0.2.7"]);
  expect(ownAddresses("2001:db8::7", 80)).toEqual(["[2001:db8::7]:80"]);
  for (const address of ownAddresses(undefined, 80)) expect(peerOf(address).port).toBe(80);
});
