import { formatBytes, formatDuration } from "#base/units.ts";

/** What the services do, line by line, and what is told of repositories. Sizes are bytes, times seconds. */
export const stepWords = {
  "step.card": (p: { interface: string; text: string }) => `${p.interface}: ${p.text}`,
  "step.http": (p: { client: string; method: string; file: string; status: string; bytes: number; seconds: number }) =>
    `${p.client} HTTP ${p.method} ${p.file}: ${p.status}, ${formatBytes(p.bytes)} in ${formatDuration(p.seconds)}`,
  "step.http-broken": (p: { client: string; method: string; file: string; status: string; bytes: number }) =>
    `${p.client} HTTP ${p.method} ${p.file}: ${p.status}, broke off after ${formatBytes(p.bytes)}`,
  "step.lost": (p: { code: string; text: string }) => `${p.code}: ${p.text}`,
  "step.back": (p: { interface: string; address: string }) =>
    `${p.interface} is back: it is served at ${p.address} again`,

  "step.menu": (p: { client: string; title: string }) => `${p.client} has the menu ${p.title}`,
  "step.menu-chosen": (p: { client: string; title: string }) => `${p.client} starts ${p.title}`,
  "step.menu-refused": (p: { client: string; title: string; reason: string }) =>
    `${p.client} does not start ${p.title}: ${p.reason}`,

  "step.offered": (p: { mac: string; address: string }) => `${p.mac} is offered ${p.address}`,
  "step.bound": (p: { mac: string; address: string }) => `${p.mac} has ${p.address}`,
  "step.renewed": (p: { mac: string; address: string }) => `${p.mac} keeps ${p.address}`,
  "step.released": (p: { mac: string; address: string }) => `${p.mac} gives ${p.address} back`,
  "step.declined": (p: { mac: string; address: string }) =>
    `${p.mac} does not take ${p.address}: another computer uses it. It rests for ten minutes`,
  "step.conflict": (p: { mac: string; address: string; user: string }) =>
    `${p.address} was not offered to ${p.mac}: another computer uses it (${p.user}). It rests for ten minutes`,
  "step.address-refused": (p: { mac: string; address: string; reason: string }) =>
    `${p.mac} may not use ${p.address}: ${p.reason}`,
  "step.none-free": (p: { mac: string; subnet: string }) => `${p.mac} gets no address: none is free in ${p.subnet}`,
  "step.relay": (p: { mac: string; relay: string }) =>
    `${p.mac} gets no address: the relay ${p.relay} is in no network of ours`,
  "step.other-server": (p: { server: string }) =>
    `Another DHCP server gives addresses here: ${p.server}. One of both has to go, or computers get addresses of two kinds`,
  "step.other-server-taken": (p: { server: string; mac: string }) =>
    `Another DHCP server gives addresses here: ${p.server} (${p.mac} took its offer). One of both has to go, or computers get addresses of two kinds`,
  "step.not-saved": (p: { reason: string }) => `Leases cannot be saved, so no address is given: ${p.reason}`,

  // kind: "UEFI (x64)"
  "step.answered": (p: { mac: string; kind: string; file: string }) => `${p.mac} (${p.kind}) is told to load ${p.file}`,
  "step.passed-over": (p: { mac: string; kind: string; reason: string }) =>
    `${p.mac} (${p.kind}) gets no answer: ${p.reason}`,
  "kind.http": (p: { kind: string }) => `${p.kind}, HTTP boot`,
  "kind.unknown": (p: { code: string }) => `architecture ${p.code}`,

  "step.tftp-begins": (p: { client: string; file: string }) => `${p.client} TFTP ${p.file}: begins`,
  "step.tftp-refused": (p: { client: string; file: string; reason: string }) =>
    `${p.client} TFTP ${p.file}: ${p.reason}`,
  "step.tftp": (p: { client: string; file: string; bytes: number; seconds: number }) =>
    `${p.client} TFTP ${p.file}: ${formatBytes(p.bytes)} in ${formatDuration(p.seconds)}`,
  "step.tftp-resent": (p: { client: string; file: string; bytes: number; seconds: number; blocks: number }) =>
    `${p.client} TFTP ${p.file}: ${formatBytes(p.bytes)} in ${formatDuration(p.seconds)}, ${p.blocks} blocks again`,
  // reason: "" where the outcome says it all
  "step.tftp-ended": (p: {
    client: string;
    file: string;
    outcome: string;
    bytes: number;
    size: number;
    reason: string;
  }) =>
    `${p.client} TFTP ${p.file}: ${p.outcome} after ${formatBytes(p.bytes)} of ${formatBytes(p.size)}${p.reason === "" ? "" : ` (${p.reason})`}`,

  // found: names of points; more: so many others; warnings: a tool's
  "notice.cleaned": (p: {
    name: string;
    count: number;
    found: readonly string[];
    more: number;
    freed: number;
    later: number;
    warnings: readonly string[];
  }) =>
    [
      `${p.name}: ${p.count} points deleted${namedPoints(p)}, ${formatBytes(p.freed)} freed${p.later > 0 ? `, ${formatBytes(p.later)} more by a later run` : ""}`,
      ...p.warnings,
    ].join("; "),
};

/** " (a, b and 3 more)" */
export const namedPoints = ({ found, more }: { found: readonly string[]; more: number }): string =>
  found.length === 0 ? "" : ` (${found.join(", ")}${more > 0 ? ` and ${more} more` : ""})`;
