import type { Said } from "#base/sentence.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import type { LuksSlot } from "#imaging/volume/luks/header.ts";
import { asNext, say } from "#imaging/words/say.ts";

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
  readonly said?: Said | undefined;
  readonly next?: string;
  readonly nextSaid?: Said;
}

/** cryptsetup's own choice on a machine with memory. GRUB wants it in one piece, below 4 GiB. */
const MUCH = 1 << 20;
const NEXT = asNext(say("next.convert-slot"));

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
      ...say("verdict.grub-some-slots", { grub, number: partition, ...numbered(easy) }),
    };
  if (!argon2)
    return {
      ...{ code: "GRUB_NO_ARGON2", severity: "blocks", ...NEXT },
      ...say("verdict.grub-no-argon2", { grub, number: partition }),
    };
  const much = hard.filter(({ memoryKiB = 0 }) => memoryKiB >= MUCH);
  if (much.length < hard.length || easy.length > 0) return undefined;
  return {
    ...{ code: "GRUB_ARGON2_MEMORY", severity: "unknown", ...NEXT },
    ...say("verdict.grub-argon2-memory", { grub, number: partition }),
  };
}

const numbered = (slots: readonly LuksSlot[]) => ({
  slots: slots.map(({ number }) => number).join(", "),
  count: slots.length,
});
