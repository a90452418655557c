import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { runTool } from "#test/fixtures/run-tool.ts";
import type { Guest } from "./iso-guest.ts";

const FOLDER = join(import.meta.dirname, "../../out/vm");

/**
 * A volume that looks like a medium of Lifeboat to whoever searches for one by label or file, and starts nothing: what was started from
 * another medium must not end up here. @returns its path
 */
export async function decoyMedium(name: string): Promise<string> {
  const [file, tree] = [join(FOLDER, `${name}.img`), join(FOLDER, `${name}.tree`)];
  await rm(file, { force: true });
  await rm(tree, { recursive: true, force: true });
  for (const folder of [".disk", "boot/grub", "live"]) await mkdir(join(tree, folder), { recursive: true });
  await writeFile(join(tree, ".disk/info"), "Lifeboat\n");
  await writeFile(join(tree, ".disk/lifeboat"), "0000000000000000\n");
  await writeFile(join(tree, "boot/grub/grub.cfg"), "echo 'DECOY: this is another medium'\nsleep 1000\n");
  await runTool("truncate", ["-s", "40M", file]);
  await runTool("mkfs.vfat", ["-F", "32", "-s", "1", "-n", "LIFEBOAT", file]);
  await runTool("mcopy", ["-s", "-i", file, ...[".disk", "boot", "live"].map((path) => join(tree, path)), "::"]);
  return file;
}

/**
 * The system runs from this disk, protects this disk, and was told so by GRUB.
 * @param disk "/dev/sr0", or a serial number
 * @returns its device
 */
export async function expectStartedFrom(guest: Guest, disk: string): Promise<string> {
  const device = await guest.run("cat /run/lifeboat/boot-device");
  const serial = await guest.run(`lsblk --nodeps --noheadings --output SERIAL ${device}`);
  expect(disk.startsWith("/dev/") ? device : serial).toBe(disk);
  const volume = await guest.run("findmnt --noheadings --output SOURCE /run/lifeboat/medium");
  expect(volume).toMatch(new RegExp(`^${device}\\d?$`));
  const uuid = await guest.run(`blkid -p -s UUID -o value ${volume}`);
  expect(await guest.run("cat /proc/cmdline")).toContain(` lifeboat.medium=${uuid} `);
  return device;
}
