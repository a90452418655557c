import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ChosenImage } from "../choose-image.ts";
import { verifyWim, type Wim } from "../wim/open-wim.ts";
import { listWim } from "../wim/wim-content.ts";
import { readWim, wimTool } from "../wim/wim-tool.ts";
import { type Addition, stageAdditions } from "./additions.ts";

/**
 * A WIM of its own with one image, that it starts, of the chosen one and what is put into it. It is read back whole.
 * @returns its size in bytes. @throws WIM_DAMAGED, TOOL_FAILED
 */
export async function makeWim(
  wim: Wim,
  { image, content }: ChosenImage,
  additions: readonly Addition[],
  { out, scratch }: { readonly out: string; readonly scratch: string },
): Promise<number> {
  // What the loader of Windows cannot read (ESD) is compressed anew; all else is copied as it is.
  const compress = wim.canBoot ? [] : ["--compress=LZX"];
  const one = ["export", wim.path, String(image.index), out, "Lifeboat in Windows PE", "--boot", ...compress];
  await readWim(wim.path, one, "copy an image out of a WIM");
  const folder = join(scratch, "additions");
  const paths = await stageAdditions(additions, content, folder);
  await wimTool(["update", out, "1", "--command", `add "${folder}" / --no-acls`], "put files into a WIM");
  await rm(folder, { recursive: true });
  await verifyWim(out);
  const made = await listWim(out, 1);
  const lost = paths.filter((path) => !made.has(path));
  if (lost.length > 0) throw new Error(`wimlib put none of these into ${out}: ${lost.join(", ")}`);
  return (await stat(out)).size;
}
