import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { DATA, FOLDER, writeCpio } from "../linux/cpio.ts";
import { fileSha256 } from "../recipe.ts";

/** A layer as the initramfs knows it. */
export interface ListedLayer {
  /** "base.sqfs" */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

export const listLayers = (paths: readonly string[]): Promise<ListedLayer[]> =>
  Promise.all(
    paths.map(async (path) => ({
      file: basename(path),
      bytes: (await stat(path)).size,
      sha256: await fileSha256(path),
    })),
  );

/** Names a build by what it is made of: the same bytes have the same id, wherever and whenever they were built. */
export function buildId(parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part}\n`);
  return hash.digest("hex").slice(0, 16);
}

/** In the initramfs. Read by rescue/init/initramfs: the build's id, then SHA-256, bytes and file name of each layer. */
export const LAYER_LIST = "etc/lifeboat/layers.list";

export const layerListText = (id: string, layers: readonly ListedLayer[]): string =>
  [`build ${id}`, ...layers.map(({ sha256, bytes, file }) => `${sha256} ${bytes} ${file}`), ""].join("\n");

/** In the initramfs: pictures for rescue/init/splash. */
const SPLASH = "etc/lifeboat/splash";

/**
 * What a medium has of its own, the list and its splash (pictures by name), as an archive that goes before the initramfs proper: the kernel
 * unpacks one after the other (Documentation/driver-api/early-userspace/buffer-format.rst), so a new layer costs no new initramfs.
 */
export const mediumArchive = (text: string, splash: Readonly<Record<string, Uint8Array>>): Buffer =>
  writeCpio([
    { path: "etc", mode: FOLDER },
    { path: "etc/lifeboat", mode: FOLDER },
    { path: LAYER_LIST, mode: DATA, content: Buffer.from(text) },
    { path: SPLASH, mode: FOLDER },
    ...Object.entries(splash).map(([name, content]) => ({ path: `${SPLASH}/${name}`, mode: DATA, content })),
  ]);
