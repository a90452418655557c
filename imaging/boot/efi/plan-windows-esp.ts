import { LifeboatError } from "#base/errors.ts";
import type { BootNote } from "#imaging/boot/boot-note.ts";
import type { Esp, EspLoader } from "#imaging/boot/efi/esp.ts";
import { type EspFile, espChanges } from "#imaging/boot/efi/esp-files.ts";
import { fallbackName, isAt } from "#imaging/boot/efi/linux-loader.ts";
import { type EfiArchitecture, readPe } from "#imaging/boot/efi/pe-file.ts";
import type { FirmwareLoader } from "#imaging/boot/efi/plan-linux-esp.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { partWords } from "#imaging/words/part-words.ts";
import { say } from "#imaging/words/say.ts";

const MANAGER = "/EFI/Microsoft/Boot/bootmgfw.efi";
const SOURCE = "/Windows/Boot/EFI/bootmgfw.efi";
/** What bcdboot copies: from where in Windows to where on the partition. */
const FOLDERS: readonly (readonly [from: string, to: string])[] = [
  ["/Windows/Boot/EFI", "/EFI/Microsoft/Boot"],
  ["/Windows/Boot/Fonts", "/EFI/Microsoft/Boot/Fonts"],
  ["/Windows/Boot/Resources", "/EFI/Microsoft/Boot/Resources"],
];
const MOST_FILES = 2000;

export interface WindowsEspPlan {
  /** Of the partition, by paths on it. */
  readonly files: readonly SystemChange[];
  readonly loaders: readonly FirmwareLoader[];
  readonly notes: readonly BootNote[];
}

export interface WindowsEspAsked {
  readonly system: InstalledSystem;
  readonly tree: SystemTree;
  readonly esp: Esp;
  /** Of the machine that the disk will be in; undefined: that of this Windows. */
  readonly architecture: EfiArchitecture | undefined;
  /** No other system of the disk has the place that firmware looks at by itself. */
  readonly takesFallback: boolean;
}

/** Windows' boot manager on an EFI system partition, from Windows' own folder where it is lost. @throws BOOT_LOADER_MISSING, BOOT_ESP_FULL */
export async function planWindowsEsp({
  system,
  tree,
  esp,
  takesFallback,
  ...asked
}: WindowsEspAsked): Promise<WindowsEspPlan> {
  const source = await tree.read(SOURCE);
  const there = esp.loaders.find((one) => isAt(one, MANAGER));
  const architecture = asked.architecture ?? (source && readPe(source)?.architecture) ?? there?.architecture ?? "x64";
  const isWhole = there?.architecture === architecture;
  const manager = isWhole ? await esp.tree.read(MANAGER) : source;
  if (!manager || readPe(manager)?.architecture !== architecture)
    throw new LifeboatError("BOOT_LOADER_MISSING", {
      ...{ system: system.name, what: partWords["part.windows-manager"], looked: `${MANAGER} and ${SOURCE}` },
    });
  const path = fallbackName(architecture);
  const fallback = esp.loaders.find((one) => isAt(one, path) && one.architecture === architecture);
  const why = say("boot.windows-loader", { path: path.slice(1) });
  const files = [
    ...(isWhole ? [] : await managerFiles(tree, esp)),
    ...(takesFallback && !fallback ? [{ path, content: manager, ...why }] : []),
  ];
  return {
    files: await espChanges(esp, files, ""),
    loaders: [{ partition: esp.volume.partition, path: MANAGER, label: "Windows Boot Manager" }],
    notes: takesFallback && fallback && !(await isWindows(esp, fallback, manager)) ? [otherFallback(path)] : [],
  };
}

const isWindows = async ({ tree }: Esp, { kind, path }: EspLoader, manager: Uint8Array): Promise<boolean> =>
  kind === "windows" || Buffer.compare((await tree.read(path)) ?? Buffer.alloc(0), manager) === 0;

const otherFallback = (path: string): BootNote => ({
  code: "BOOT_FALLBACK_OTHER",
  ...say("boot.fallback-not-windows", { path: path.slice(1) }),
});

async function managerFiles(tree: SystemTree, esp: Esp): Promise<EspFile[]> {
  const files: EspFile[] = [];
  for (const [from, to] of FOLDERS)
    for (const name of await filesBelow(tree, from)) {
      const content = await tree.read(`${from}/${name}`);
      const path = `${to}/${name}`;
      // What is there already is Windows' own, and may be newer than its copy.
      if (!content || (!isManager({ path }) && (await esp.tree.kind(path)) === "file")) continue;
      files.push({ path, content, ...say("boot.windows-file", { file: name }) });
    }
  // Firmware starts this one: it goes last.
  return [...files.filter((file) => !isManager(file)), ...files.filter(isManager)];
}

const isManager = ({ path }: Pick<EspFile, "path">): boolean => path.toLowerCase() === MANAGER.toLowerCase();

async function filesBelow(tree: SystemTree, folder: string, depth = 3): Promise<string[]> {
  const files: string[] = [];
  for (const name of await tree.list(folder)) {
    const kind = await tree.kind(`${folder}/${name}`);
    if (kind === "file") files.push(name);
    if (kind === "folder" && depth > 1)
      files.push(...(await filesBelow(tree, `${folder}/${name}`, depth - 1)).map((one) => `${name}/${one}`));
    if (files.length > MOST_FILES) break;
  }
  return files;
}
