import { mkdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { type ChosenImage, chooseImage } from "./choose-image.ts";
import { type EditedRegistry, editRegistry } from "./image/edit-registry.ts";
import { findMediaFiles, type MediaFiles } from "./media/media-files.ts";
import { folderSource, type MediaSource, wimSource } from "./media/media-source.ts";
import { openWindowsIso } from "./media/windows-iso.ts";
import { checkLibraries, type LibraryCheck, missingText } from "./needs/check-libraries.ts";
import { openWim, verifyWim, type Wim } from "./wim/open-wim.ts";
import type { WimContent } from "./wim/wim-content.ts";
import type { WinpeOptions } from "./winpe-options.ts";

/** All that is known of what the user gave, before anything is made of it. */
export interface Inspection {
  readonly wim: Wim;
  readonly chosen: ChosenImage;
  readonly libraries: LibraryCheck;
  readonly edited: EditedRegistry;
  readonly media: MediaFiles;
}

const SYSTEM_FOLDER = "/Windows/System32";
const SIDE_BY_SIDE = "/Windows/WinSxS";
/** What node.exe was seen to load in Wine when it needs random numbers: without them it opens no job and no connection. */
const LOADED_LATER = ["rsaenh.dll", "bcryptprimitives.dll"];

/**
 * Looks at the WIM, the medium's files and the drivers, and refuses what cannot become a medium. Reads only; what it extracts is in
 * `scratch`. @param nodeExe the program that has to run there
 * @throws OPEN_FAILED, WIM_INVALID, WIM_DAMAGED, WIM_NO_IMAGE, WINPE_NO_PE, WINPE_WRONG_MACHINE, WINPE_LIBRARY_MISSING,
 * WINDOWS_ISO_INVALID; as editRegistry
 */
export async function inspect(options: WinpeOptions, nodeExe: Uint8Array, scratch: string): Promise<Inspection> {
  const iso = options.windowsIso === undefined ? undefined : await openWindowsIso(options.windowsIso, scratch);
  const path = options.wim ?? iso?.wim;
  if (path === undefined) throw new LifeboatError("USAGE", { problem: "give --wim, or --windows-iso that has one" });
  const wim = await openWim(path, scratch);
  options.log(`checking ${path}`);
  await verifyWim(path);
  const chosen = await chooseImage(wim, options.index);
  const { content } = chosen;
  const edited = await editRegistry(content, join(scratch, "system"), options);
  checkMachine(path, chosen, edited);
  const folder = await libraryFolder(content, join(scratch, "libraries"));
  const libraries = await checkLibraries("node.exe", nodeExe, folder, LOADED_LATER);
  if (libraries.missing.length > 0)
    throw new LifeboatError("WINPE_LIBRARY_MISSING", { file: path, libraries: missingText(libraries.missing) });
  const sources: MediaSource[] = options.media === undefined ? [] : [await folderSource(options.media)];
  if (iso) sources.push(iso.media);
  sources.push(wimSource(content, join(scratch, "media")));
  return { wim, chosen, libraries, edited, media: await findMediaFiles(sources) };
}

/** What its kernel is for; a description can be wrong, and counts where there is no kernel. */
function checkMachine(file: string, { image }: ChosenImage, { windows }: EditedRegistry): void {
  const others = [windows.architecture, image.architecture].filter((one) => one !== undefined && one !== "amd64");
  if (others[0] !== undefined) throw new LifeboatError("WINPE_WRONG_MACHINE", { file, architecture: others[0] });
}

async function libraryFolder(content: WimContent, scratch: string) {
  await mkdir(scratch, { recursive: true });
  // Some libraries are there only by their versions, side by side; the loader finds them by manifests.
  const versions = new Map(content.below(SIDE_BY_SIDE).map((path) => [basename(path).toLowerCase(), path]));
  const pathOf = (name: string) => content.find(`${SYSTEM_FOLDER}/${name}`) ?? versions.get(name.toLowerCase());
  return {
    has: (name: string) => pathOf(name) !== undefined,
    async read(names: readonly string[]) {
      const paths = names.map((name) => [name, pathOf(name)] as const).filter(([, path]) => path !== undefined);
      await content.extract(
        paths.map(([, path]) => path as string),
        scratch,
      );
      const contents = paths.map(
        async ([name, path]) => [name, await readFile(join(scratch, path as string))] as const,
      );
      return new Map(await Promise.all(contents));
    },
  };
}
