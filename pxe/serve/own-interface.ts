import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";
import { LifeboatError } from "#base/errors.ts";
import { networkOfCidr } from "../net/ipv4.ts";

export interface OwnInterface {
  /** "eth0" */
  readonly name: string;
  /** The network card: "eth0" for "eth0:1" too, which is a second address of it. */
  readonly device: string;
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
      .map(({ address, cidr, mac }) => ({
        ...{ name, device: name.replace(/:.*/, ""), address, mac, cidr: cidr ?? `${address}/32` },
      })),
  );
  const found = all.find(({ name, address }) => (isIPv4(nameOrAddress) ? address : name) === nameOrAddress);
  if (found) return found;
  const have = all.map(({ name, address }) => `${name} ${address}`).join(", ");
  throw new LifeboatError("PXE_ADDRESS_UNKNOWN", { address: nameOrAddress, have: have === "" ? "none" : have });
}

/** Several of them, each of another card and in another network: else nobody could tell whose a question is. @throws PXE_ADDRESS_UNKNOWN, PXE_INTERFACES_CLASH */
export function ownInterfaces(namesOrAddresses: readonly string[], interfaces = networkInterfaces()): OwnInterface[] {
  const found = namesOrAddresses.map((one) => ownInterface(one, interfaces));
  for (const [i, one] of found.entries())
    for (const other of found.slice(i + 1)) {
      const reason =
        one.device === other.device
          ? "they are one network card"
          : isApart(one.cidr, other.cidr)
            ? undefined
            : "their networks overlap";
      if (reason === undefined) continue;
      const call = ({ name, cidr }: OwnInterface) => `${name} ${cidr}`;
      throw new LifeboatError("PXE_INTERFACES_CLASH", { one: call(one), other: call(other), reason });
    }
  return found;
}

function isApart(one: string, other: string): boolean {
  const [a, b] = [networkOfCidr(one), networkOfCidr(other)];
  return a.last < b.first || b.last < a.first;
}
