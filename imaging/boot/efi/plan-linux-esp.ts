import type { BootNote } from "#imaging/boot/boot-note.ts";
import { type Esp, espFolder } from "#imaging/boot/efi/esp.ts";
import { type EspFile, espChanges } from "#imaging/boot/efi/esp-files.ts";
import { isAt, type LinuxLoader, type LoaderAsked, linuxLoader } from "#imaging/boot/efi/linux-loader.ts";
import { planFallback } from "#imaging/boot/efi/plan-fallback.ts";
import type { GrubPlace } from "#imaging/boot/grub/grub-place.ts";
import { planModules } from "#imaging/boot/grub/plan-modules.ts";
import { isMenu } from "#imaging/boot/grub/read-menu.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import { asNext, say } from "#imaging/words/say.ts";

/** A program that firmware shall have an entry for. */
export interface FirmwareLoader {
  /** Number of the EFI system partition. */
  readonly partition: number;
  /** "/EFI/debian/shimx64.efi" */
  readonly path: string;
  /** What a person reads in the firmware's menu. */
  readonly label: string;
}

export interface EspPlan {
  /** Of the system itself, by its own paths. */
  readonly changes: readonly SystemChange[];
  /** Of the partition, by paths on it, where the system does not mount it. */
  readonly onPartition: readonly SystemChange[];
  readonly loaders: readonly FirmwareLoader[];
  readonly notes: readonly BootNote[];
}

/** @param asked with the fallback place: whether this system may have it @throws BOOT_LOADER_MISSING, BOOT_ESP_FULL */
export async function planLinuxEsp(asked: LoaderAsked & { readonly takesFallback: boolean }): Promise<EspPlan> {
  const { system, tree, esp, place, architecture, takesFallback } = asked;
  const loader = await linuxLoader(asked);
  const own = await ownFiles(esp, loader, asked);
  const fallback = takesFallback ? await planFallback(esp, loader, { architecture, place }) : NO_FALLBACK;
  const folder = espFolder(system, esp);
  const files = [...own, ...(await withoutRightLines(esp, fallback.files, place))];
  const changes = await espChanges(esp, unique(files), folder ?? "");
  const modules = loader.modules && changes.length > 0 ? await planModules(loader.modules, tree, place.folder) : [];
  const isNew = changes.length > 0 && !loader.isSigned;
  return {
    changes: [...modules, ...(folder === undefined ? [] : changes)],
    onPartition: folder === undefined ? changes : [],
    loaders: [{ partition: esp.volume.partition, path: loader.first, label: loader.home }],
    notes: [...fallback.notes, ...(isNew ? [unsigned(system.name)] : [])],
  };
}

const NO_FALLBACK = { files: [], notes: [] };

const unsigned = (name: string): BootNote => ({
  code: "BOOT_UNSIGNED",
  ...say("boot.unsigned", { name }),
  ...asNext(say("boot.next-unsigned")),
});

const unique = (files: readonly EspFile[]): EspFile[] => [...new Map(files.map((file) => [file.path, file])).values()];

/** A folder that is whole stays as it is, whatever version it has; its line to the menu has to be right. */
async function ownFiles(
  esp: Esp,
  loader: LinuxLoader,
  { place, architecture }: Pick<LoaderAsked, "place" | "architecture">,
): Promise<EspFile[]> {
  const files: EspFile[] = [];
  for (const file of loader.files) {
    const isThere = esp.loaders.some((one) => isAt(one, file.path) && one.architecture === architecture);
    const isProgram = /\.efi$/i.test(file.path);
    const text = isProgram ? undefined : await esp.tree.text(file.path);
    if (isProgram ? !isThere || !loader.isSigned : text === undefined) files.push(file);
    else if (text !== undefined && file.path.endsWith("/grub.cfg") && !leadsTo(text, place)) files.push(file);
  }
  // A line for shim's fallback program alone is not worth a change of a disk that starts.
  return files.every(({ path }) => path.endsWith(".CSV")) ? [] : files;
}

/** A line to the menu that is right in other words stays. */
async function withoutRightLines(esp: Esp, files: readonly EspFile[], place: GrubPlace): Promise<EspFile[]> {
  const needed: EspFile[] = [];
  for (const file of files) {
    const text = file.path.endsWith(".cfg") ? await esp.tree.text(file.path) : undefined;
    if (text === undefined || !leadsTo(text, place)) needed.push(file);
  }
  return needed;
}

/** Older Fedoras have all of the menu there. */
const leadsTo = (text: string, { uuid, path }: GrubPlace): boolean =>
  isMenu(text) || (text.toLowerCase().includes(uuid.toLowerCase()) && text.includes(path));
