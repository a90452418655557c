import { LifeboatError } from "#base/errors.ts";
import { type BlockDevice, slice } from "#imaging/device/block-device.ts";
import { sliceTarget } from "#imaging/device/slice-target.ts";
import { openDiskSource } from "#imaging/explore/open-source.ts";
import type { FilesystemType } from "#imaging/filesystem/filesystem.ts";
import { askNames } from "#imaging/identity/ask-names.ts";
import { changeId } from "#imaging/identity/change-id.ts";
import { newNames } from "#imaging/identity/new-names.ts";
import { type OpenVolume, openInside } from "#imaging/identity/open-inside.ts";
import { mayHoldReferences, type PatchedFiles, patchReferences } from "#imaging/identity/patch-references.ts";
import type { PartitionInfo } from "#imaging/image/manifest.ts";
import type { NewGroup, NewIdentity } from "#imaging/layout/identity.ts";
import type { LayoutNote, PlannedLayout, PlannedPartition } from "#imaging/layout/layout.ts";
import { onStage } from "#imaging/restore/on-stage.ts";
import type { RestoreRun } from "#imaging/restore/restore-run.ts";
import { keysOf } from "#imaging/volume/container.ts";
import { renameWrites } from "#imaging/volume/lvm/rename-group.ts";

/**
 * Gives file systems, LUKS headers and volume groups their new identities, and tells the systems on them: first all
 * identities, inner ones before what holds them, so that nothing is mounted that this system may have mounted from the source.
 * Yields after each volume what was changed in it, and what could not be, for the report.
 * @throws TOOL_FAILED, TOOL_MISSING, FILESYSTEM_UNSOUND, STAGE_FAILED, UNLOCK_FAILED, READ_FAILED, WRITE_FAILED
 */
export async function* nameVolumes(
  run: RestoreRun,
  { partitions, identity }: PlannedLayout,
  target: BlockDevice,
): AsyncGenerator<LayoutNote | undefined, void, undefined> {
  if (!identity) return;
  const opened: { readonly number: number; readonly volume: OpenVolume }[] = [];
  for (const partition of partitions) {
    const before = run.original.manifest.partitions.find(({ number }) => number === partition.source);
    if (!before?.filesystem) continue;
    for (const volume of await openPartition(run, identity, target, partition, before))
      opened.push({ number: partition.number, volume });
    yield undefined;
  }
  for (const { number, volume } of opened.toReversed()) {
    await giveIdentity(number, volume, identity, run.signal);
    yield undefined;
  }
  const names = newNames(identity);
  for (const { number, volume } of opened) {
    const type = volume.filesystem?.type;
    if (type === undefined || !mayHoldReferences(type)) continue;
    const found = await staged(volume.device, (file) => patchReferences(file, type, names, run.signal));
    yield* notesOf(`${volume.inside === "" ? "" : `${volume.inside} in `}partition ${number}`, found);
    yield undefined;
  }
}

function notesOf(where: string, { changed, unread }: PatchedFiles): LayoutNote[] {
  const list = (of: readonly string[]) => of.join(", ");
  return [
    ...(changed.length === 0
      ? []
      : [{ code: "REFERENCES_CHANGED", text: `In ${where} the new names are written: ${list(changed)}` }]),
    ...(unread.length === 0
      ? []
      : [
          {
            code: "BOOT_MAY_FAIL",
            text: `In ${where} there may be old names in what was not looked into: ${list(unread)}`,
          },
        ]),
  ];
}

/** It, and where the plan names what is inside of it, that too. */
async function openPartition(
  { volumeKeys }: RestoreRun,
  identity: NewIdentity,
  target: BlockDevice,
  { number, start, size }: PlannedPartition,
  { number: source, filesystem }: PartitionInfo,
): Promise<OpenVolume[]> {
  const device = sliceTarget(target, start, size);
  const found = filesystem && { uuid: filesystem.uuid, type: filesystem.type as FilesystemType };
  if (isOpened(identity, number)) return openInside(device, found, keysOf(volumeKeys, source));
  return [{ inside: "", filesystem: found, device }];
}

const isOpened = ({ volumes, groups = [] }: NewIdentity, partition: number): boolean =>
  groups.some(({ number }) => number === partition) ||
  volumes.some(({ number, inside }) => number === partition && inside !== undefined);

async function giveIdentity(
  number: number,
  { inside, device, group }: OpenVolume,
  { volumes, groups = [] }: NewIdentity,
  signal: AbortSignal,
): Promise<void> {
  const isThis = (one: { number: number; inside?: string | undefined }) =>
    one.number === number && (one.inside ?? "") === inside;
  const id = volumes.find(isThis);
  if (id) await staged(device, (file) => changeId(file, id, signal));
  const named = groups.find(isThis);
  if (!named) return;
  if (!group) throw new Error(`the plan renames a group in partition ${number}, and there is none`);
  const names = { name: named.to, ids: idMap(named) };
  for (const { offset, bytes } of await renameWrites(device, group, names)) await device.write(bytes, offset);
}

const idMap = ({ ids }: NewGroup): Map<string, string> => new Map(ids.map(({ from, to }) => [from, to]));

const staged = <T>(
  target: BlockDevice,
  use: (file: { path: string; size: number; sectorSize: number }) => Promise<T>,
): Promise<T> => {
  const { size, sectorSize } = target;
  return onStage({ target, start: 0, size, shown: size }, ({ path }) => use({ path, size, sectorSize }));
};

/**
 * Whatever gets another identity inside of a container can be opened, with the keys that were given: asked before anything is
 * written. @throws UNLOCK_FAILED
 */
export async function refuseUnnamed(
  { original, volumeKeys }: RestoreRun,
  { partitions, identity }: PlannedLayout,
): Promise<void> {
  if (!identity) return;
  using source = openDiskSource(original);
  for (const { number, source: from } of partitions) {
    const before = original.manifest.partitions.find((one) => one.number === from);
    if (!before?.filesystem || !isOpened(identity, number)) continue;
    const volume = slice(source, before.start, before.size);
    const names = await askNames(volume, before.filesystem, keysOf(volumeKeys, before.number), before.number);
    const planned = [...identity.volumes, ...(identity.groups ?? [])].filter((one) => one.number === number);
    const missing = planned.find(({ inside = "" }) => !names.some((one) => one.inside === inside));
    if (missing)
      throw new LifeboatError("UNLOCK_FAILED", {
        volume: `partition ${before.number}`,
        problem: `what is in it gets a new identity, and no key was given: --unlock ${before.number}=KEYFILE`,
      });
  }
}
