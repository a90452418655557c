import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { runTool } from "../../tool.ts";
import { folderSource, type MediaSource } from "./media-source.ts";

const PURPOSE = "read a Windows ISO";
const ENVIRONMENT = { LC_ALL: "C.UTF-8" };
const BOOT_WIM = "sources/boot.wim";
/** What a medium starts with. Never install.wim, which is all the rest. */
const WANTED = /^(?:bootmgr|bootmgr\.efi|(?:boot|efi)\/.+|sources\/boot\.wim)$/i;
/** BCD stores of the medium name its own Windows; ours are made anew. */
const UNWANTED = /(?:^|\/)bcd(?:\.log\d?)?$/i;

export interface WindowsIso {
  readonly media: MediaSource;
  /** sources/boot.wim, as a file in the scratch folder. */
  readonly wim: string;
}

/**
 * What a Windows ISO starts with, extracted. They are UDF, which neither xorriso nor a container's kernel reads: 7-Zip does.
 * @throws OPEN_FAILED, WINDOWS_ISO_INVALID, TOOL_MISSING, TOOL_FAILED
 */
export async function openWindowsIso(iso: string, scratch: string): Promise<WindowsIso> {
  await stat(iso).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === "ENOENT" ? "there is no such file" : cause.message;
    throw new LifeboatError("OPEN_FAILED", { path: iso, reason }, { cause });
  });
  const paths = await listIso(iso);
  const wanted = paths.filter((path) => WANTED.test(path) && !UNWANTED.test(path));
  const wim = wanted.find((path) => path.toLowerCase() === BOOT_WIM);
  if (wim === undefined)
    throw new LifeboatError("WINDOWS_ISO_INVALID", { file: iso, problem: `it has no ${BOOT_WIM}` });
  const list = join(scratch, "iso-list");
  await writeFile(list, wanted.map((path) => `${path}\n`).join(""));
  const folder = join(scratch, "iso");
  await runTool("7zz", ["x", "-y", "-bd", "-bso0", "-spd", "-scsUTF-8", `-o${folder}`, iso, `-i@${list}`], {
    purpose: PURPOSE,
    env: ENVIRONMENT,
  });
  return { media: await folderSource(folder, iso), wim: join(folder, wim) };
}

async function listIso(iso: string): Promise<string[]> {
  try {
    const text = await runTool("7zz", ["l", "-slt", "-ba", iso], { purpose: PURPOSE, env: ENVIRONMENT });
    return [...text.matchAll(/^Path = (.*)$/gm)].map(([, path]) => path as string);
  } catch (cause) {
    if (!isLifeboatError(cause, "TOOL_FAILED")) throw cause;
    throw new LifeboatError(
      "WINDOWS_ISO_INVALID",
      { file: iso, problem: "it is no disc image that can be read" },
      { cause },
    );
  }
}
