import { randomUUID } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { errnoReason } from "#imaging/system/errno.ts";
import { runSecretTool } from "#imaging/system/run-secret-tool.ts";

/** A memory file system: neither a header nor a key is ever written to a disk on its way. */
const MEMORY = "/dev/shm";
const PURPOSE = "unlock encrypted volumes";

export interface LockedVolume {
  /** For errors: the device, the kind and the identifier. */
  readonly name: string;
  readonly dump: "luksDump" | "bitlkDump";
  /** Bytes of the whole volume: cryptsetup holds the header against it. */
  readonly size: number;
  /** What cryptsetup has to see of the volume, read when it is asked for. */
  readonly header: () => AsyncIterable<{ readonly at: number; readonly bytes: Uint8Array }>;
  /** All readings of one key that may be meant, the likeliest first. */
  readonly readings: (key: Uint8Array) => readonly Uint8Array[];
  /** What else the user can be told when no key fits. */
  readonly hint?: string | undefined;
}

/**
 * The key that the volume's data is encrypted with. cryptsetup is given a sparse copy of the header: a volume has no
 * path of its own when it lies inside a disk file or another volume, and cryptsetup repairs a damaged header copy,
 * which must not happen to a source.
 * @returns bytes that the caller overwrites after use.
 * @throws UNLOCK_FAILED when no key fits; SCRATCH_FAILED without room in memory; TOOL_MISSING, TOOL_FAILED
 */
export async function findVolumeKey(volume: LockedVolume, keys: readonly Uint8Array[]): Promise<Uint8Array> {
  const folder = join(MEMORY, `lifeboat-${process.pid}-${randomUUID()}`);
  const file = join(folder, "header");
  try {
    await mkdir(folder, { mode: 0o700 }).catch(noRoom);
    await copyHeader(volume, file);
    let complaint = "";
    for (const key of keys)
      for (const reading of volume.readings(key)) {
        const tried = await tryKey(volume.dump, file, reading);
        if (tried instanceof Uint8Array) return tried;
        complaint = tried;
      }
    const given = keys.length === 1 ? "the key that was given does not fit" : `none of the ${keys.length} keys fits`;
    const said = complaint ? ` (cryptsetup: ${complaint})` : "";
    const problem = [`${given}${said}`, ...(volume.hint ? [volume.hint] : [])].join("; ");
    throw new LifeboatError("UNLOCK_FAILED", { volume: volume.name, problem });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copyHeader({ size, header }: LockedVolume, path: string): Promise<void> {
  await using file = await open(path, "wx", 0o600).catch(noRoom);
  await file.truncate(size).catch(noRoom);
  for await (const { at, bytes } of header()) await file.write(bytes, 0, bytes.length, at).catch(noRoom);
}

function noRoom(cause: Error): never {
  throw new LifeboatError("SCRATCH_FAILED", { folder: MEMORY, reason: errnoReason(cause) }, { cause });
}

/** cryptsetup(8), "RETURN CODES": no permission (bad passphrase). */
const WRONG_KEY = 2;
/** Wrong parameters: an empty or malformed key. */
const BAD_KEY = 1;

/** @returns the volume key, or what cryptsetup has against this one, empty when it is just a wrong one */
async function tryKey(dump: string, file: string, key: Uint8Array): Promise<Uint8Array | string> {
  const args = ["--batch-mode", "--disable-locks", dump, "--dump-volume-key", "--key-file=-", file];
  const { status, stdout, stderr } = await runSecretTool("cryptsetup", args, PURPOSE, key);
  try {
    if (status === 0) return parseVolumeKey(stdout);
    if (status === WRONG_KEY) return "";
    const output = stderr.replaceAll(file, "the header").replaceAll("\n", " ");
    if (status === BAD_KEY) return output;
    throw new LifeboatError("TOOL_FAILED", { tool: `cryptsetup ${dump}`, status, output });
  } finally {
    stdout.fill(0);
  }
}

const MARK = Buffer.from("MK dump:");
const BITS = /^MK bits:\s+(\d+)$/m;

/**
 * Reads the key from what `--dump-volume-key` prints: "MK bits:" with its length, then last "MK dump:" with pairs of
 * hex digits (cryptsetup 2.6 and 2.7, src/cryptsetup.c, luksDump_with_volume_key). The digits never become a string,
 * which could not be overwritten.
 * @throws TOOL_FAILED when it looks otherwise
 */
export function parseVolumeKey(dump: Buffer): Uint8Array {
  const mark = dump.indexOf(MARK);
  const bits = BITS.exec(dump.subarray(0, Math.max(0, mark)).toString())?.[1];
  const key = new Uint8Array(Number(bits ?? 0) / 8);
  const digits: number[] = [];
  for (const byte of mark < 0 ? [] : dump.subarray(mark + MARK.length)) {
    const digit = hexDigit(byte);
    if (digit >= 0) digits.push(digit);
    else if (!" \t\n".includes(String.fromCharCode(byte))) break;
  }
  const complete = key.length > 0 && digits.length === key.length * 2;
  for (let i = 0; complete && i < key.length; i++)
    key[i] = ((digits[i * 2] as number) << 4) | (digits[i * 2 + 1] as number);
  digits.fill(0);
  if (complete) return key;
  const output = "its dump of the volume key has a form that is not known";
  throw new LifeboatError("TOOL_FAILED", { tool: "cryptsetup", status: 0, output });
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : -1;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** A text editor ends a line that the pass phrase does not have; a key file is taken with all of its bytes. */
export function withoutLineEnd(key: Uint8Array): Uint8Array[] {
  const [last, before] = [key.at(-1), key.at(-2)];
  const length = last === NEWLINE ? (before === RETURN ? 2 : 1) : 0;
  return length > 0 && key.length > length ? [key.subarray(0, -length), key] : [key];
}
