import { readFile, readlink } from "node:fs/promises";

/**
 * Names the running system whose process numbers we see: this boot of this machine, and this container of it. Names of
 * hosts do not: machines that were cloned, or started from one medium, have the same one.
 * @returns "" where the kernel does not say
 */
export async function bootIdentity(): Promise<string> {
  try {
    const boot = (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
    return `${boot} ${await readlink("/proc/self/ns/pid")}`;
  } catch {
    return "";
  }
}
