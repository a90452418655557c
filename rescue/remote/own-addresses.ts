import { networkInterfaces } from "node:os";

/** This machine's addresses in the network. Those that are good on one link only need an interface in them, which no browser takes. */
export const ownAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !/^fe80:/i.test(address) && !address.startsWith("169.254."))
    .map(({ address }) => address);

export const inUrl = (address: string): string => (address.includes(":") ? `[${address}]` : address);
