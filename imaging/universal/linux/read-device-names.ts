import type { Draft } from "#imaging/installed/draft.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import { bootFiles } from "#imaging/universal/linux/boot-files.ts";
import { DeviceNames, deviceName } from "#imaging/universal/linux/device-names.ts";
import { tableLine } from "#imaging/universal/linux/table-line.ts";

/**
 * What the system calls devices, and which of those names meant this disk: a name of what is mounted somewhere did, when the
 * volume that is mounted there has the same number.
 */
export async function readDeviceNames(system: InstalledSystem, draft: Draft): Promise<DeviceNames> {
  const own = new Set<string>();
  const all = new Set<string>();
  const meet = (name: string, folder: string | undefined) => {
    const device = deviceName(name);
    if (!device) return;
    all.add(name);
    const volume = system.mounts.find((mount) => mount.folder === folder)?.volume;
    if (volume && volume.inside.length === 0 && volume.partition === device.partition) own.add(device.disk);
  };
  for (const line of ((await draft.text("/etc/fstab")) ?? "").split("\n")) {
    const [name = "", folder] = tableLine(line)?.fields ?? [];
    meet(name, folder);
  }
  for (const word of ((await draft.text("/etc/crypttab")) ?? "").split(/\s+/)) meet(word, undefined);
  for (const path of await bootFiles(system, draft))
    for (const [, name = ""] of ((await draft.text(path)) ?? "").matchAll(/(?:^|[\s"'])root=(\/dev\/[^\s"']+)/gm))
      meet(name, "/");
  return new DeviceNames(system.volumes, own, all);
}
