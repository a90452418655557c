import type { MovedPartition, PartitionId } from "#imaging/bcd/partition-id.ts";
import { binary } from "#imaging/registry/value.ts";
import { guidBytes } from "#imaging/universal/windows/guid-bytes.ts";
import type { WindowsRegistry } from "#imaging/universal/windows/windows-registry.ts";
import { say } from "#imaging/words/say.ts";

const KEY = "MountedDevices";
const GPT_PREFIX = Buffer.from("DMIO:ID:", "latin1");

/**
 * A value of SYSTEM\MountedDevices: "DMIO:ID:" and the partition's GUID, or the disk's signature and the partition's first
 * byte ("Mounted devices", winreg-kb).
 */
export function mountedDeviceId(place: PartitionId): Uint8Array {
  if (place.style === "gpt") return Buffer.concat([GPT_PREFIX, guidBytes(place.partition)]);
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32LE(place.signature, 0);
  bytes.writeBigUInt64LE(BigInt(place.offset), 4);
  return bytes;
}

export interface MountedDevicesOptions {
  readonly moved: readonly MovedPartition[];
  /** Where the volume of Windows itself is now, and the letter that it must keep. `isKnown`: only if Windows has noted it before. */
  readonly system?: { readonly place: PartitionId; readonly letter: string; readonly isKnown?: boolean };
}

/**
 * Tells Windows how its partitions are called now, so that they keep their letters. What names a partition that is gone is
 * removed; what names another disk stays, for the day when it is plugged in. All are looked up by what they were before the
 * first is changed: two partitions may have changed places.
 */
export function rewriteMountedDevices(registry: WindowsRegistry, { moved, system }: MountedDevicesOptions): void {
  const values = registry.key("SYSTEM", KEY)?.values() ?? [];
  const before = moved.map(({ from, to }) => ({ id: mountedDeviceId(from), to }));
  const systemId = system && mountedDeviceId(system.place);
  const systemLetter = system && `\\DosDevices\\${system.letter}:`;
  for (const { name, bytes } of values) {
    const match = before.find(({ id }) => Buffer.compare(id, bytes) === 0);
    if (!match || name === systemLetter) continue;
    const now = match.to && mountedDeviceId(match.to);
    // A volume must not have a second letter because Windows' own is given to it below.
    const isSecond = now && systemId && Buffer.compare(now, systemId) === 0 && name.startsWith("\\DosDevices\\");
    if (now && !isSecond) registry.set("SYSTEM", KEY, name, binary(now), say("windows.mounted", { name }));
    else registry.remove("SYSTEM", KEY, name, say("windows.mounted-gone", { name }));
  }
  if (!systemId || !systemLetter) return;
  if (system.isKnown && !registry.value("SYSTEM", KEY, systemLetter)) return;
  registry.set(
    "SYSTEM",
    KEY,
    systemLetter,
    binary(systemId),
    say("windows.letter", { letter: systemLetter.slice(12) }),
  );
}
