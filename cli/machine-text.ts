import { formatBytes, formatDuration } from "#base/units.ts";
import { table } from "#cli/output.ts";
import type { Entry, KnownBy } from "#pxe/machines/entry.ts";
import { callMachine, type Machine } from "#pxe/machines/machine.ts";

const time = (at: number): string => (at === 0 ? "never" : new Date(at).toISOString().replace(/\.\d+Z$/, "Z"));

export function machineTable(machines: readonly Machine[]): string {
  const rows = machines.map((one) => [
    ...[`#${one.id}`, callMachine(one), one.group, one.approval, one.policy, one.firmware ?? ""],
    ...[one.address ?? "", one.macs.join(" "), time(one.lastSeen)],
  ]);
  return table([
    ["", "machine", "group", "approval", "starts", "firmware", "address", "network cards", "last seen"],
    ...rows,
  ]);
}

/** All that is known of a machine, a line each. */
export function machineText(machine: Machine): string {
  const { memory, secureBoot } = machine;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["machine", `${callMachine(machine)} (#${machine.id})`],
    ["group", machine.group],
    ["note", machine.note],
    ["approval", machine.approval],
    [
      "starts",
      { always: "from the network", once: "from the network, until a job is done", never: "from its own disk" }[
        machine.policy
      ],
    ],
    ["network cards", machine.macs.join(" ")],
    ["address", machine.address],
    ["UUID", machine.uuid],
    ["serial", machine.serial],
    ["model", [machine.vendor, machine.product].filter((word) => word !== undefined).join(" ")],
    ["firmware", [machine.firmware, machine.architecture].filter((word) => word !== undefined).join(", ")],
    ["Secure Boot", secureBoot === undefined ? undefined : secureBoot ? "on" : "off"],
    ["memory", memory === undefined ? undefined : formatBytes(memory)],
    ["first seen", time(machine.firstSeen)],
    ["last seen", time(machine.lastSeen)],
  ];
  return table(rows.flatMap(([what, value]) => (value === undefined || value === "" ? [] : [[what, value]])));
}

const UNSURE: Readonly<Record<KnownBy, string>> = {
  lease: "",
  dhcp: "",
  arp: " (whose it is was looked up in the kernel's neighbours)",
};

export const entryText = (entry: Entry): string => `${time(entry.at)}  ${happeningText(entry)}`;

function happeningText(entry: Entry): string {
  switch (entry.kind) {
    case "discover": {
      const what = entry.ipxe
        ? "iPXE asks how to go on"
        : entry.boots
          ? "asks how to start"
          : "asks for an address only";
      const kind = entry.architecture === undefined ? "" : ` (architecture ${entry.architecture})`;
      const relay = entry.relay === undefined ? "" : `, through the relay ${entry.relay}`;
      return `${entry.mac} ${what}${kind}${relay}${entry.interface === undefined ? "" : `, at ${entry.interface}`}`;
    }
    case "offer":
      return entry.file === undefined ? `is offered the address ${entry.address}` : `is told to load ${entry.file}`;
    case "no offer":
      return `! is told of no file: ${entry.reason}`;
    case "address":
      return `has the address ${entry.address}`;
    case "no address":
      return `! gets no address: ${entry.reason}${entry.relay === undefined ? "" : ` (${entry.relay})`}`;
    case "tftp": {
      const how = entry.outcome === "complete" ? `in ${formatDuration(entry.seconds)}` : entry.outcome;
      const again = entry.resent > 0 ? `, ${entry.resent} blocks again` : "";
      const why = entry.reason === undefined ? "" : ` (${entry.reason})`;
      const mark = ["complete", "probed"].includes(entry.outcome) ? "" : "! ";
      return `${mark}TFTP ${entry.file}: ${formatBytes(entry.bytes)} of ${formatBytes(entry.size)}, ${how}${again}${why}${UNSURE[entry.by]}`;
    }
    case "http": {
      const times = entry.times > 1 ? `, ${entry.times} parts` : "";
      const who = entry.agent === undefined ? "" : `, ${entry.agent}`;
      const how = entry.isWhole ? `in ${formatDuration(entry.seconds)}` : "broke off";
      return `${entry.isWhole ? "" : "! "}HTTP ${entry.method} ${entry.file}: ${entry.status}, ${formatBytes(entry.bytes)} ${how}${times}${who}${UNSURE[entry.by]}`;
    }
    case "menu": {
      const whose = UNSURE[entry.by];
      if (entry.what === "shown") return `has the menu ${entry.title}${whose}`;
      return entry.what === "chosen"
        ? `starts ${entry.title} from the menu${whose}`
        : `! does not start ${entry.title} from the menu: ${entry.reason}${whose}`;
    }
    case "kernel":
      return `has loaded the kernel ${entry.file}`;
    case "up":
      return `the rescue system is up${entry.text === "" ? "" : `: ${entry.text}`}`;
    case "job":
      return `job: ${entry.text}`;
    case "done":
      return `done: ${entry.text}`;
    case "problem":
      return `! ${entry.code}: ${entry.text}`;
    case "wake":
      return `woken: ${entry.text}`;
    case "identity":
      return entry.text;
  }
}
