import { LifeboatError } from "#base/errors.ts";
import { type BlockDevice, type ReadableDevice, slice } from "#imaging/device/block-device.ts";
import { sliceTarget } from "#imaging/device/slice-target.ts";
import { openDiskSource } from "#imaging/explore/open-source.ts";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import type { PartitionInfo } from "#imaging/image/manifest.ts";
import type { LaidLayer, Layer, LayerVolume } from "#imaging/layers/layer.ts";
import { isLayer, openLayer } from "#imaging/layers/open-layer.ts";
import type { PlannedLayout, PlannedPartition, PlannedVolume } from "#imaging/layout/layout.ts";
import { resizerOf } from "#imaging/resize/resizer-of.ts";
import { copyMissing } from "#imaging/restore/copy-missing.ts";
import { remakeFilesystem, resizeFilesystem } from "#imaging/restore/fit-filesystem.ts";
import type { RestoreRun } from "#imaging/restore/restore-run.ts";
import { keysOf, type Unlock } from "#imaging/volume/container.ts";

/** A partition of the layout, and what it was in the image. */
export interface Fitted {
  readonly partition: PlannedPartition;
  readonly before: PartitionInfo;
  readonly target: BlockDevice;
}

/**
 * Brings the volumes inside a partition to their sizes: what the chunks could not be written to is copied from the image,
 * each file system is fitted by its own tool, and at last the container says where they lie.
 * @throws as fitVolumes(), UNLOCK_FAILED, TARGET_VERIFY_FAILED
 */
export async function fitInside(run: RestoreRun, { partition, before, target }: Fitted): Promise<void> {
  using source = openDiskSource(run.original);
  const { start, size, inside = [] } = partition;
  const unlock = keysOf(run.volumeKeys, before.number);
  const layer = await openPlanned(slice(source, before.start, before.size), before, unlock);
  const label = `partition ${partition.number}`;
  await fitLayer({ run, before, unlock, inside, label }, layer, sliceTarget(target, start, size));
}

/**
 * Whatever the layout changes inside of a container can be opened, with the keys that were given: asked before anything is
 * written. @throws UNLOCK_FAILED
 */
export async function refuseLocked(run: RestoreRun, { partitions }: PlannedLayout): Promise<void> {
  using source = openDiskSource(run.original);
  for (const { source: number, inside } of partitions) {
    const before = run.original.manifest.partitions.find((one) => one.number === number);
    if (!inside || !before) continue;
    await openPlanned(slice(source, before.start, before.size), before, keysOf(run.volumeKeys, before.number));
  }
}

async function openPlanned(volume: ReadableDevice, before: PartitionInfo, unlock: Unlock): Promise<Layer> {
  const { number, filesystem } = before;
  const layer = await openLayer(volume, filesystem?.type ?? "", unlock);
  if (!("reason" in layer)) return layer;
  const needs = unlock.keys.length === 0 ? `; the layout changes what is in it: --unlock ${number}=KEYFILE` : "";
  throw new LifeboatError("UNLOCK_FAILED", { volume: `partition ${number}`, problem: `${layer.reason}${needs}` });
}

interface FitRun {
  readonly run: RestoreRun;
  readonly before: PartitionInfo;
  readonly unlock: Unlock;
  readonly inside: readonly PlannedVolume[];
  /** For errors. */
  readonly label: string;
}

async function fitLayer(fit: FitRun, layer: Layer, target: BlockDevice): Promise<void> {
  const planned = layer.volumes.map(({ name }) => {
    const found = fit.inside.find((one) => one.name === name);
    if (!found) throw new Error(`the layout says nothing of ${name} in ${fit.label}`);
    return found;
  });
  const laid = await layer.lay(
    target,
    planned.map(({ size }) => size),
  );
  for (const [i, volume] of layer.volumes.entries())
    await fitVolume(fit, volume, laid.volumes[i] as LaidLayer["volumes"][number], planned[i] as PlannedVolume);
  await laid.finish();
}

async function fitVolume(
  fit: FitRun,
  { name, device: original }: LayerVolume,
  { device, missing }: LaidLayer["volumes"][number],
  { size, change }: PlannedVolume,
): Promise<void> {
  const { run, before, unlock, label } = fit;
  run.signal.throwIfAborted();
  const filesystem = await detectFilesystem(original);
  const place = { target: device, start: 0, size };
  const resizer = filesystem && resizerOf(filesystem.type);
  if (change === "remake" && resizer) {
    const keys = unlock.keys.map((key) => ({ partition: before.number, key }));
    const volume = { original: run.original, partition: before.number, inside: name, keys, filesystem };
    return remakeFilesystem(place, resizer, volume, run.signal);
  }
  const verify = run.plan.options.verifyTarget;
  await copyMissing(
    { original, device, missing, filesystem, unlock, verify, label: `${name} in ${label}` },
    run.signal,
  );
  if (change === "none") return;
  if (filesystem && isLayer(filesystem.type)) {
    const layer = await openLayer(original, filesystem.type, unlock, name);
    if ("reason" in layer) throw new Error(`${name} in ${label} is closed: ${layer.reason}`);
    return fitLayer(fit, layer, device);
  }
  if (!resizer) throw new Error(`the layout changes ${name} in ${label}, for which there is no tool`);
  await resizeFilesystem(place, resizer, change === "shrink" ? original : undefined, run.signal);
}
