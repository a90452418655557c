import { LifeboatError } from "#base/errors.ts";
import type { Sentence } from "#base/sentence.ts";
import { type BootNote, problemOf } from "#imaging/boot/boot-note.ts";
import { type BlsEntry, blsEntries, correctedEntry } from "#imaging/boot/grub/bls-entries.ts";
import { correctMenu } from "#imaging/boot/grub/correct-menu.ts";
import { findVolume, grubWord } from "#imaging/boot/grub/early-config.ts";
import { type GrubPlace, mountOf, pathOnVolume } from "#imaging/boot/grub/grub-place.ts";
import { kernelsOf } from "#imaging/boot/grub/kernels.ts";
import { type MenuParts, makeMenu } from "#imaging/boot/grub/make-menu.ts";
import { isMenu, isScript, readMenu } from "#imaging/boot/grub/read-menu.ts";
import { grubDefaults, rootOptions } from "#imaging/boot/grub/root-options.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { say } from "#imaging/words/say.ts";

export interface MenuAsked {
  readonly system: InstalledSystem;
  readonly tree: SystemTree;
  readonly place: GrubPlace;
  readonly others: MenuParts["others"];
  readonly windows: MenuParts["windows"];
  /** Whether the modules that GRUB will have can read entries of the Boot Loader Specification. */
  readonly hasBls: boolean;
}

export interface MenuPlan {
  readonly changes: readonly SystemChange[];
  readonly notes: readonly BootNote[];
  readonly problems: readonly BootNote[];
}

/**
 * GRUB's menu of a system: left alone while it starts a kernel that is there; its UUIDs corrected where they are on no volume of the
 * disk; made anew when it is missing, empty, or starts nothing. Without a kernel there is nothing to make an entry of.
 */
export async function planMenu(asked: MenuAsked): Promise<MenuPlan> {
  const { system, tree, place } = asked;
  const kernels = await kernelsOf(tree);
  const root = rootOptions(system);
  const entries = await blsEntries(tree, "/boot/loader/entries");
  if (kernels.length === 0 && entries.length === 0) {
    const missing = new LifeboatError("BOOT_KERNEL_MISSING", { system: system.name, folder: "/boot" });
    return { changes: [], notes: [], problems: [problemOf(missing)] };
  }
  const known = knownIds(system);
  const bls = await planBls(asked, entries, root, known);
  const path = `${place.folder}/grub.cfg`;
  const text = (await tree.text(path)) ?? "";
  const menu = (why: Sentence): MenuPlan => ({
    ...bls,
    changes: [...bls.changes, { op: "write", path, content: newMenu(), ...why, mode: 0o600 }],
  });
  const defaults = await grubDefaults(tree);
  const newMenu = () =>
    entries.length > 0 && asked.hasBls
      ? blsMenu(place, defaults)
      : makeMenu({ ...asked, kernels, root: root ?? "", defaults });
  if (root === undefined) return bls;
  if (!isMenu(text) && isScript(text)) return bls;
  if (text.trim() === "" || !isMenu(text))
    return menu(say(text.trim() === "" ? "boot.menu-missing" : "boot.menu-empty"));
  // Its entries are the files that were looked at, or another menu's.
  if (/^\s*blscfg\b/m.test(text) || readMenu(text).length === 0) return bls;
  const facts = { known, bootUuid: place.uuid, root: root.replace(/^root=(\S+).*$/, "$1") };
  const found = correctMenu(text, { ...facts, hasFile: await fileTest(asked, text) });
  if (!found.starts) return menu(say("boot.menu-dead"));
  const lost = found.lost.map(
    (one): BootNote => ({ code: "BOOT_ENTRY_LOST", ...say("boot.menu-lost", { path: one }) }),
  );
  if (found.text === text) return { ...bls, notes: [...bls.notes, ...lost] };
  const why = say("boot.menu-names", { list: found.unknown });
  return {
    ...bls,
    notes: [...bls.notes, ...lost],
    changes: [...bls.changes, { op: "write", path, content: found.text, ...why }],
  };
}

/** Of file systems and partitions, in lower case. */
export const knownIds = ({ volumes }: Pick<InstalledSystem, "volumes">): Set<string> =>
  new Set(volumes.flatMap((one) => [one.uuid, one.partitionUuid]).flatMap((id) => (id ? [id.toLowerCase()] : [])));

/** Which of the kernels that a menu names are there: their paths are those on their volume. */
async function fileTest({ system, tree }: MenuAsked, text: string): Promise<(path: string) => boolean> {
  const there = new Set<string>();
  const mount = mountOf(system, "/boot/vmlinuz");
  const top = mount ? pathOnVolume({ ...mount, folder: "/" }, "") : "";
  for (const { linux } of readMenu(text)) {
    // What a variable of its script will be is not known here: it is not taken for lost.
    if (linux.includes("$")) there.add(linux);
    const inside = top !== "/" && top !== "" && linux.startsWith(`${top}/`) ? linux.slice(top.length) : linux;
    const folder = mount && mount.folder !== "/" ? mount.folder : "";
    if ((await tree.kind(`${folder}${inside}`)) === "file") there.add(linux);
  }
  return (path) => there.has(path);
}

async function planBls(
  { system, tree }: MenuAsked,
  entries: readonly BlsEntry[],
  root: string | undefined,
  known: ReadonlySet<string>,
): Promise<MenuPlan> {
  const changes: SystemChange[] = [];
  const notes: BootNote[] = [];
  let startable = 0;
  for (const entry of entries) {
    const device = root?.replace(/^root=(\S+).*$/, "$1");
    const content = device === undefined ? undefined : correctedEntry(entry, device, known);
    if (content !== undefined)
      changes.push({
        op: "write",
        path: entry.path,
        content,
        ...say("boot.entry", { path: entry.path }),
      });
    const lost = await lostFiles(system, tree, entry);
    if (lost.length === 0) startable++;
    else
      notes.push({
        code: "BOOT_ENTRY_LOST",
        ...say("boot.entry-lost", { path: entry.path, list: lost }),
      });
  }
  const missing = new LifeboatError("BOOT_KERNEL_MISSING", { system: system.name, folder: "/boot" });
  return { changes, notes, problems: entries.length > 0 && startable === 0 ? [problemOf(missing)] : [] };
}

/** Paths of an entry are those on the volume that the entry lies on. */
async function lostFiles(
  system: InstalledSystem,
  tree: SystemTree,
  { path, linux, initrds }: BlsEntry,
): Promise<string[]> {
  const folder = mountOf(system, path)?.folder ?? "/";
  const lost: string[] = [];
  for (const file of [...(linux === undefined ? [] : [linux]), ...initrds]) {
    const places = [folder === "/" ? file : `${folder}${file}`, file, `/boot${file}`];
    const kinds = await Promise.all(places.map((one) => tree.kind(one)));
    if (!kinds.includes("file")) lost.push(file);
  }
  return lost;
}

/** Fedora's GRUB, and upstream's since 2.14, make the menu of the entries' files. */
function blsMenu(place: GrubPlace, defaults: Readonly<Record<string, string>>): string {
  const options = defaults["GRUB_CMDLINE_LINUX"];
  return [
    "# Made by Lifeboat's boot repair. The system's own grub2-mkconfig writes it anew.",
    "set timeout=5",
    "if [ -s $prefix/grubenv ]; then load_env; fi",
    ...(options === undefined ? [] : [`if [ -z "$kernelopts" ]; then set kernelopts=${grubWord(options)}; fi`]),
    "insmod part_gpt",
    "insmod part_msdos",
    ...findVolume(place),
    "set boot=$root",
    "insmod blscfg",
    "blscfg",
    "",
  ].join("\n");
}
