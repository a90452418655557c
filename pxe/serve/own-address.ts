import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";
import { LifeboatError } from "#base/errors.ts";

/** The IPv4 address that an interface has, or an address of this machine as it is. @throws PXE_ADDRESS_UNKNOWN */
export function ownAddress(nameOrAddress: string, interfaces = networkInterfaces()): string {
  const all = Object.entries(interfaces).flatMap(([name, list]) =>
    (list ?? []).filter(({ family }) => family === "IPv4").map(({ address }) => ({ name, address })),
  );
  const found = all.find(({ name, address }) => (isIPv4(nameOrAddress) ? address : name) === nameOrAddress);
  if (found) return found.address;
  const have = all.map(({ name, address }) => `${name} ${address}`).join(", ");
  throw new LifeboatError("PXE_ADDRESS_UNKNOWN", { address: nameOrAddress, have: have === "" ? "none" : have });
}
