import { readFile, stat } from "node:fs/promises";
import { extname } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import type { SealedBox } from "#base/medium/secret.ts";
import { UnattendedPlan } from "#base/medium/unattended-plan.ts";
import { MediumSettings } from "#base/medium-settings.ts";
import type { MediaConfig } from "./media-config.ts";

/** What a medium tells the rescue system: `settings.json`, and the files that it names. */
export interface SettingsFiles {
  readonly settings: MediumSettings;
  /** By their names beside settings.json. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

const MOST_BYTES = 1 << 20;
/** ISO/IEC 15948 section 5.2. */
const PNG_SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");

/** @throws OPEN_FAILED for a logo or a plan that cannot be read, MEDIA_CONFIG_INVALID for one that is none */
export async function settingsFiles(config: MediaConfig, secrets: SealedBox | undefined): Promise<SettingsFiles> {
  const { branding, unattended } = config;
  const logo = branding.logo === undefined ? undefined : await logoFile(branding.logo);
  const plan = unattended && (await planFile(unattended.plan));
  const settings = MediumSettings.parse({
    ...pick(config, ["language", "keyboard", "timeZone", "network", "places", "remoteAccess", "lowSpace"]),
    branding: { ...branding, ...(logo && { logo: logo.name }) },
    ...(unattended && plan && { unattended: { ...unattended, plan: plan.name } }),
    ...(secrets && { secrets }),
  });
  const files = [logo, plan].filter((file) => file !== undefined);
  return { settings, files: Object.fromEntries(files.map(({ name, content }) => [name, content])) };
}

/** Nothing but defaults: the rescue system needs no file to know them. */
export const isDefault = ({ settings }: SettingsFiles): boolean =>
  JSON.stringify(settings) === JSON.stringify(MediumSettings.parse({}));

const pick = <T, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> =>
  Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;

interface NamedFile {
  readonly name: string;
  readonly content: Uint8Array;
}

export const isPng = (content: Uint8Array): boolean => PNG_SIGNATURE.equals(content.subarray(0, PNG_SIGNATURE.length));

async function logoFile(path: string): Promise<NamedFile> {
  const content = await readSmall(path);
  if (isPng(content)) return { name: "logo.png", content };
  if (extname(path).toLowerCase() === ".svg" && /<svg[\s>]/.test(content.toString("utf8")))
    return { name: "logo.svg", content };
  throw invalid(`branding.logo: ${path} is neither PNG nor SVG`);
}

async function planFile(path: string): Promise<NamedFile> {
  const content = await readSmall(path);
  const plan = UnattendedPlan.safeParse(parseJson(path, content.toString("utf8")));
  if (plan.success) return { name: "plan.json", content };
  const problems = plan.error.issues.map(({ path: at, message }) => `${at.join(".") || "the plan"}: ${message}`);
  throw invalid(`unattended.plan: ${path}: ${problems.join("; ")}`);
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")); // editors of Windows begin a file with it
  } catch (cause) {
    throw invalid(`unattended.plan: ${path} is not JSON: ${(cause as Error).message}`);
  }
}

async function readSmall(path: string): Promise<Buffer> {
  const fail = (reason: string, cause?: unknown) => new LifeboatError("OPEN_FAILED", { path, reason }, { cause });
  const found = await stat(path).catch((cause: Error) => {
    throw fail(cause.message, cause);
  });
  if (!found.isFile()) throw fail("it is not a file");
  if (found.size > MOST_BYTES) throw fail("it has more than 1 MiB");
  return readFile(path);
}

const invalid = (problems: string) =>
  new LifeboatError("MEDIA_CONFIG_INVALID", { file: "what the medium is told", problems });
