import { isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import { InvalidArgumentError } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { type Peer, peerName } from "#imaging/clone/remote/secure-channel.ts";
import { DEFAULT_PORT } from "#imaging/clone/remote/wire.ts";

/** A number of a TCP port; 0 is any that is free. */
export function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError("Give a port from 0 to 65535.");
  return number;
}

/** HOST, HOST:PORT, ADDRESS, or [ADDRESS]:PORT. @throws USAGE */
export function peerOf(text: string): Peer {
  const [, bracketed, plain, number] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? (isIPv6(text) ? text : undefined);
  const found = number === undefined ? DEFAULT_PORT : Number(number);
  if (host === undefined || found < 1 || found > 65_535)
    throw new LifeboatError("USAGE", { problem: `"${text}" is no machine: give HOST or HOST:PORT` });
  return { host, port: found };
}

/** By what others reach this machine: as `clone receive` takes it. @param host the only one, when it was asked for */
export function ownAddresses(host: string | undefined, portNumber: number): string[] {
  const hosts = host === undefined ? outward() : [host];
  return hosts.map((one) => (portNumber === DEFAULT_PORT ? one : peerName({ host: one, port: portNumber })));
}

function outward(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const far = all.filter(({ internal, address }) => !internal && !/^fe[89ab]/i.test(address)); // link-local needs a zone
  const sorted = far.toSorted((a, b) => a.family.localeCompare(b.family)); // IPv4 is what people type
  return sorted.length > 0 ? sorted.map(({ address }) => address) : ["localhost"];
}
