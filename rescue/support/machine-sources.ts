import { open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { runTool } from "#imaging/system/run-tool.ts";

/** A file of the bundle. */
export interface Source {
  readonly name: string;
  readonly content: () => Promise<string>;
}

/** Enough for days of a program's lines. */
const MOST_BYTES = 4 << 20;

/** The end of a file, which is where it went wrong. */
export async function readEnd(path: string): Promise<string> {
  await using file = await open(path, "r");
  const { size } = await file.stat();
  const start = Math.max(0, size - MOST_BYTES);
  const bytes = Buffer.alloc(Math.min(size, MOST_BYTES));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
  return bytes.toString("utf8", 0, bytesRead);
}

const SECONDS = 30;
const tool = (name: string, ...command: readonly [string, ...string[]]): Source => ({
  name,
  content: () =>
    runTool(command[0], command.slice(1), "collect facts for a support bundle", AbortSignal.timeout(SECONDS * 1000)),
});
const file = (name: string, path: string): Source => ({ name, content: () => readFile(path, "utf8") });

/** What any machine can tell, with or without our server. */
export const machineSources = (): Source[] => [
  tool("kernel.log", "dmesg"),
  tool("hardware/lspci.txt", "lspci", "-nnk"),
  tool("hardware/lsusb.txt", "lsusb"),
  tool("hardware/lsusb-tree.txt", "lsusb", "-t"),
  tool("hardware/lsblk.json", "lsblk", "--json", "--bytes", "--output-all"),
  tool("hardware/lscpu.txt", "lscpu"),
  tool("hardware/boot-entries.txt", "efibootmgr", "--verbose"),
  { name: "hardware/firmware.txt", content: readFirmware },
  tool("network/addresses.txt", "ip", "-details", "address"),
  tool("network/routes.txt", "sh", "-c", "ip -4 route; ip -6 route; ip rule"),
  tool("network/wifi.txt", "iw", "dev"),
  file("network/resolv.conf", "/etc/resolv.conf"),
  file("system/kernel-command-line.txt", "/proc/cmdline"),
  file("system/memory.txt", "/proc/meminfo"),
  file("system/modules.txt", "/proc/modules"),
  file("system/mounts.txt", "/proc/self/mountinfo"),
  file("system/os-release.txt", "/etc/os-release"),
  tool("system/packages.txt", "dpkg-query", "--show"),
  tool("system/processes.txt", "ps", "-eo", "pid,ppid,user,rss,etime,comm"),
  tool("system/space.txt", "df", "-hT", "-x", "cifs", "-x", "nfs", "-x", "nfs4", "-x", "fuse.sshfs"),
];

const DMI = "/sys/class/dmi/id";

/** "board_name: X570" for each line that the firmware has (Linux, drivers/firmware/dmi-id.c). */
async function readFirmware(): Promise<string> {
  const lines = await Promise.all(
    (await readdir(DMI)).map(async (name) => {
      const text = await readFile(join(DMI, name), "utf8").catch(() => undefined);
      return text === undefined || name === "uevent" ? [] : [`${name}: ${text.trim()}`];
    }),
  );
  return `${lines.flat().toSorted().join("\n")}\n`;
}

/** Numbers that tell this machine from all others of its model. */
export async function machineSerials(): Promise<string[]> {
  const dmi = [
    "product_serial",
    "product_uuid",
    "board_serial",
    "chassis_serial",
    "board_asset_tag",
    "chassis_asset_tag",
  ];
  const paths = dmi.map((name) => join(DMI, name));
  for (const name of await readdir("/sys/class/net").catch((): string[] => []))
    paths.push(join("/sys/class/net", name, "address"));
  for (const name of await readdir("/sys/bus/usb/devices").catch((): string[] => []))
    paths.push(join("/sys/bus/usb/devices", name, "serial"));
  for (const name of await readdir("/sys/class/power_supply").catch((): string[] => []))
    paths.push(join("/sys/class/power_supply", name, "serial_number"));
  const texts = await Promise.all(paths.map((path) => readFile(path, "utf8").catch(() => "")));
  return texts.map((text) => text.trim()).filter((text) => text !== "" && !NO_SERIAL.test(text));
}

/** What firmware says that has none; and the address of the loopback. */
const NO_SERIAL =
  /^(0+|[0:]+|none|unknown|n\/a|default string|not specified|to be filled by o\.e\.m\.|system serial number)$/i;

/** The files of a folder that end so, under the name of another folder in the bundle. */
export async function folderSources(folder: string, ending: RegExp, under: string): Promise<Source[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names
    .filter((name) => ending.test(name))
    .map((name) => ({ name: `${under}/${name}`, content: () => readEnd(join(folder, name)) }));
}
