import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";
import { LifeboatError } from "#base/errors.ts";

export interface OwnInterface {
  /** "eth0" */
  readonly name: string;
  readonly address: string;
  /** "192.0.2.1/24" */
  readonly cidr: string;
  readonly mac: string;
}

/** The interface of this name, or with this IPv4 address, as it is. @throws PXE_ADDRESS_UNKNOWN */
export function ownInterface(nameOrAddress: string, interfaces = networkInterfaces()): OwnInterface {
  const all = Object.entries(interfaces).flatMap(([name, list]) =>
    (list ?? [])
      .filter(({ family }) => family === "IPv4")
      .map(({ address, cidr, mac }) => ({ name, address, mac, cidr: cidr ?? `${address}/32` })),
  );
  const found = all.find(({ name, address }) => (isIPv4(nameOrAddress) ? address : name) === nameOrAddress);
  if (found) return found;
  const have = all.map(({ name, address }) => `${name} ${address}`).join(", ");
  throw new LifeboatError("PXE_ADDRESS_UNKNOWN", { address: nameOrAddress, have: have === "" ? "none" : have });
}
