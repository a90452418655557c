import { glob, mkdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { DRIVERS_FOLDER } from "#base/medium-settings.ts";
import { fileSha256, hashTree, readList } from "../recipe.ts";
import { buildStage, type Stage } from "../stage.ts";
import { type Log, runTool } from "../tool.ts";
import { copyTree } from "./copy-tree.ts";
import { buildLayer } from "./layer.ts";
import { squash } from "./squash.ts";
import { copyRoot } from "./squash-layers.ts";
import { trimFiles } from "./trim.ts";

/** What a user adds to the rescue system. */
export interface Extras {
  /** Names of Debian packages, and paths of .deb files. */
  readonly packages: readonly string[];
  /** Files, and folders whose content goes to /lib/firmware. */
  readonly firmware: readonly string[];
  /** Folders with drivers for the systems that are restored; each keeps its name below DRIVERS_FOLDER. */
  readonly drivers: readonly string[];
}

const FIRMWARE = "usr/lib/firmware";

export const isEmpty = ({ packages, firmware, drivers }: Extras): boolean =>
  packages.length + firmware.length + drivers.length === 0;

/** The stages of the layer: what packages add, if there are some, and `<stage>/extra.sqfs`. @throws OPEN_FAILED, MEDIA_CONFIG_INVALID */
export async function buildExtraLayer(workDir: string, root: Stage, extras: Extras, log: Log): Promise<Stage[]> {
  const debs = extras.packages.filter((name) => name.endsWith(".deb"));
  const packages = extras.packages.filter((name) => !name.endsWith(".deb"));
  const copies = await copyList(extras);
  const hashes = await Promise.all(copies.map(async ({ from, to }) => `${to}: ${await hashOf(from)}`));
  for (const deb of debs) await hashOf(deb); // now, and not after the minutes that the root takes
  const layer =
    extras.packages.length > 0 ? await buildLayer(workDir, root, { name: "extra", packages, debs }, log) : undefined;
  const moved = layer ? await readList("files-kiosk.txt") : [];
  const packed = await buildStage(
    workDir,
    {
      name: "extra",
      inputs: ["extra 2", layer?.hash ?? "", ...moved, ...hashes],
      build: async (folder) => {
        const tree = layer ? await copyRoot(layer, folder) : join(folder, "tree");
        if (layer) await trimFiles(tree, "trim-layer.txt");
        await copyMoved(join(root.path, "root"), moved, tree);
        for (const { from, to } of copies) {
          await mkdir(dirname(join(tree, to)), { recursive: true });
          await copyTree(from, join(tree, to));
        }
        await squash(tree, join(folder, "extra.sqfs"), layer ? "kept" : "root");
        await rm(tree, { recursive: true });
      },
    },
    log,
  );
  return layer ? [layer, packed] : [packed];
}

/** Packages were installed onto the whole root: what of it lies in the kiosk layer comes with them, as not every entry of the menu has that one. */
async function copyMoved(root: string, patterns: readonly string[], tree: string): Promise<void> {
  for (const pattern of patterns)
    for await (const path of glob(pattern, { cwd: root })) {
      await mkdir(dirname(join(tree, path)), { recursive: true });
      await runTool("cp", ["-a", join(root, path), join(tree, path)], { purpose: "add files of the base to a layer" });
    }
}

interface Copy {
  readonly from: string;
  /** Below the root of the layer. */
  readonly to: string;
}

const hashOf = async (path: string): Promise<string> => ((await isFolder(path)) ? hashTree(path) : fileSha256(path));

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch((cause: Error) => {
    throw new LifeboatError("OPEN_FAILED", { path, reason: cause.message }, { cause });
  });
  return found.isDirectory();
}

async function copyList({ firmware, drivers }: Extras): Promise<Copy[]> {
  const names = drivers.map((path) => basename(path));
  const twice = names.find((name, at) => names.indexOf(name) < at);
  // They would become one without anybody noticing.
  if (twice !== undefined)
    throw new LifeboatError("MEDIA_CONFIG_INVALID", {
      file: "extraDrivers",
      problems: `two folders are called ${twice}`,
    });
  const placed = async (from: string) => ({
    from,
    to: (await isFolder(from)) ? FIRMWARE : join(FIRMWARE, basename(from)),
  });
  return [
    ...(await Promise.all(firmware.map(placed))),
    ...drivers.map((from) => ({ from, to: join(DRIVERS_FOLDER, basename(from)) })),
  ];
}
