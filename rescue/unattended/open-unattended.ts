import { readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { UnattendedPlan } from "#base/medium/unattended-plan.ts";
import type { MediumSettings } from "#base/medium-settings.ts";
import { openDoneBook } from "#rescue/unattended/done-book.ts";
import { type RestoreWorkDeps, restoreWork } from "#rescue/unattended/restore-work.ts";
import { runLifeboat } from "#rescue/unattended/run-command.ts";
import { Unattended, type UnattendedDeps } from "#rescue/unattended/unattended.ts";

export interface OpenUnattended
  extends Omit<UnattendedDeps, "work" | "afterwards" | "countdownSeconds" | "lifeboat" | "second">,
    Pick<RestoreWorkDeps, "images" | "listDisks"> {
  readonly dataFolder: () => Promise<string>;
  readonly settings: Pick<MediumSettings, "unattended">;
  readonly settingsFile: string;
  readonly runFolder: string;
}

export const PROGRAM = "/usr/bin/lifeboat";

/**
 * What the medium is to do by itself. Once for each start of the computer: a server that is started again does not begin anew.
 * @returns undefined for nothing, or nothing any more
 */
export async function openUnattended({ settings, settingsFile, runFolder, dataFolder, ...deps }: OpenUnattended) {
  const { unattended } = settings;
  if (!unattended) return undefined;
  const begun = join(runFolder, "unattended-begun");
  if (await isThere(begun)) {
    deps.log.warn({ begun }, "the server was started again: what the medium does by itself is not begun anew");
    return undefined;
  }
  const plan = await readPlan(join(dirname(settingsFile), unattended.plan)).catch((error: unknown) => {
    deps.log.error({ err: error }, "what the medium is to do by itself cannot be understood");
    return undefined;
  });
  if (!plan) return undefined;
  await writeFile(begun, "");
  const { countdownSeconds } = unattended;
  const { restore, afterwards } = plan;
  const lifeboat = runLifeboat(PROGRAM);
  const done = openDoneBook(dataFolder);
  const work = restoreWork({ ...deps, restore, lifeboat, folder: runFolder, done });
  return new Unattended({ ...deps, work, afterwards, countdownSeconds, lifeboat });
}

export const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** @throws SETTINGS_INVALID */
async function readPlan(file: string): Promise<UnattendedPlan> {
  const invalid = (path: string, problem: string) => new LifeboatError("SETTINGS_INVALID", { file, path, problem });
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw invalid("the file", `cannot be read: ${error.message}`);
  });
  const found = UnattendedPlan.safeParse(parse(text.replace(/^\uFEFF/, "")));
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw invalid(issue?.path.join(".") || "the plan", issue?.message ?? "cannot be understood");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
