import { mkdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { formatBytes, formatDuration } from "#base/units.ts";
import { grubConfig } from "./iso/grub-config.ts";
import { fileSha256, type IsoContents, writeIso } from "./iso/iso.ts";
import { buildProgramLayer, ENTRY_POINTS, type EntryPoints } from "./linux/bundle.ts";
import { DEFAULT_MIRROR } from "./linux/debian.ts";
import { buildInitramfs } from "./linux/initramfs.ts";
import { buildLayer } from "./linux/layer.ts";
import { buildNodeRuntime } from "./linux/node-runtime.ts";
import { buildRoot } from "./linux/root.ts";
import { squashBase, squashKiosk } from "./linux/squash-layers.ts";
import { projectRoot } from "./recipe.ts";
import { hashInputs, type Stage } from "./stage.ts";
import { stoppedBySignals } from "./stop.ts";
import type { Log } from "./tool.ts";

export interface IsoOptions {
  readonly out: string;
  /** Where finished stages are kept for the next build: WORK_DIR. */
  readonly workDir: string;
  readonly log: Log;
  /** With the screen: compositor and browser. Without it the ISO is a headless one. */
  readonly kiosk: boolean;
  readonly mirror?: string;
  /** For each entry of the boot menu. Tests add lifeboat.debug-shell=ttyS0; a released ISO has none. */
  readonly extraKernelParameters?: string;
  /** Sources of the programs in the image, relative to the checkout. */
  readonly entryPoints?: EntryPoints;
}

export interface IsoReport {
  readonly out: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly seconds: number;
  /** What lies on the ISO, in bytes: base, kiosk, lifeboat, kernel, initramfs. */
  readonly parts: readonly { readonly name: string; readonly bytes: number }[];
  readonly stages: readonly Pick<Stage, "name" | "reused" | "seconds">[];
}

/** Of the checkout, wherever the command is called from: the next build finds its stages again. */
export const WORK_DIR = join(projectRoot, "out/cache");

const KIOSK = "kiosk";

/** A stick or a CD of 400 MiB is a promise of the product; an ISO above it is an error of the recipes. */
export const KIOSK_ISO_LIMIT = 400 * 1024 * 1024;

/**
 * Builds the rescue ISO from the recipes in images/, reusing every stage whose recipe is unchanged. Needs root and a Debian mirror.
 * SIGINT and SIGTERM stop it.
 * @throws USAGE, TOOL_MISSING, TOOL_FAILED, CANCELLED
 */
export const buildIso = (options: IsoOptions): Promise<IsoReport> => stoppedBySignals(() => build(options));

async function build(options: IsoOptions): Promise<IsoReport> {
  if (process.getuid?.() !== 0) {
    throw new LifeboatError("USAGE", { problem: "building the rescue system needs root, as mmdebstrap and mount do" });
  }
  const started = performance.now();
  const workDir = resolve(options.workDir);
  const out = resolve(options.out);
  await mkdir(workDir, { recursive: true });

  const built = await buildParts(workDir, options);
  options.log("iso: writing");
  const bytes = await writeIso(isoContents(built, options.extraKernelParameters ?? ""), out, workDir);
  if (options.kiosk && bytes > KIOSK_ISO_LIMIT) {
    throw new Error(`the ISO has ${formatBytes(bytes)}, more than ${formatBytes(KIOSK_ISO_LIMIT)}: trim the recipes`);
  }
  const report: IsoReport = {
    out,
    bytes,
    sha256: await fileSha256(out),
    seconds: Math.round((performance.now() - started) / 1000),
    parts: await Promise.all(
      [...built.layers, built.kernel, built.initramfs].map(async ({ name, path }) => ({
        name,
        bytes: (await stat(path)).size,
      })),
    ),
    stages: built.stages,
  };
  for (const line of reportLines(report)) options.log(line);
  return report;
}

interface Part {
  readonly name: string;
  readonly path: string;
}

interface BuiltParts {
  /** The Debian root. */
  readonly root: string;
  readonly kernel: Part;
  readonly initramfs: Part;
  /** The lowest first. */
  readonly layers: readonly Part[];
  readonly stages: readonly Stage[];
}

async function buildParts(workDir: string, options: IsoOptions): Promise<BuiltParts> {
  const { log } = options;
  const root = await buildRoot(workDir, options.mirror ?? DEFAULT_MIRROR, log);
  const node = await buildNodeRuntime(workDir, log);
  const initramfs = await buildInitramfs(workDir, root, log);
  const base = await squashBase(workDir, root, node, log);
  const kiosk = options.kiosk ? await buildKiosk(workDir, root, log) : [];
  const program = await buildProgramLayer(workDir, log, options.entryPoints ?? ENTRY_POINTS);
  return {
    root: join(root.path, "root"),
    kernel: { name: "kernel", path: join(initramfs.path, "vmlinuz") },
    initramfs: { name: "initramfs", path: join(initramfs.path, "initrd.img") },
    layers: [
      { name: "base", path: join(base.path, "base.sqfs") },
      ...kiosk.slice(-1).map((stage) => ({ name: KIOSK, path: join(stage.path, "kiosk.sqfs") })),
      { name: "lifeboat", path: join(program.path, "lifeboat.sqfs") },
    ],
    stages: [root, node, initramfs, base, ...kiosk, program],
  };
}

function isoContents(built: BuiltParts, extraKernelParameters: string): IsoContents {
  const id = hashInputs(built.stages.map((stage) => stage.hash));
  const layers = built.layers.map((layer) => layer.name);
  return {
    root: built.root,
    kernel: built.kernel.path,
    initramfs: built.initramfs.path,
    layers: built.layers.map((layer) => layer.path),
    id,
    grubConfig: grubConfig({ id, layers, kioskLayer: KIOSK, extraKernelParameters }),
  };
}

async function buildKiosk(workDir: string, root: Stage, log: Log): Promise<Stage[]> {
  const layer = await buildLayer(workDir, root, KIOSK, log);
  return [layer, await squashKiosk(workDir, layer, log)];
}

/** The report as a person reads it. */
export function reportLines(report: IsoReport): string[] {
  const reused = report.stages.filter((stage) => stage.reused).map((stage) => stage.name);
  return [
    ...report.parts.map((part) => `${part.name.padEnd(10)} ${formatBytes(part.bytes).padStart(9)}`),
    `${"ISO".padEnd(10)} ${formatBytes(report.bytes).padStart(9)}  ${report.out}`,
    `SHA-256 ${report.sha256}`,
    `${formatDuration(report.seconds)}; reused: ${reused.join(", ") || "nothing"}`,
  ];
}
