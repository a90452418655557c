import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import { isUnreadable } from "#imaging/filesystem/volume.ts";
import type { VolumeContent } from "#imaging/image/manifest.ts";
import type { Layer, LayerVolume } from "#imaging/layers/layer.ts";
import { isLayer, openLayer } from "#imaging/layers/open-layer.ts";
import type { SourceLayer, SourceVolume } from "#imaging/layout/layout.ts";
import { leastOf } from "#imaging/layout/plan-content.ts";
import { fixedAt, type SizeLimits } from "#imaging/resize/resizer.ts";
import { resizerOf } from "#imaging/resize/resizer-of.ts";
import type { Unlock } from "#imaging/volume/container.ts";
import { limitWords } from "#imaging/words/limit-words.ts";

export interface AskLayer {
  readonly unlock: Unlock;
  /** What the image says of the volumes inside. */
  readonly contents: readonly VolumeContent[];
  /** Path of a file of a volume's bytes, for its tools; undefined when it is not shown. */
  fileOf(name: string): string | undefined;
  /** Of the target. */
  readonly sectorSize: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * How small and how large a container can be with all that is in it: the tools of the file systems inside are asked.
 * @throws what openLayer() and the tools throw
 */
export async function askLayer(
  volume: ReadableDevice,
  type: string,
  ask: AskLayer,
  outer = "",
): Promise<SizeLimits & { readonly inside?: SourceLayer }> {
  const layer = await readable(openLayer(volume, type, ask.unlock, outer));
  if ("reason" in layer) return fixedAt(volume.size, layer.reason);
  const volumes: SourceVolume[] = [];
  for (const inner of layer.volumes) volumes.push(await askVolume(inner, ask));
  const inside = { ...describe(layer), volumes };
  return { ...limitsOf(inside), inside };
}

/** What is damaged keeps its size. */
const readable = <T>(opening: Promise<T>): Promise<T | { reason: string }> =>
  opening.catch((error: unknown) => {
    if (!isUnreadable(error)) throw error;
    return { reason: `what is in it cannot be told: ${error.message.replace(/^[A-Z_]+: /, "")}` };
  });

const describe = ({ name, around, unit, reserved, pinned, isFilled, size }: Layer): Omit<SourceLayer, "volumes"> => ({
  ...{ name, around, unit, reserved, pinned, isFilled, size },
});

/** Extents of a physical volume are counted in 32 bits (LVM2, lib/metadata/metadata-exported.h). */
const MOST_EXTENTS = 2 ** 32 - 1;

function limitsOf(inside: SourceLayer): SizeLimits {
  const { around, unit, size, volumes, isFilled } = inside;
  const least = leastOf(inside);
  const reasons = (key: "notSmaller" | "notLarger") =>
    volumes.flatMap(({ name, [key]: reason }) => (reason === undefined ? [] : [`${name}: ${reason}`])).join("; ");
  const [only] = volumes;
  const most = isFilled ? around + (only?.most ?? 0) : around + MOST_EXTENTS * unit;
  return {
    ...{ least: Math.min(size, least), most: Math.max(size, most) },
    ...(least >= size && { notSmaller: reasons("notSmaller") || limitWords["limit.layer-full"] }),
    ...(most <= size && { notLarger: reasons("notLarger") || limitWords["limit.layer-largest"] }),
  };
}

async function askVolume({ name, device, notSmaller }: LayerVolume, ask: AskLayer): Promise<SourceVolume> {
  const { size } = device;
  const filesystem = await detectFilesystem(device);
  const type = filesystem?.type;
  const way = type && resizerOf(type)?.way;
  const limits = await askContent({ name, device, type }, ask);
  return {
    ...{ name, filesystem: type, size },
    remadeSmaller: way?.smaller === "rebuild",
    remadeLarger: way?.larger === "rebuild",
    ...limits,
    least: notSmaller === undefined ? Math.min(size, limits.least) : size,
    most: Math.max(size, limits.most),
    notSmaller: notSmaller ?? limits.notSmaller,
  };
}

interface Content {
  readonly name: string;
  readonly device: ReadableDevice;
  readonly type: Parameters<typeof resizerOf>[0] | undefined;
}

async function askContent(
  { name, device, type }: Content,
  ask: AskLayer,
): Promise<SizeLimits & { readonly inside?: SourceLayer }> {
  const { size } = device;
  if (!type) return fixedAt(size, limitWords["limit.unknown"]);
  if (isLayer(type)) return askLayer(device, type, ask, name);
  const content = ask.contents.find((one) => one.name === name);
  if (content?.mode === "raw") return fixedAt(size, content.reason ?? limitWords["limit.raw"]);
  const resizer = resizerOf(type);
  if (!resizer) return fixedAt(size, limitWords["limit.no-tool"]({ filesystem: type }));
  const path = ask.fileOf(name);
  if (path === undefined) return fixedAt(size, "its bytes cannot be shown to its tools");
  return resizer.limits({ path, size, sectorSize: ask.sectorSize }, ask.signal);
}
