import { isIPv4 } from "node:net";

/** An IPv4 address as a number, so that ranges can be counted. @throws TypeError: it is none, which is the caller's mistake */
export function ipv4Number(text: string): number {
  if (!isIPv4(text)) throw new TypeError(`${text} is no IPv4 address`);
  return text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

export const ipv4Text = (number: number): string => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");

/** Four bytes, as options hold an address. @throws TypeError */
export const ipv4Bytes = (text: string): Uint8Array => {
  const number = ipv4Number(text);
  return Uint8Array.from([24, 16, 8, 0], (shift) => (number >>> shift) & 255);
};

/** The address in four bytes of an option; undefined where it has another length. */
export const ipv4In = (value: Uint8Array | undefined): string | undefined =>
  value?.length === 4 ? value.join(".") : undefined;

/** What a network of a length covers: its own address first, that of its broadcasts last. */
export interface Network {
  readonly first: number;
  readonly last: number;
}

/** @param length bits that all addresses of the network have in common, 0 to 32 */
export function networkOf(address: number, length: number): Network {
  const hosts = 2 ** (32 - length);
  const first = Math.floor(address / hosts) * hosts;
  return { first, last: first + hosts - 1 };
}

/** The network of an address with the bits of its mask: "10.0.0.1/24". */
export function networkOfCidr(cidr: string): Network {
  const [address = "", bits] = cidr.split("/");
  return networkOf(ipv4Number(address), Number(bits));
}

export const isWithin = ({ first, last }: Network, address: number): boolean => address >= first && address <= last;

/** 255.255.255.0 for 24. */
export const maskText = (length: number): string => ipv4Text(2 ** 32 - 2 ** (32 - length));

/** "10.0.0.100-10.0.0.200" */
export const rangeText = ({ first, last }: Network): string => `${ipv4Text(first)}-${ipv4Text(last)}`;
