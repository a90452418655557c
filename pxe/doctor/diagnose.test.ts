import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Entry, Happening } from "../machines/entry.ts";
import { type Machine, NO_MARKS } from "../machines/machine.ts";
import type { ServerState } from "../serve/server-state.ts";
import { diagnose } from "./diagnose.ts";
import { DIAGNOSES } from "./diagnosis.ts";
import type { Evidence } from "./evidence.ts";

const MAC = "52:54:00:12:34:56";
const NOW = 1_800_000_000_000;
const machine: Machine = {
  ...{ ...NO_MARKS, id: 1, macs: [MAC], firstSeen: 1, lastSeen: NOW - 600_000 },
  ...{ firmware: "uefi", architecture: "x64" },
};
const state: ServerState = {
  ...{ pid: 1, root: "/srv", loaders: { x64: "bootx64.efi" }, needsApproval: false },
  interfaces: ["eth0", "eth1"].map((device, i) => ({
    ...{ interface: device, address: `10.0.${i}.1`, cidr: `10.0.${i}.1/24`, tftpPort: 69, httpPort: 80, dhcp: "proxy" },
  })),
};
const calm = { gone: [], silent: [], taken: [], firewall: [] };

const ask: Happening = { kind: "discover", mac: MAC, boots: true };
const offer: Happening = { kind: "offer", mac: MAC, file: "bootx64.efi" };
const tftp = (file: string, more: object = {}): Happening => ({
  ...{ kind: "tftp", file, bytes: 100, size: 100, seconds: 1, by: "lease", outcome: "complete", resent: 0 },
  ...more,
});
const http = (file: string, more: object = {}): Happening => ({
  ...{ kind: "http", method: "GET", file, status: 200, bytes: 9, isWhole: true, times: 1, seconds: 1, by: "lease" },
  ...more,
});
const kernel: Happening = { kind: "kernel", file: "/vmlinuz" };
const up: Happening = { kind: "up", text: "" };

/** As it happened, ten minutes ago. */
const timeline = (...happenings: Happening[]): Entry[] =>
  happenings.map((happening, at) => ({ ...happening, at: NOW - 600_000 + at * 1000 }));
const codes = (evidence: Partial<Evidence>) =>
  diagnose({
    ...{ now: NOW, machine, timeline: [], serverTimeline: [], server: { state, at: NOW - 5000 }, selfTest: calm },
    ...evidence,
  }).map(({ code }) => code);
const after = (...happenings: Happening[]) => codes({ timeline: timeline(...happenings) });

const probe = tftp("bootx64.efi", { outcome: "probed", bytes: 0 });
const START = [
  ask,
  offer,
  probe,
  tftp("bootx64.efi"),
  tftp("revocations.efi", { outcome: "refused" }),
  tftp("grubx64.efi"),
];
const LOADED = [
  ...START,
  http("/grub/x86_64-efi/command.lst", { status: 404 }),
  http("/vmlinuz"),
  kernel,
  http("/initrd.img"),
];
const WHOLE = [...LOADED, http("/live/base.sqfs"), up];

const menu = (what: "shown" | "chosen" | "refused", more: object = {}): Happening => ({
  ...{ kind: "menu", what, title: "Office", loader: "grub", by: "lease" },
  ...more,
});

test("a menu at which nothing is chosen, which refuses, and after which all goes well", () => {
  expect(after(...START, menu("shown"))).toEqual(["WAITS_AT_MENU"]);
  const wrong = menu("refused", { reason: "wrong password" });
  expect(after(...START, menu("shown"), wrong)).toEqual(["MENU_REFUSED"]);
  expect(after(...START, menu("shown"), menu("refused", { reason: "too little memory" }))).toEqual([
    "TOO_LITTLE_MEMORY",
  ]);
  const chosen = menu("chosen", { starts: "linux" });
  expect(after(...START, menu("shown"), wrong, chosen)).toEqual(["KERNEL_NOT_ASKED"]);
  expect(
    after(...START, menu("shown"), wrong, chosen, kernel, http("/initrd.img"), http("/live/base.sqfs"), up),
  ).toEqual([]);
  for (const starts of ["disk", "iso", "wim", "chain"])
    expect(after(...START, menu("shown"), menu("chosen", { starts })), starts).toEqual([]);
  // iPXE in the card's ROM loads no loader before.
  expect(after(ask, offer, http("/boot.ipxe"), menu("shown"))).toEqual(["WAITS_AT_MENU"]);
});

test("a healthy start has none, at whichever moment one looks, and whatever was before", () => {
  for (let length = 1; length <= WHOLE.length; length++) {
    const entries = timeline(...WHOLE.slice(0, length));
    const now = (entries.at(-1)?.at ?? 0) + 5000;
    expect(codes({ timeline: entries, now, server: { state, at: now } }), `after ${length} steps`).toEqual([]);
  }
  expect(after(...WHOLE, { kind: "done", text: "" })).toEqual([]);
  const before = timeline(ask, { kind: "no address", mac: MAC, reason: "none is free" });
  expect(
    codes({ timeline: [...before.map((one) => ({ ...one, at: one.at - 3_600_000 })), ...timeline(...WHOLE)] }),
  ).toEqual([]);
});

test.each<readonly [string, readonly Happening[]]>([
  ["NOTHING_HEARD", []],
  ["NO_BOOT_OPTION", [{ ...ask, boots: false } as Happening]],
  ["UNKNOWN_ARCHITECTURE", [ask, { kind: "no offer", mac: MAC, reason: "unknown architecture" }]],
  ["NO_FILE_FOR_ARCHITECTURE", [ask, { kind: "no offer", mac: MAC, reason: "no file for this architecture" }]],
  ["NO_FILE", [ask, { kind: "no offer", mac: MAC, reason: "the answer does not fit into its message" }]],
  ["NOT_APPROVED", [ask, { kind: "no offer", mac: MAC, reason: "not approved" }]],
  ["REFUSED", [ask, { kind: "no offer", mac: MAC, reason: "refused" }]],
  ["STARTS_FROM_DISK", [ask, { kind: "no offer", mac: MAC, reason: "it starts from its own disk" }]],
  ["RELAY_UNKNOWN", [ask, { kind: "no address", mac: MAC, reason: "x", relay: "10.9.0.1" }]],
  ["NO_ADDRESS", [ask, { kind: "no address", mac: MAC, reason: "none is free in 10.0.0.0/24" }]],
  ["OTHER_DHCP_SERVER", [...WHOLE.slice(0, -1), { kind: "problem", code: "OTHER_DHCP_SERVER", text: "10.0.0.9" }, up]],
  ["OFFER_NOT_TAKEN", [ask, offer, ask, offer]],
  ["FILE_MISSING", [...START, http("/vmlinuz", { status: 404, bytes: 0 })]],
  ["TRANSFER_BROKEN", [ask, offer, tftp("bootx64.efi", { bytes: 50, outcome: "no answer" })]],
  ["TRANSFER_BROKEN", [...LOADED.slice(0, -1), http("/initrd.img", { isWhole: false })]],
  ["SECURE_BOOT", [ask, offer, probe, tftp("bootx64.efi")]],
  ["SECURE_BOOT", [ask, offer, tftp("snponly.efi"), ask, offer, tftp("snponly.efi")]],
  ["SECURE_BOOT", START],
  ["KERNEL_NOT_ASKED", [...START, http("/grub/grub.cfg")]],
  ["KERNEL_NOT_ASKED", [ask, offer, tftp("undionly.kpxe"), { ...ask, ipxe: true } as Happening, http("/boot.ipxe")]],
  ["RESCUE_NOT_UP", LOADED],
  ["TOO_LITTLE_MEMORY", [...LOADED, { kind: "problem", code: "TOO_LITTLE_MEMORY", text: "256 MiB" }]],
  ["MACHINE_PROBLEM", [...LOADED, http("/live/base.sqfs"), { kind: "problem", code: "LAYER_REFUSED", text: "x" }]],
])("%s", (code, happenings) => {
  expect(after(...happenings)).toEqual([code]);
});

test("a machine that starts anew is at its beginning, however soon", () => {
  expect(after(...LOADED, ask, offer, tftp("snponly.efi"))).toEqual(["SECURE_BOOT"]);
  expect(after(...WHOLE, ask, offer)).toEqual(["OFFER_NOT_TAKEN"]);
});

test("layers that came show that the kernel runs, where the machine says nothing of itself", () => {
  expect(after(...LOADED, http("/live/base.sqfs"))).toEqual([]);
});

test("what is likely is sure where the machine has said more", () => {
  const evidence = { timeline: timeline(ask, offer, tftp("snponly.efi")), serverTimeline: [], now: NOW };
  const told = (more: Partial<Machine>) =>
    diagnose({ ...evidence, machine: { ...machine, ...more }, server: { state, at: NOW } }).map(
      ({ code, certainty }) => `${code} ${certainty}`,
    );
  expect(told({})).toEqual(["SECURE_BOOT likely"]);
  expect(told({ secureBoot: true })).toEqual(["SECURE_BOOT sure"]);
  expect(told({ secureBoot: false })).toEqual(["KERNEL_NOT_ASKED sure"]);
  expect(told({ firmware: "bios" })).toEqual(["KERNEL_NOT_ASKED sure"]);
});

test("too little memory, where it is known", () => {
  expect(codes({ timeline: timeline(...LOADED), machine: { ...machine, memory: 256 << 20 } })).toEqual([
    "TOO_LITTLE_MEMORY",
  ]);
  expect(codes({ timeline: timeline(...WHOLE), machine: { ...machine, memory: 256 << 20 } })).toEqual([]);
});

test("the server itself", () => {
  const whole = { timeline: timeline(...WHOLE) };
  expect(codes({ ...whole, server: undefined })).toEqual(["SERVER_NOT_RUNNING"]);
  expect(codes({ ...whole, server: { state, at: NOW - 60_000 } })).toEqual(["SERVER_NOT_RUNNING"]);
  expect(codes({ ...whole, server: { state: { ...state, ended: true }, at: NOW } })).toEqual(["SERVER_NOT_RUNNING"]);
  const taken = { ...calm, taken: [{ port: 67, owner: "dnsmasq (process 9)" }] };
  expect(codes({ ...whole, server: undefined, selfTest: taken })).toEqual(["SERVER_NOT_RUNNING", "PORT_TAKEN"]);
  expect(codes({ ...whole, selfTest: { ...calm, gone: ["10.0.1.1"] } })).toEqual(["ADDRESS_GONE"]);
  // Another machine than the server's: what the server says itself is all that is known.
  const lost = { ...state, interfaces: state.interfaces.map((one) => ({ ...one, isLost: one.interface === "eth1" })) };
  const [diagnosis, ...more] = diagnose({
    ...{ now: NOW, machine, timeline: whole.timeline, serverTimeline: [], server: { state: lost, at: NOW } },
  });
  expect(diagnosis?.seen.said).toEqual({
    ...{ key: "seen.ADDRESS_GONE", values: { interface: "eth1", address: "10.0.1.1" } },
  });
  expect(more).toEqual([]);
  const silent = {
    ...calm,
    silent: [{ service: "TFTP" as const, address: "10.0.0.1", port: 69, reason: "no answer" }],
  };
  expect(codes({ ...whole, selfTest: silent })).toEqual(["SERVICE_SILENT"]);
  const packet = { protocol: "udp", port: 69, device: "eth0" } as const;
  for (const drops of ["yes", "maybe"] as const)
    expect(codes({ ...whole, selfTest: { ...calm, firewall: [{ packet, fate: { drops } }] } })).toEqual(["FIREWALL"]);
});

test("a machine that nobody knows was never heard", () => {
  expect(codes({ machine: undefined, unknown: "pc99" })).toEqual(["NOTHING_HEARD"]);
  expect(codes({ machine: undefined })).toEqual([]);
});

test("docs/pxe.md explains every diagnosis", () => {
  const page = readFileSync(new URL("../../docs/pxe.md", import.meta.url), "utf8");
  for (const code of DIAGNOSES) expect(page).toMatch(new RegExp(`^\\| \`${code}\` \\|`, "m"));
});
