import * as z from "zod";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { damaged } from "#imaging/filesystem/volume.ts";
import type { LuksLayout } from "#imaging/volume/luks/header.ts";
import { LUKS2_JSON_OFFSET } from "#imaging/volume/luks/structs.ts";

/** JSON has no 64-bit numbers: they are strings of digits. */
const wide = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number)
  .refine(Number.isSafeInteger);

/** LUKS2 On-Disk Format Specification 1.1.1, section 3.3; what else is in it is not ours to know. */
const cryptSegment = z.looseObject({
  type: z.literal("crypt"),
  offset: wide,
  size: z.union([z.literal("dynamic"), wide]),
  iv_tweak: wide,
  encryption: z.string(),
  sector_size: z.literal([512, 1024, 2048, 4096]),
});
const metadata = z.looseObject({
  segments: z.record(z.string(), z.looseObject({ type: z.string(), integrity: z.unknown().optional() })),
  config: z.looseObject({
    requirements: z.looseObject({ mandatory: z.array(z.string()).optional() }).optional(),
  }),
});

/** What the JSON area says of the data. @throws FILESYSTEM_DAMAGED */
export function luks2Layout(volume: ReadableDevice, text: string, uuid: string): LuksLayout | { reason: string } {
  const parsed = metadata.safeParse(parseJson(text)).data;
  if (!parsed) throw badJson(volume);
  const [segment, ...more] = Object.values(parsed.segments);
  const requirements = parsed.config.requirements?.mandatory ?? [];
  if (more.length > 0 || requirements.some((name) => name.includes("reencrypt")))
    return { reason: "it is being encrypted anew with LUKS: one part has the old key, the other the new one" };
  if (requirements.length > 0) return { reason: `LUKS demands what is not known here: ${requirements.join(", ")}` };
  if (!segment) return { reason: "its LUKS header names no data (it belongs to another device)" };
  if (segment.integrity !== undefined)
    return {
      reason: "LUKS keeps checksums between the sectors of it (dm-integrity): where they are used cannot be told",
    };
  if (segment.type.startsWith("hw-opal"))
    return { reason: "the drive itself encrypts it for LUKS (OPAL): it can only be read once the drive is unlocked" };
  if (segment.type !== "crypt") return { reason: `LUKS calls its data ${segment.type}, which is not known here` };
  return segmentLayout(volume, segment, uuid);
}

function segmentLayout(volume: ReadableDevice, value: unknown, uuid: string): LuksLayout | { reason: string } {
  const segment = cryptSegment.safeParse(value).data;
  if (!segment) throw badJson(volume);
  const { offset: start, sector_size: sectorSize } = segment;
  if (start === 0) return { reason: "its LUKS header says that its data is on another device (a detached header)" };
  const room = volume.size - start;
  const size = segment.size === "dynamic" ? room - (room % sectorSize) : segment.size;
  if (start % 512 !== 0 || size <= 0 || size % sectorSize !== 0 || size > room)
    throw damaged(volume, "crypto_LUKS", LUKS2_JSON_OFFSET, "its data would lie outside the partition");
  return {
    uuid,
    payload: { start, end: start + size },
    encryption: segment.encryption,
    sectorSize,
    ivOffset: segment.iv_tweak,
  };
}

const badJson = (volume: ReadableDevice) =>
  damaged(volume, "crypto_LUKS", LUKS2_JSON_OFFSET, "the JSON area does not describe a volume");

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
