import { LifeboatError } from "#base/errors.ts";
import { type BootNote, problemOf } from "#imaging/boot/boot-note.ts";
import { type Esp, espFolder } from "#imaging/boot/efi/esp.ts";
import { type EspFile, espChanges } from "#imaging/boot/efi/esp-files.ts";
import { fallbackName, isAt } from "#imaging/boot/efi/linux-loader.ts";
import { type EfiArchitecture, readPe } from "#imaging/boot/efi/pe-file.ts";
import type { EspPlan } from "#imaging/boot/efi/plan-linux-esp.ts";
import { blsEntries, correctedEntry } from "#imaging/boot/grub/bls-entries.ts";
import { knownIds } from "#imaging/boot/grub/plan-menu.ts";
import { rootOptions } from "#imaging/boot/grub/root-options.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { say } from "#imaging/words/say.ts";

interface Asked {
  readonly system: InstalledSystem;
  readonly tree: SystemTree;
  readonly esp: Esp;
  readonly architecture: EfiArchitecture;
  readonly takesFallback: boolean;
}

const GRUB_MENUS = ["/boot/grub/grub.cfg", "/boot/grub2/grub.cfg"];
const SOURCE = (architecture: EfiArchitecture) => `/usr/lib/systemd/boot/efi/systemd-boot${architecture}.efi`;

/** Whether a system is started by systemd-boot: its signs are on the partition, or it has that loader and no GRUB. */
export async function usesSystemdBoot({ tree, esp }: Pick<Asked, "tree" | "esp">): Promise<boolean> {
  for (const menu of GRUB_MENUS) if ((await tree.kind(menu)) === "file") return false;
  if (esp.loaders.some(({ kind }) => kind === "systemd-boot" || kind === "unified kernel")) return true;
  if ((await esp.tree.list("/loader")).some((name) => name === "entries" || name === "loader.conf")) return true;
  const hasGrub = (await tree.list("/usr/lib/grub")).length + (await tree.list("/usr/lib/grub2")).length > 0;
  return !hasGrub && (await tree.list("/usr/lib/systemd/boot/efi")).length > 0;
}

/** systemd-boot from the system's own files, at its own place and at the fallback place (bootctl(1), "install"). */
export async function planSystemdBoot(asked: Asked): Promise<EspPlan & { readonly problems: readonly BootNote[] }> {
  const { system, tree, esp, architecture, takesFallback } = asked;
  const first = `/EFI/systemd/systemd-boot${architecture}.efi`;
  const source = await loaderFile(tree, architecture);
  const isWhole = (path: string) => esp.loaders.some((one) => isAt(one, path) && one.architecture === architecture);
  const places = [first, ...(takesFallback ? [fallbackName(architecture)] : [])].filter((path) => !isWhole(path));
  if (!source && places.length > 0)
    throw new LifeboatError("BOOT_LOADER_MISSING", {
      ...{ system: system.name, what: "systemd-boot", looked: SOURCE(architecture) },
    });
  const files = places.map(
    (path): EspFile => ({
      ...{ path, content: source ?? "" },
      ...say("boot.systemd-boot", { name: system.name, path: path.slice(1) }),
    }),
  );
  const folder = espFolder(system, esp);
  const entries = await entryChanges(asked);
  const changes = [
    ...(await espChanges(esp, files, folder ?? "")),
    ...entries.changes.map((one) => inFolder(one, folder)),
  ];
  return {
    changes: folder === undefined ? [] : changes,
    onPartition: folder === undefined ? changes : [],
    loaders: [{ partition: esp.volume.partition, path: first, label: "Linux Boot Manager" }],
    notes: [],
    problems: entries.problems,
  };
}

const inFolder = (change: Extract<SystemChange, { op: "write" }>, folder = ""): SystemChange => ({
  ...change,
  path: `${folder}${change.path}`,
});

async function loaderFile(tree: SystemTree, architecture: EfiArchitecture): Promise<Uint8Array | undefined> {
  for (const path of [`${SOURCE(architecture)}.signed`, SOURCE(architecture)]) {
    const bytes = await tree.read(path);
    if (bytes && readPe(bytes)?.architecture === architecture) return bytes;
  }
  return undefined;
}

async function entryChanges({ system, tree, esp }: Asked) {
  const root = rootOptions(system)?.replace(/^root=(\S+).*$/, "$1");
  const known = knownIds(system);
  const changes: Extract<SystemChange, { op: "write" }>[] = [];
  const entries = await blsEntries(esp.tree, "/loader/entries");
  let startable = esp.loaders.filter(({ kind }) => kind === "unified kernel").length;
  for (const entry of entries) {
    if (entry.linux !== undefined && (await esp.tree.kind(entry.linux)) === "file") startable++;
    const content = root === undefined ? undefined : correctedEntry(entry, root, known);
    const why = say("boot.entry", { path: entry.path });
    if (content !== undefined) changes.push({ op: "write", path: entry.path, content, ...why });
  }
  // Those of an extended boot loader partition, which the system mounts at /boot.
  startable += (await blsEntries(tree, "/boot/loader/entries")).length;
  const missing = new LifeboatError("BOOT_KERNEL_MISSING", {
    system: system.name,
    folder: "loader/entries or EFI/Linux",
  });
  return { changes, problems: startable === 0 ? [problemOf(missing)] : [] };
}
