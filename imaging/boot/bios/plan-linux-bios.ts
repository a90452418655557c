import { LifeboatError } from "#base/errors.ts";
import { embedGrub } from "#imaging/boot/bios/embed-grub.ts";
import { type EmbedPlace, embedPlace } from "#imaging/boot/bios/embed-place.ts";
import { legacyCode } from "#imaging/boot/bios/legacy-code.ts";
import type { BootNote } from "#imaging/boot/boot-note.ts";
import type { BootRepairAsked, BootSystem } from "#imaging/boot/boot-repair.ts";
import type { DiskChange } from "#imaging/boot/disk-change.ts";
import { earlyConfig, neededModules } from "#imaging/boot/grub/early-config.ts";
import { findModules, type GrubModules } from "#imaging/boot/grub/grub-modules.ts";
import type { GrubPlace } from "#imaging/boot/grub/grub-place.ts";
import { planModules } from "#imaging/boot/grub/plan-modules.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import { partWords } from "#imaging/words/part-words.ts";
import { asNext, say } from "#imaging/words/say.ts";

export interface LinuxBiosPlan {
  readonly changes: readonly SystemChange[];
  readonly disk: readonly DiskChange[];
  readonly notes: readonly BootNote[];
  /** Sector 0 is, or will be, this system's. */
  readonly hasDisk: boolean;
}

const NOTHING: LinuxBiosPlan = { changes: [], disk: [], notes: [], hasDisk: false };
/** What a BIOS boot partition has to hold at the least: GRUB with LUKS, LVM and btrfs has about 110 KiB. */
export const LEAST_BIOS_BOOT = 256 * 1024;

/**
 * GRUB for legacy firmware: the modules beside its menu, the core image in its place, the code in sector 0.
 * @throws BOOT_NO_PLACE, BOOT_GAP_TOO_SMALL, BOOT_LOADER_MISSING, BOOT_SECTORS_UNFIT
 */
export async function planLinuxBios(
  asked: BootRepairAsked,
  { system, tree }: BootSystem,
  place: GrubPlace,
): Promise<LinuxBiosPlan> {
  const { device, table, firmware, renew = true, images, machine } = asked;
  if (firmware === undefined && device.sectorSize !== 512) return NOTHING;
  const embed = embedPlace(device, table);
  const code = await legacyCode(device, embed);
  if (!embed) {
    if (firmware === undefined) return NOTHING;
    throw new LifeboatError("BOOT_NO_PLACE", {
      disk: device.path,
      what: partWords["part.bios-boot"],
      need: LEAST_BIOS_BOOT,
    });
  }
  if (firmware === undefined && !(await startsByBios(asked, code, { tree, place }))) return NOTHING;
  if (code === "syslinux" && firmware === undefined) return { ...NOTHING, notes: [SYSLINUX] };
  if (code === "grub" && !renew) return { ...NOTHING, hasDisk: true };
  const modules = await findModules("i386-pc", { tree, machine, system: system.name });
  const names = ["biosdisk", ...neededModules(place)];
  const core = await images({ modules, tree, prefix: place.path, config: earlyConfig(place), names });
  const boot = await modules.tree.read(`${modules.folder}/boot.img`);
  const disk = await embedGrub(device, embed, { boot: boot ?? new Uint8Array(), core });
  // Core image and modules have to be of one version: where the core stays, so do they.
  const changes = await planModules(modules, tree, place.folder);
  return { changes, disk, notes: notesOf(disk, embed, modules), hasDisk: true };
}

const SYSLINUX: BootNote = {
  code: "BOOT_SYSLINUX",
  ...say("boot.syslinux"),
  ...asNext(say("boot.next-syslinux")),
};

/** A disk that nobody asked of is made for legacy firmware when it has a place for GRUB, and GRUB for it. */
async function startsByBios(
  { table }: BootRepairAsked,
  code: string,
  { tree, place }: { tree: BootSystem["tree"]; place: GrubPlace },
): Promise<boolean> {
  if (table.type === "gpt" || code === "grub" || code === "grub-lost" || code === "syslinux") return true;
  if ((await tree.kind(`${place.folder}/i386-pc`)) === "folder") return true;
  return !table.partitions.some(({ type }) => type === "0xef");
}

const notesOf = (disk: readonly DiskChange[], { where }: EmbedPlace, { of }: GrubModules): BootNote[] =>
  disk.length === 0
    ? []
    : [
        {
          code: "BOOT_GRUB_EMBEDDED",
          ...say("boot.grub-embedded", { where, isOwn: of === "system" }),
        },
      ];
