import { mkdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import type { SealedBox } from "#base/medium/secret.ts";
import type { BootMenu } from "./boot-menu/entries.ts";
import type { MediaConfig } from "./config/media-config.ts";
import { isDefault, type SettingsFiles, settingsFiles } from "./config/settings.ts";
import { buildProgramLayer, ENTRY_POINTS, type EntryPoints } from "./linux/bundle.ts";
import { buildExtraLayer, isEmpty } from "./linux/extra-layer.ts";
import { firmwarePackages } from "./linux/firmware-layer.ts";
import { buildInitramfs } from "./linux/initramfs.ts";
import { buildLayer } from "./linux/layer.ts";
import { buildMediumInitramfs } from "./linux/medium-initramfs.ts";
import { buildNodeRuntime } from "./linux/node-runtime.ts";
import { buildRoot } from "./linux/root.ts";
import { buildSettingsLayer } from "./linux/settings-layer.ts";
import { squashBase, squashLayer } from "./linux/squash-layers.ts";
import { buildId, type ListedLayer, layerListText, listLayers } from "./manifest/layer-list.ts";
import { buildLicences } from "./manifest/licences.ts";
import { buildBill, layerContents } from "./manifest/manifest.ts";
import { DOCUMENTS } from "./manifest/publish.ts";
import type { LayerContents } from "./manifest/spdx.ts";
import { fileSha256, projectRoot, readList } from "./recipe.ts";
import { buildSplash, SPLASH_FILES } from "./splash/build-splash.ts";
import type { Stage } from "./stage.ts";
import type { Log } from "./tool.ts";

export interface PartsOptions {
  /** Where finished stages are kept for the next build: WORK_DIR. */
  readonly workDir: string;
  readonly log: Log;
  readonly config: MediaConfig;
  /** Passwords that the medium takes along. */
  readonly secrets?: SealedBox | undefined;
  /** Sources of the programs in the image, relative to the checkout. */
  readonly entryPoints?: EntryPoints;
}

export interface Part {
  readonly name: string;
  readonly path: string;
}

export interface Layer extends Part, ListedLayer {
  /** The stages that it is made of. */
  readonly stages: readonly Stage[];
}

/** What every medium is made of, whatever carries it. */
export interface BuiltParts {
  /** Of this very content: the initramfs takes only a medium that carries the same one. */
  readonly id: string;
  /** The Debian root, where boot loaders come from. */
  readonly root: string;
  readonly kernel: Part;
  readonly initramfs: Part;
  /** The lowest first. */
  readonly layers: readonly Layer[];
  /** Go onto each medium, and are loaded by nothing: the bill of materials, and all licences. */
  readonly documents: readonly Part[];
  readonly contents: readonly LayerContents[];
  readonly stages: readonly Stage[];
}

/** Of the checkout, wherever the command is called from: the next build finds its stages again. */
export const WORK_DIR = join(projectRoot, "out/cache");

const KIOSK = "kiosk";

/**
 * Builds the parts of a rescue medium from the recipes in images/, reusing every stage whose recipe is unchanged. Needs root and a
 * Debian mirror.
 * @throws USAGE, OPEN_FAILED, MEDIA_CONFIG_INVALID, TOOL_MISSING, TOOL_FAILED, CANCELLED
 */
export async function buildParts(options: PartsOptions): Promise<BuiltParts> {
  if (process.getuid?.() !== 0) {
    throw new LifeboatError("USAGE", { problem: "building the rescue system needs root, as mmdebstrap and mount do" });
  }
  const { log, config } = options;
  const settings = await settingsFiles(config, options.secrets); // before the minutes that the root takes
  const workDir = resolve(options.workDir);
  await mkdir(workDir, { recursive: true });
  const root = await buildRoot(workDir, config.mirror, log);
  const rows = await buildLayers({ ...options, workDir }, root, settings);
  const packagesOf = (layer: string) => rows.find(({ name }) => name === layer)?.stages.at(0);
  const firmware = packagesOf("firmware");
  const kiosk = packagesOf(KIOSK);
  const splash = kiosk && (await buildSplash(workDir, kiosk, settings, log));
  const initramfs = await buildInitramfs(workDir, root, firmware, log);
  const listed = await listLayers(rows.map(({ path }) => path));
  const kernel = { name: "kernel", path: join(initramfs.path, "vmlinuz") };
  const id = buildId([
    await fileSha256(kernel.path),
    await fileSha256(join(initramfs.path, "initrd.img")),
    ...listed.map(({ file, sha256 }) => `${file} ${sha256}`),
    ...(await Promise.all(splash ? SPLASH_FILES.map((name) => fileSha256(join(splash.path, name))) : [])),
  ]);
  const ours = await buildMediumInitramfs(workDir, { initramfs, list: layerListText(id, listed), splash }, log);
  const layers = rows.map((row, at) => ({ ...row, ...(listed[at] as ListedLayer) }));
  const contents = await layerContents(layers, root);
  const documents = await buildDocuments(workDir, { id, contents, root, layers }, log);
  return {
    ...{ id, kernel, root: join(root.path, "root"), layers, contents },
    initramfs: { name: "initramfs", path: join(ours.path, "initrd.img") },
    documents: documents.map(({ name, path }) => ({ name, path: join(path, DOCUMENT_FILES[name] ?? "") })),
    stages: [root, ...rows.flatMap(({ stages }) => stages), initramfs, ...(splash ? [splash] : []), ours, ...documents],
  };
}

/** The file that each of their stages makes. */
const DOCUMENT_FILES: Readonly<Record<string, string>> = { licences: "licences.sqfs", sbom: DOCUMENTS.bill };

interface Contents {
  readonly id: string;
  readonly contents: readonly LayerContents[];
  readonly root: Stage;
  readonly layers: readonly Layer[];
}

async function buildDocuments(workDir: string, { id, contents, root, layers }: Contents, log: Log): Promise<Stage[]> {
  const roots = [root, ...layers.flatMap(({ stages }) => stages).filter(({ name }) => name.startsWith("layer-"))];
  const npm = contents.flatMap((layer) => layer.npm);
  return [await buildLicences(workDir, roots, npm, log), await buildBill(workDir, { id, contents, roots }, log)];
}

interface LayerRow extends Part {
  readonly stages: readonly Stage[];
}

/** Each layer that the medium is to have, the lowest first. */
async function buildLayers(
  { workDir, config, log, entryPoints = ENTRY_POINTS }: PartsOptions,
  root: Stage,
  settings: SettingsFiles,
): Promise<LayerRow[]> {
  const row = (name: string, ...stages: Stage[]): LayerRow => ({
    name,
    stages,
    path: join(stages.at(-1)?.path ?? "", `${name}.sqfs`),
  });
  const node = await buildNodeRuntime(workDir, log);
  const base = await squashBase(workDir, root, node, log);
  const ofPackages = async (name: string, packages: readonly string[], trims: string[], keeps: string[] = []) => {
    const layer = await buildLayer(workDir, root, { name, packages }, log);
    return row(name, layer, await squashLayer(workDir, { name, root, layer, base, trims, keeps }, log));
  };
  const extras = { packages: config.extraPackages, firmware: config.extraFirmware, drivers: config.extraDrivers };
  const firmware = config.firmware ? await firmwarePackages(config.hardware) : [];
  const rows = [row("base", node, base)];
  if (firmware.length > 0) rows.push(await ofPackages("firmware", firmware, ["trim-firmware.txt"]));
  if (config.prove) rows.push(await ofPackages("prove", await readList("packages-prove.txt"), ["trim-prove.txt"]));
  if (config.speech) rows.push(await ofPackages("speech", await readList("packages-speech.txt"), ["trim-speech.txt"]));
  if (config.kind === "kiosk")
    rows.push(await ofPackages(KIOSK, await readList("packages-kiosk.txt"), ["trim-kiosk.txt"], ["keep-kiosk.txt"]));
  if (!isEmpty(extras)) rows.push(row("extra", ...(await buildExtraLayer(workDir, root, extras, log))));
  rows.push(row("lifeboat", await buildProgramLayer(workDir, log, entryPoints)));
  if (!isDefault(settings)) rows.push(row("settings", await buildSettingsLayer(workDir, settings, log)));
  return rows;
}

export const bootMenu = (
  { layers }: Pick<BuiltParts, "layers">,
  { branding, kernelParameters }: MediaConfig,
): BootMenu => ({
  name: branding.name,
  layers: layers.map((layer) => layer.name),
  extraKernelParameters: kernelParameters,
});

/** Sizes of all parts, in bytes, as a report names them. */
export const partSizes = (built: BuiltParts): Promise<{ name: string; bytes: number }[]> =>
  Promise.all(
    [...built.layers, built.kernel, built.initramfs].map(async ({ name, path }) => ({
      name,
      bytes: (await stat(path)).size,
    })),
  );
