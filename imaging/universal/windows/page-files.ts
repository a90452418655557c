import type { Sentence } from "#base/sentence.ts";
import type { PartitionId } from "#imaging/bcd/partition-id.ts";
import { mountedDeviceId } from "#imaging/universal/windows/mounted-devices.ts";
import type { WindowsRegistry } from "#imaging/universal/windows/windows-registry.ts";
import { say } from "#imaging/words/say.ts";

/**
 * Page files on volumes that Windows will not find, in plain words: it starts without them, with less memory and no dump of
 * a crash.
 * @param there the partitions that are there now
 */
export function lostPageFiles(registry: WindowsRegistry, there: readonly PartitionId[], letter: string): Sentence[] {
  const key = `${registry.controlSets[0]}\\Control\\Session Manager\\Memory Management`;
  const files = registry.value("SYSTEM", key, "PagingFiles")?.texts ?? [];
  const known = there.map((place) => Buffer.from(mountedDeviceId(place)).toString("hex"));
  return files.flatMap((file) => {
    const own = /^([a-z]):/i.exec(file)?.[1]?.toUpperCase();
    if (own === undefined || own === letter) return [];
    const device = registry.value("SYSTEM", "MountedDevices", `\\DosDevices\\${own}:`);
    if (device && known.includes(Buffer.from(device.bytes).toString("hex"))) return [];
    return [say("windows.page-file", { file: file.split(" ")[0] ?? "" })];
  });
}
