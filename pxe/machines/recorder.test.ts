import { afterEach, beforeEach, expect, test } from "vitest";
import { discover as message } from "#test/doubles/dhcp-messages.ts";
import { OPTION } from "../dhcp/options.ts";
import type { HttpEvent } from "../http/file-handler.ts";
import { AddressBook } from "./address-book.ts";
import type { MachineStore } from "./machine-store.ts";
import { openMachineStore } from "./open-machine-store.ts";
import { MachineRecorder } from "./recorder.ts";

const [A, B] = ["52:54:00:00:00:0a", "52:54:00:00:00:0b"] as const;
let store: MachineStore;
let recorder: MachineRecorder;
let table: Map<string, string>;
let failures: string[];
let now: number;
beforeEach(async () => {
  store = await openMachineStore(":memory:");
  [table, failures, now] = [new Map(), [], 1_000_000];
  const book = new AddressBook(
    () => Promise.resolve(table),
    (address) => address.startsWith("10.0.0."),
  );
  recorder = new MachineRecorder({
    ...{ store, book, now: () => now++ },
    onFailure: (error) => void failures.push(error.message),
  });
});
afterEach(async () => {
  await recorder[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

const uuidOption = Uint8Array.of(0, ...Array.from({ length: 16 }, (_, i) => i + 1));
const discover = (mac: string, uuid = true) =>
  message(
    [
      [OPTION.vendorClass, Buffer.from("PXEClient:Arch:00007:UNDI:003001")],
      [OPTION.architecture, Uint8Array.of(0, 7)],
      ...(uuid ? ([[OPTION.machineId, uuidOption]] as const) : []),
    ],
    { hardware: Buffer.from(mac.replaceAll(":", ""), "hex") },
  );
const http = (client: string, file: string, more: Partial<HttpEvent> = {}): HttpEvent => ({
  ...{ type: "answered", client, method: "GET", file, status: 200, bytes: 10, isWhole: true, seconds: 1 },
  ...{ agent: "iPXE/1.21.1", ...more },
});
const kinds = async (mac: string) => {
  await recorder.save();
  const [machine] = await store.find(mac);
  return machine ? (await store.timeline(machine.id)).map(({ kind }) => kind) : [];
};

test("a start is on its machine's timeline, in its order, and its address leads back to it", async () => {
  recorder.heard(discover(A));
  recorder.take({ service: "dhcp", event: { type: "bound", mac: A, address: "10.0.0.5" } });
  const transfer = { id: 1, client: { address: "10.0.0.5", port: 2000 }, file: "bootx64.efi", size: 9 };
  recorder.take({
    service: "tftp",
    event: { type: "ended", ...transfer, outcome: "complete", bytes: 9, resent: 0, seconds: 1 },
  });
  recorder.take({ service: "http", event: http("10.0.0.5", "/vmlinuz") });
  recorder.report("10.0.0.5", { serial: "S1", memory: 2 ** 31 }, { kind: "up", text: "" });
  expect(await kinds(A)).toEqual(["discover", "address", "tftp", "http", "kernel", "up"]);
  expect((await store.find(A))[0]).toMatchObject({
    ...{ uuid: "04030201-0605-0807-090a-0b0c0d0e0f10", firmware: "uefi", architecture: "x64" },
    ...{ serial: "S1", memory: 2 ** 31, address: "10.0.0.5" },
  });
});

test("the kernel's neighbours say who it is where DHCP did not, and that is said; a browser is no machine", async () => {
  table.set("10.0.0.5", A).set("10.0.0.6", B);
  recorder.take({ service: "http", event: http("10.0.0.5", "/boot.ipxe") });
  recorder.take({ service: "http", event: http("10.0.0.6", "/boot.ipxe", { agent: "Mozilla/5.0" }) });
  // Behind a router the neighbour is the router.
  table.set("10.9.0.7", B);
  recorder.take({ service: "http", event: http("10.9.0.7", "/boot.ipxe") });
  await recorder.save();
  expect(await store.find(B)).toEqual([]);
  const [machine] = await store.find(A);
  expect(await store.timeline(machine?.id ?? 0)).toMatchObject([{ kind: "http", by: "arp", agent: "iPXE/1.21.1" }]);
});

test("what is asked in thousands of parts is one entry a batch", async () => {
  recorder.take({ service: "dhcp", event: { type: "bound", mac: A, address: "10.0.0.5" } });
  recorder.heard(discover(A));
  for (let i = 0; i < 3000; i++)
    recorder.take({ service: "http", event: http("10.0.0.5", "/cd.iso", { status: 206, bytes: 2048 }) });
  recorder.take({ service: "http", event: http("10.0.0.5", "/other.iso", { status: 206 }) });
  await recorder.save();
  const [machine] = await store.find(A);
  const entries = await store.timeline(machine?.id ?? 0);
  const parts = entries.filter((entry) => entry.kind === "http" && entry.file === "/cd.iso");
  expect(parts.length).toBeLessThan(6);
  const sum = (what: "times" | "bytes") => parts.reduce((all, one) => all + (one.kind === "http" ? one[what] : 0), 0);
  expect([sum("times"), sum("bytes")]).toEqual([3000, 3000 * 2048]);
  expect(entries.at(-1)).toMatchObject({ file: "/other.iso", times: 1 });
});

test("two cards of one UUID are one machine, until both are at work at once", async () => {
  recorder.heard(discover(A));
  recorder.heard(discover(B));
  for (const [mac, address] of [
    [A, "10.0.0.5"],
    [B, "10.0.0.6"],
  ] as const)
    recorder.take({ service: "dhcp", event: { type: "bound", mac, address } });
  await recorder.save();
  expect((await store.list()).map(({ macs }) => macs)).toEqual([[A, B]]);
  // The first one asked before the second one, and loads now: no firmware does that with two cards of its own.
  const started = { type: "started", id: 1, file: "x", size: 1, blockSize: 1, windowSize: 1 } as const;
  recorder.take({ service: "tftp", event: { ...started, client: { address: "10.0.0.5", port: 1 } } });
  await expect.poll(async () => (await store.list()).map(({ macs }) => macs)).toEqual([[A], [B]]);
});

test("one machine that tries its cards one after the other stays one", async () => {
  const started = { type: "started", id: 1, file: "x", size: 1, blockSize: 1, windowSize: 1 } as const;
  recorder.take({ service: "dhcp", event: { type: "bound", mac: A, address: "10.0.0.5" } });
  recorder.take({ service: "dhcp", event: { type: "bound", mac: B, address: "10.0.0.6" } });
  for (const [mac, address] of [
    [A, "10.0.0.5"],
    [B, "10.0.0.6"],
    [A, "10.0.0.5"],
  ] as const) {
    recorder.heard(discover(mac));
    recorder.take({ service: "tftp", event: { ...started, client: { address, port: 1 } } });
    await recorder.save();
  }
  expect((await store.list()).map(({ macs }) => macs)).toEqual([[A, B]]);
});

test("what cannot be saved is saved later, in its order, and said once", async () => {
  const real = store.record;
  let isAway = true;
  store.record = (batch) => (isAway ? Promise.reject(new Error("away")) : real(batch));
  recorder.heard(discover(A));
  await recorder.save();
  recorder.take({ service: "dhcp", event: { type: "bound", mac: A, address: "10.0.0.5" } });
  await recorder.save();
  expect(failures).toEqual(["away"]);
  isAway = false;
  expect(await kinds(A)).toEqual(["discover", "address"]);
});

test("a storm of 2,000 machines is written in few transactions", async () => {
  const before = process.cpuUsage();
  for (let i = 0; i < 2000; i++) {
    const mac = `02:00:00:00:${(i >> 8).toString(16).padStart(2, "0")}:${(i & 255).toString(16).padStart(2, "0")}`;
    for (let round = 0; round < 4; round++) recorder.heard(discover(mac, false));
    recorder.take({ service: "dhcp", event: { type: "bound", mac, address: `10.0.${i >> 8}.${i & 255}` } });
  }
  await recorder.save();
  const { user, system } = process.cpuUsage(before);
  // Measured at 0.3 s; a transaction an entry takes many times as long.
  expect((user + system) / 1e6).toBeLessThan(5);
  expect(await store.list()).toHaveLength(2000);
  expect(await store.timeline(2000)).toHaveLength(5);
});

test("what was chosen at a menu is on the machine's timeline, and how much memory its loader found", async () => {
  recorder.heard(discover(A));
  recorder.take({ service: "dhcp", event: { type: "bound", mac: A, address: "10.0.0.5" } });
  const menu = { client: "10.0.0.5", loader: "ipxe", title: "Big", starts: "linux" } as const;
  recorder.take({
    service: "menu",
    event: { ...menu, type: "refused", reason: "too little memory", memory: 512 << 20 },
  });
  await recorder.save();
  const [machine] = await store.find(A);
  expect(machine?.memory).toBe(512 << 20);
  expect((await store.timeline(machine?.id ?? 0)).at(-1)).toMatchObject({
    ...{ kind: "menu", what: "refused", title: "Big", loader: "ipxe", by: "lease", reason: "too little memory" },
  });
});
