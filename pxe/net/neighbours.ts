import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";

/** ATF_COM of <net/if_arp.h>: the hardware address is known. */
const KNOWN = 0x2;

/** Which hardware addresses the kernel knows behind an interface, by IPv4 address (proc(5), /proc/net/arp). Empty where that is not told. */
export async function neighbours(device: string): Promise<Map<string, string>> {
  const table = await readFile("/proc/net/arp", "utf8").catch(() => "");
  return parseNeighbours(table, device);
}

export function parseNeighbours(table: string, device: string): Map<string, string> {
  const rows = table.split("\n").map((line) => line.trim().split(/\s+/));
  const known = rows.filter((row) => row[5] === device && (Number(row[2]) & KNOWN) !== 0);
  return new Map(known.map(([address = "", , , mac = ""]) => [address, mac]));
}

/** Lets the kernel ask again who has these addresses. What cannot be forgotten stays. */
export function forgetNeighbours(device: string, addresses: readonly string[]): Promise<void> {
  if (addresses.length === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const { stdin } = execFile("ip", ["-force", "-batch", "-"], () => resolve());
    stdin?.on("error", () => {}); // there is no such program, which is said above
    stdin?.end(addresses.map((address) => `neighbour delete ${address} dev ${device}\n`).join(""));
  });
}
