import { isIPv4 } from "node:net";
import { hostname } from "node:os";
import type { BootRequest } from "../dhcp/boot-request.ts";
import type { DhcpPacket } from "../dhcp/packet.ts";
import { AddressBook } from "../machines/address-book.ts";
import { BootRules } from "../machines/boot-rules.ts";
import type { Happening } from "../machines/entry.ts";
import { fileRole } from "../machines/file-role.ts";
import type { Machine } from "../machines/machine.ts";
import type { MachineStore } from "../machines/machine-store.ts";
import { openMachineStore } from "../machines/open-machine-store.ts";
import { MachineRecorder } from "../machines/recorder.ts";
import { readReport } from "../machines/report.ts";
import type { Sighting } from "../machines/sighting.ts";
import { ipv4Number, isWithin, networkOfCidr } from "../net/ipv4.ts";
import { neighbours } from "../net/neighbours.ts";
import type { OwnInterface } from "./own-interface.ts";
import type { PxeEvent } from "./pxe-event.ts";
import type { PxeReady } from "./serve-pxe.ts";
import { serverState } from "./server-state.ts";

/** Where machines are kept, and who of them gets boot files. */
export interface MachineOptions {
  /** A file of SQLite, or "postgresql://...". */
  readonly place: string;
  /** Only machines that somebody has approved get boot files. */
  readonly needsApproval: boolean;
  /** What was written down just now. */
  readonly onRecorded?: ((sightings: readonly Sighting[]) => void) | undefined;
}

/** Milliseconds between two signs of life. */
const HEARTBEAT = 10_000;

/** What the servers tell, and ask, so that machines are recorded and their rules hold. */
export interface MachineRecords extends AsyncDisposable {
  /** @param device the interface that it came in by */
  heard(packet: DhcpPacket, device: string): void;
  take(event: PxeEvent): void;
  /** Why a machine is told of no file. */
  refusal(request: BootRequest): string | undefined;
  /** Why whoever has an address may not load a file. */
  mayNotLoad(address: string, file: string): Promise<string | undefined>;
  /** Who has an address. Undefined: nobody knows, or the database is away. */
  machineAt(address: string): Promise<Machine | undefined>;
  /** What a machine says of itself. @returns false: it is no report */
  report(address: string, body: unknown): boolean;
  /** The machine that has an address and one of these cards; undefined where nobody knows, and where it may not start from here. */
  askingMachine(address: string, macs: readonly string[]): Promise<Machine | undefined>;
  /** For its timeline. */
  note(machine: Pick<Machine, "macs">, happening: Happening): void;
  /** What is offered now: at first, and whenever that is another. */
  ready(ready: PxeReady, root: string): void;
}

/** @param owns the interfaces that are served, at least one @throws PXE_MACHINES_FAILED */
export async function openMachineRecords(
  { place, needsApproval, onRecorded }: MachineOptions,
  owns: readonly OwnInterface[],
  onTrouble: (error: Error) => void = () => {},
): Promise<MachineRecords> {
  await using stack = new AsyncDisposableStack();
  const store = stack.use(await openMachineStore(place));
  const rules = stack.use(await BootRules.open({ store, needsApproval, onFailure: onTrouble }));
  const networks = owns.map(({ cidr }) => networkOfCidr(cidr));
  const book = new AddressBook(
    async () => {
      const tables = await Promise.all(owns.map(({ device }) => neighbours(device)));
      return new Map(tables.flatMap((table) => [...table]));
    },
    // Who is gone before he is looked at has no address.
    (address) => isIPv4(address) && networks.some((network) => isWithin(network, ipv4Number(address))),
  );
  const recorder = stack.use(new MachineRecorder({ store, book, onFailure: onTrouble, onRecorded }));
  const name = `${hostname()} ${owns[0]?.address}`;
  let state: unknown;
  // That it cannot be written down now is said where machines cannot be.
  const beat = () => void store.noteServer({ name, at: Date.now(), state }).catch(() => {});
  const kept = stack.move();
  let timer: NodeJS.Timeout | undefined;
  return {
    heard: (packet, device) => recorder.heard(packet, owns.length > 1 ? device : undefined),
    take: (event) => recorder.take(event),
    refusal: ({ mac, uuid }) => rules.refusal(mac, uuid),
    async mayNotLoad(address, file) {
      const known = await book.find(address);
      const refusal = rules.refusal(known?.mac);
      // A machine whose job is done may still read what its rescue system needs.
      const isStart = !["layer", "other"].includes(fileRole(file));
      if (refusal === "it starts from its own disk" && !isStart) return undefined;
      return refusal === "not approved" && !known ? "it is not known which machine asks" : refusal;
    },
    async machineAt(address) {
      const known = await book.find(address);
      if (!known) return undefined;
      // What was heard just now has not been written yet.
      await recorder.save();
      const [machine, another] = await store.find(known.mac).catch(() => []);
      return another ? undefined : machine;
    },
    report(address, body) {
      const report = readReport(body);
      if (report) recorder.report(address, report.facts, report.happening);
      return report !== undefined;
    },
    async askingMachine(address, macs) {
      const mac = (await book.find(address))?.mac ?? (await lastMacAt(store, address));
      if (mac === undefined || !macs.includes(mac) || isKeptOut(rules, mac)) return undefined;
      return (await store.find(mac))[0];
    },
    note({ macs: [mac] }, happening) {
      if (mac !== undefined) recorder.tell(mac, happening);
    },
    ready(ready, root) {
      state = serverState(ready, { root, needsApproval });
      beat();
      timer ??= setInterval(beat, HEARTBEAT);
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      if (state !== undefined) {
        state = { ...(state as object), ended: true };
        await store.noteServer({ name, at: Date.now(), state }).catch(() => {});
      }
      await kept.disposeAsync();
    },
  };
}

/** A server that was started again does not hear behind a router who has which address: who had it last has it. */
async function lastMacAt(store: MachineStore, address: string): Promise<string | undefined> {
  const [machine, ...others] = (await store.list()).filter((one) => one.address === address);
  return others.length === 0 && machine?.macs.length === 1 ? machine.macs[0] : undefined;
}

/** A machine that is to start from its own disk, and runs the rescue system still, is none of those. */
const isKeptOut = (rules: BootRules, mac: string): boolean =>
  ["not approved", "refused"].includes(rules.refusal(mac) ?? "");
