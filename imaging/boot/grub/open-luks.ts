import type { SystemTree } from "#imaging/installed/system-tree.ts";
import type { LuksSlot } from "#imaging/volume/luks/header.ts";

/** What of GRUB a system has, as far as it says whether GRUB opens LUKS2 with Argon2. */
export interface GrubSkill {
  /** "2.06", of its modules. */
  readonly version: string | undefined;
  readonly argon2: boolean;
}

/** As GrubModules' folders. */
const FOLDERS = ["/usr/lib/grub", "/usr/lib/grub2", "/usr/share/grub2", "/boot/grub", "/boot/grub2"];
const PLATFORMS = ["i386-pc", "x86_64-efi", "arm64-efi", "i386-efi"];
const MOST_PROGRAMS = 20;
/**
 * What its module argon2 exports (GRUB 2.14, grub-core/lib/argon2). The name of the method alone is also in the luks2 module of
 * those that only say that they do not know it.
 */
const EXPORT = "grub_crypto_argon2";

/** @param programs of EFI system partitions, which hold the modules that they need in themselves */
export async function grubSkill(tree: SystemTree, programs: readonly Uint8Array[] = []): Promise<GrubSkill> {
  let version: string | undefined;
  let argon2 = programs.some((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(EXPORT));
  for (const parent of FOLDERS)
    for (const platform of PLATFORMS) {
      const folder = `${parent}/${platform}`;
      argon2 ||= (await tree.kind(`${folder}/argon2.mod`)) === "file";
      version ??= /^grub_version="([\w.~+-]{1,32})"/m.exec((await tree.text(`${folder}/modinfo.sh`)) ?? "")?.[1];
    }
  for (const name of (await tree.list("/usr/lib/grub/x86_64-efi-signed")).slice(0, MOST_PROGRAMS))
    argon2 ||= (await tree.read(`/usr/lib/grub/x86_64-efi-signed/${name}`))?.includes(EXPORT) === true;
  return { version, argon2 };
}

/** Whether GRUB opens a LUKS by itself, which it must where its own folder lies in it. */
export interface GrubLock {
  readonly code: "GRUB_NO_ARGON2" | "GRUB_ARGON2_MEMORY" | "GRUB_SOME_SLOTS";
  readonly severity: "blocks" | "unknown" | "info";
  readonly text: string;
  readonly next?: string;
}

/** cryptsetup's own choice on a machine with memory. GRUB wants it in one piece, below 4 GiB. */
const MUCH = 1 << 20;
const NEXT =
  "Convert the key slot whose pass phrase GRUB shall take (`cryptsetup luksConvertKey --pbkdf pbkdf2 --key-slot N DEVICE`), or put /boot on a partition of its own that is not encrypted.";

/**
 * @param slots key slots in use
 * @returns undefined when nothing is to be said
 */
export function grubLock(
  partition: number,
  slots: readonly LuksSlot[],
  { version, argon2 }: GrubSkill,
): GrubLock | undefined {
  const easy = slots.filter(({ kdf }) => kdf === "pbkdf2");
  const hard = slots.filter(({ kdf }) => kdf.startsWith("argon2"));
  if (hard.length === 0) return undefined;
  const grub = version === undefined ? "GRUB" : `GRUB ${version}`;
  if (easy.length > 0 && !argon2)
    return {
      ...{ code: "GRUB_SOME_SLOTS", severity: "info" },
      text: `${grub} opens the LUKS of partition ${partition} with the pass phrase of ${named(easy)} alone: the others are derived by Argon2, which it does not know`,
    };
  if (!argon2)
    return {
      ...{ code: "GRUB_NO_ARGON2", severity: "blocks", next: NEXT },
      text: `It will not boot, because ${grub} cannot open the LUKS of partition ${partition}, in which its own files lie: all keys are derived by Argon2, which GRUB knows from 2.14 on. It says "Invalid passphrase" to the right one`,
    };
  const much = hard.filter(({ memoryKiB = 0 }) => memoryKiB >= MUCH);
  if (much.length < hard.length || easy.length > 0) return undefined;
  return {
    ...{ code: "GRUB_ARGON2_MEMORY", severity: "unknown", next: NEXT },
    text: `${grub} has to open the LUKS of partition ${partition}, whose keys are derived by Argon2 in 1 GiB of memory or more: many machines have no such piece free for it, and it says "Invalid passphrase" then`,
  };
}

const named = (slots: readonly LuksSlot[]): string =>
  `${slots.length === 1 ? "key slot" : "key slots"} ${slots.map(({ number }) => number).join(", ")}`;
