import { readdir, readFile, readlink } from "node:fs/promises";

/** Local port in hexadecimal, then state and queues; the tenth column is the inode of the socket (proc(5), /proc/net/udp). */
const inodesAt = (table: string, port: number): Set<string> => {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const rows = table.split("\n").map((line) => line.trim().split(/\s+/));
  return new Set(rows.filter((row) => row[1]?.endsWith(wanted)).map((row) => `socket:[${row[9]}]`));
};

/** One program. */
export interface PortOwner {
  readonly process: number;
  /** "dnsmasq (process 812)" */
  readonly name: string;
}

/**
 * Who listens at a port of this machine: several, where each does so at an address or a network card of its own. None where that cannot be
 * known: without root only one's own processes can be looked into, and only Linux tells it in files.
 */
export async function portOwners(protocol: "udp" | "tcp", port: number): Promise<PortOwner[]> {
  const tables = await Promise.all(
    [protocol, `${protocol}6`].map((name) => readFile(`/proc/net/${name}`, "utf8").catch(() => "")),
  );
  const inodes = inodesAt(tables.join("\n"), port);
  const owners: PortOwner[] = [];
  for (const process of inodes.size === 0 ? [] : await readdir("/proc").catch(() => [])) {
    if (!/^\d+$/.test(process) || !(await holds(process, inodes))) continue;
    const name = await readFile(`/proc/${process}/comm`, "utf8").catch(() => "a program");
    owners.push({ process: Number(process), name: `${name.trim()} (process ${process})` });
  }
  return owners;
}

async function holds(process: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${process}/fd`;
  const descriptors = await readdir(folder).catch(() => []);
  const links = await Promise.all(descriptors.map((name) => readlink(`${folder}/${name}`).catch(() => "")));
  return links.some((link) => inodes.has(link));
}
