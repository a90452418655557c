import { readdir, readFile, readlink } from "node:fs/promises";

/** Local port in hexadecimal, then state and queues; the tenth column is the inode of the socket (proc(5), /proc/net/udp). */
const inodesAt = (table: string, port: number): Set<string> => {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const rows = table.split("\n").map((line) => line.trim().split(/\s+/));
  return new Set(rows.filter((row) => row[1]?.endsWith(wanted)).map((row) => `socket:[${row[9]}]`));
};

/**
 * Who listens at a port of this machine, such as "dnsmasq (process 812)". Undefined where that cannot be known: without
 * root only one's own processes can be looked into, and only Linux tells it in files.
 */
export async function portOwner(protocol: "udp" | "tcp", port: number): Promise<string | undefined> {
  const tables = await Promise.all(
    [protocol, `${protocol}6`].map((name) => readFile(`/proc/net/${name}`, "utf8").catch(() => "")),
  );
  const inodes = inodesAt(tables.join("\n"), port);
  if (inodes.size === 0) return undefined;
  for (const process of await readdir("/proc").catch(() => [])) {
    if (!/^\d+$/.test(process) || !(await holds(process, inodes))) continue;
    const name = await readFile(`/proc/${process}/comm`, "utf8").catch(() => "a program");
    return `${name.trim()} (process ${process})`;
  }
  return undefined;
}

async function holds(process: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${process}/fd`;
  const descriptors = await readdir(folder).catch(() => []);
  const links = await Promise.all(descriptors.map((name) => readlink(`${folder}/${name}`).catch(() => "")));
  return links.some((link) => inodes.has(link));
}
