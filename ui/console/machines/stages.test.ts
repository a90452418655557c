import { expect, it } from "vitest";
import type { Entry } from "#pxe/console/contract.ts";
import { isTrouble, stagesOf } from "#ui/console/machines/stages.ts";

const mac = "52:54:00:00:00:0a";
const discover = (at: number, ipxe = false): Entry => ({ at, kind: "discover", mac, boots: true, ipxe });
const loaded = { file: "bootx64.efi", bytes: 10, seconds: 1, by: "lease" } as const;
const tftp = (at: number, outcome: string): Entry => ({ at, kind: "tftp", ...loaded, size: 10, outcome, resent: 0 });
const reached = (timeline: readonly Entry[]) =>
  stagesOf(timeline).flatMap(({ stage, at, isTrouble: bad }) =>
    at === undefined ? [] : [`${bad ? "!" : ""}${stage} ${at}`],
  );

it("counts the last start only, from its first question", () => {
  const before: Entry[] = [discover(1), { at: 2, kind: "offer", mac }, { at: 3, kind: "done", text: "" }];
  expect(reached([...before, discover(10), discover(11), { at: 12, kind: "offer", mac }])).toEqual([
    "discover 10",
    "offer 12",
  ]);
});

it("takes iPXE's question for a part of the start that loaded it", () =>
  expect(reached([discover(1), tftp(2, "complete"), discover(3, true), { at: 4, kind: "kernel", file: "k" }])).toEqual([
    "discover 1",
    "tftp 2",
    "kernel 4",
  ]));

it("marks what broke, unless it went well afterwards", () => {
  expect(reached([discover(1), tftp(2, "timed out")])).toEqual(["discover 1", "!tftp 2"]);
  expect(reached([discover(1), tftp(2, "timed out"), tftp(3, "complete")])).toEqual(["discover 1", "tftp 3"]);
  expect(reached([discover(1), { at: 2, kind: "no offer", mac, reason: "not approved" }])).toEqual([
    "discover 1",
    "!offer 2",
  ]);
});

it("does not take an address alone for an answer where a file was refused", () => {
  const refused: Entry = { at: 3, kind: "no offer", mac, reason: "refused" };
  const address: Entry = { at: 2, kind: "offer", mac, address: "10.0.0.5" };
  expect(reached([discover(1), address, refused])).toEqual(["discover 1", "!offer 3"]);
  expect(reached([discover(1), address])).toEqual(["discover 1", "offer 2"]);
  expect(reached([discover(1), refused, { ...address, at: 4, file: "bootx64.efi" }])).toEqual([
    "discover 1",
    "offer 4",
  ]);
});

it("has nothing for who was never seen", () => expect(reached([])).toEqual([]));

it("calls a file that is not there trouble", () => {
  const http = { at: 1, kind: "http", ...loaded, method: "GET", times: 1, isWhole: true } as const;
  expect([200, 206, 404].map((status) => isTrouble({ ...http, status }))).toEqual([false, false, true]);
});
