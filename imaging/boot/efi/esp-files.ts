import { LifeboatError } from "#base/errors.ts";
import type { Sentence } from "#base/sentence.ts";
import type { Esp } from "#imaging/boot/efi/esp.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";

/** FAT counts in clusters of at most this size. */
const CLUSTER = 64 * 1024;

export interface EspFile extends Readonly<Sentence> {
  /** "/EFI/debian/shimx64.efi" */
  readonly path: string;
  readonly content: Uint8Array | string;
}

/**
 * The changes that make these files be on the partition: none for one that is there with this content.
 * @param folder where the system whose change it is mounts the partition; "" for the partition itself
 * @throws BOOT_ESP_FULL
 */
export async function espChanges(esp: Esp, files: readonly EspFile[], folder: string): Promise<SystemChange[]> {
  const changes: SystemChange[] = [];
  let more = 0;
  let largest = 0;
  for (const { path, content, ...why } of files) {
    const before = await esp.tree.read(path);
    const after = Buffer.from(content);
    if (before && Buffer.compare(before, after) === 0) continue;
    more += Math.max(0, after.length - (before?.length ?? 0)) + CLUSTER;
    largest = Math.max(largest, after.length);
    changes.push({ op: "write", path: `${folder}${await esp.tree.real(path)}`, content, ...why });
  }
  // The old file goes when the new one is whole.
  const need = changes.length > 0 ? more + largest : 0;
  if (need > esp.free)
    throw new LifeboatError("BOOT_ESP_FULL", { partition: esp.volume.partition, need, have: esp.free });
  return changes;
}
