import * as z from "zod";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { damaged } from "#imaging/filesystem/volume.ts";
import type { LuksLayout, LuksSlot } from "#imaging/volume/luks/header.ts";
import { LUKS2_JSON_OFFSET } from "#imaging/volume/luks/structs.ts";
import { insideWords } from "#imaging/words/inside-words.ts";

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
const keyslot = z.looseObject({ kdf: z.looseObject({ type: z.string(), memory: z.number().optional() }) });
const metadata = z.looseObject({
  keyslots: z.record(z.string(), z.unknown()).optional(),
  tokens: z.record(z.string(), z.unknown()).optional(),
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
    return { reason: insideWords["inside.luks-anew"] };
  if (requirements.length > 0) return { reason: insideWords["inside.luks-demands"]({ what: requirements.join(", ") }) };
  if (!segment) return { reason: insideWords["inside.luks-other"] };
  if (segment.integrity !== undefined)
    return {
      reason: insideWords["inside.luks-integrity"],
    };
  if (segment.type.startsWith("hw-opal")) return { reason: insideWords["inside.luks-opal"] };
  if (segment.type !== "crypt") return { reason: insideWords["inside.luks-kind"]({ kind: segment.type }) };
  const layout = segmentLayout(volume, segment, uuid);
  return "reason" in layout ? layout : { ...layout, slots: slotsOf(parsed) };
}

const token = z.looseObject({ type: z.string(), keyslots: z.array(z.string()) });
/** Nobody can type what these give: keys in a TPM, on a token, on a server. */
const NOT_TYPED = /^(systemd-(tpm2|fido2|pkcs11)|clevis)$/;

/** Those that have a pass phrase: one that data is moved through while it is encrypted anew has none either. */
function slotsOf({ keyslots = {}, tokens = {} }: z.infer<typeof metadata>): LuksSlot[] {
  const devices = Object.values(tokens).flatMap((value) => token.safeParse(value).data ?? []);
  const taken = devices.filter(({ type }) => NOT_TYPED.test(type)).flatMap(({ keyslots: names }) => names);
  return Object.entries(keyslots).flatMap(([name, value]) => {
    const { kdf } = keyslot.safeParse(value).data ?? {};
    return kdf && !taken.includes(name) ? [{ number: Number(name), kdf: kdf.type, memoryKiB: kdf.memory }] : [];
  });
}

type Segment = Omit<LuksLayout, "slots">;

function segmentLayout(volume: ReadableDevice, value: unknown, uuid: string): Segment | { reason: string } {
  const segment = cryptSegment.safeParse(value).data;
  if (!segment) throw badJson(volume);
  const { offset: start, sector_size: sectorSize } = segment;
  if (start === 0) return { reason: insideWords["inside.luks-detached"] };
  const room = volume.size - start;
  const size = segment.size === "dynamic" ? room - (room % sectorSize) : segment.size;
  if (start % 512 !== 0 || size <= 0 || size % sectorSize !== 0 || size > room)
    throw damaged(volume, "crypto_LUKS", LUKS2_JSON_OFFSET, insideWords["raid.outside"]);
  return {
    uuid,
    payload: { start, end: start + size },
    encryption: segment.encryption,
    sectorSize,
    ivOffset: segment.iv_tweak,
    isFixed: segment.size !== "dynamic",
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
