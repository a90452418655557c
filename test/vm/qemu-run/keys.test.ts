import { expect, it } from "vitest";
import { parseForwardedPorts } from "./forwarded-ports.ts";
import { chordsOf, parseChord } from "./keys.ts";

it("parseForwardedPorts reads the table of QEMU 7.2", () => {
  const table = `VLAN -1 (net0):\r
  Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ\r
  TCP[HOST_FORWARD]  12       127.0.0.1 34567       10.0.2.15    80     0     0\r
Hub -1 (net1):\r
  TCP[HOST_FORWARD]  14       127.0.0.1 40001       10.0.2.15    22     0     0\r\n`;
  const ports = parseForwardedPorts(table);
  expect([...ports]).toEqual([
    ["0:80", 34567],
    ["1:22", 40001],
  ]);
});

it("keys: chords and text", () => {
  expect(parseChord("shift-tab")).toEqual(["shift", "tab"]);
  expect(parseChord("enter")).toEqual(["ret"]);
  expect(chordsOf("aB:\n")).toEqual([["a"], ["shift", "b"], ["shift", "semicolon"], ["ret"]]);
  expect(() => chordsOf("ü")).toThrow("no key");
});
