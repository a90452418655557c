import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { formatBytes, formatDuration } from "#base/units.ts";
import lifeboat from "../package.json" with { type: "json" };
import { type BuiltParts, bootMenu, buildParts, type PartsOptions, partSizes } from "./build-parts.ts";
import type { MediaConfig } from "./config/media-config.ts";
import { grubConfig } from "./iso/grub-config.ts";
import { type IsoContents, writeIso } from "./iso/iso.ts";
import { type ManifestFile, manifestFile, manifestText } from "./manifest/manifest.ts";
import { DOCUMENTS, signedDocuments, writeTogether } from "./manifest/publish.ts";
import { mediumInfo } from "./medium-info.ts";
import { sayingNoRoom } from "./no-room.ts";
import { signingKey } from "./sign/signing-key.ts";
import type { Stage } from "./stage.ts";
import { stoppedBySignals } from "./stop.ts";

export interface IsoOptions extends PartsOptions {
  readonly out: string;
}

export interface IsoReport {
  readonly out: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly seconds: number;
  /** What lies on the ISO, in bytes: layers, kernel, initramfs. */
  readonly parts: readonly { readonly name: string; readonly bytes: number }[];
  readonly stages: readonly Pick<Stage, "name" | "reused" | "seconds">[];
}

const MIB = 1024 * 1024;
/** Promises of the product, without what is chosen on top: above them the recipes are to be trimmed. */
export const ISO_LIMITS = { headless: 230 * MIB, kiosk: 380 * MIB } as const;
/** Layers that do not count for the limit: their sizes are for their users to judge. */
const CHOSEN = ["firmware", "prove", "extra", "settings"];

/**
 * Builds the rescue ISO: its parts (build-parts.ts), and what starts them. SIGINT and SIGTERM stop it.
 * @throws as buildParts; BUILD_NO_ROOM
 */
export const buildIso = (options: IsoOptions): Promise<IsoReport> =>
  stoppedBySignals(() => sayingNoRoom([options.workDir, dirname(resolve(options.out))], () => build(options)));

async function build(options: IsoOptions): Promise<IsoReport> {
  const started = performance.now();
  const out = resolve(options.out);
  const { log, config } = options;
  const built = await buildParts(options);
  log("iso: writing");
  const bytes = await writeIso(await isoContents(built, config), out, resolve(options.workDir));
  const parts = await partSizes(built);
  const file = await manifestFile(out);
  await writeIsoDocuments(built, file, options);
  const report: IsoReport = {
    ...{ out, bytes, parts, stages: built.stages, sha256: file.sha256 },
    seconds: Math.round((performance.now() - started) / 1000),
  };
  for (const line of reportLines(report)) log(line);
  return report;
}

/** Beside the ISO: what it is made of, signed. */
async function writeIsoDocuments(built: BuiltParts, file: ManifestFile, { out, workDir, config }: IsoOptions) {
  const key = await signingKey(config.signingKey, resolve(workDir));
  const bill = built.documents.find(({ path }) => basename(path) === DOCUMENTS.bill)?.path ?? "";
  const signed = signedDocuments(manifestText(built.id, built.contents, [file]), key);
  const documents = { ...signed, [DOCUMENTS.bill]: await readFile(bill, "utf8") };
  await writeTogether(
    Object.fromEntries(Object.entries(documents).map(([name, text]) => [`${resolve(out)}.${name}`, text])),
  );
}

/** What the limits of `kind` hold: the ISO without what its user chose to add. */
export function countedBytes(bytes: number, parts: IsoReport["parts"]): number {
  const chosen = parts.filter(({ name }) => CHOSEN.includes(name));
  return bytes - chosen.reduce((sum, part) => sum + part.bytes, 0);
}

async function isoContents(built: BuiltParts, config: MediaConfig): Promise<IsoContents> {
  const { id, root } = built;
  const menu = grubConfig(bootMenu(built, config));
  return {
    ...{
      id,
      root,
      info: await mediumInfo(built, { version: lifeboat.version, menu }),
      kernel: built.kernel.path,
      initramfs: built.initramfs.path,
    },
    layers: built.layers.map((layer) => layer.path),
    documents: built.documents.map((document) => document.path),
    grubConfig: menu,
  };
}

/** The report as a person reads it. */
export function reportLines(report: IsoReport): string[] {
  const reused = report.stages.filter((stage) => stage.reused).map((stage) => stage.name);
  const row = (name: string, bytes: number) => `${name.padEnd(10)} ${formatBytes(bytes).padStart(9)}`;
  const firmware = report.parts.find(({ name }) => name === "firmware");
  return [
    ...report.parts.map((part) => row(part.name, part.bytes)),
    `${row("ISO", report.bytes)}  ${report.out}`,
    ...(firmware ? [`${row("", report.bytes - firmware.bytes)}  without the firmware layer (--no-firmware)`] : []),
    `SHA-256 ${report.sha256}`,
    `${formatDuration(report.seconds)}; reused: ${reused.join(", ") || "nothing"}`,
  ];
}
