import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { UnattendedRestore } from "#base/medium/unattended-plan.ts";
import { type Sentence, sentenceOf } from "#base/sentence.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { restoredLines } from "#imaging/restore/describe-restored.ts";
import { say } from "#imaging/words/say.ts";
import type { FoundImage } from "#rescue/api/contract.ts";
import type { Log } from "#rescue/log.ts";
import { chooseTarget } from "#rescue/unattended/choose-target.ts";
import type { DoneBook } from "#rescue/unattended/done-book.ts";
import { CommandFailed, Doubt } from "#rescue/unattended/doubt.ts";
import { doubtsOf } from "#rescue/unattended/doubts.ts";
import { findImage, type WantedImage } from "#rescue/unattended/find-image.ts";
import { planArguments, type RestoreExtras, runArguments } from "#rescue/unattended/restore-arguments.ts";
import type { RunLifeboat } from "#rescue/unattended/run-command.ts";
import type { ReadyWork, Say, UnattendedWork } from "#rescue/unattended/work.ts";

export interface RestoreWorkDeps {
  readonly restore: UnattendedRestore;
  readonly images: {
    rescan(): Promise<readonly FoundImage[]>;
    open(imageId: string): Promise<{ readonly path: string }>;
    release(diskId: string): Promise<void>;
  };
  readonly listDisks: () => Promise<readonly Disk[]>;
  readonly lifeboat: RunLifeboat;
  readonly done: DoneBook;
  /** Folder for the plan, in memory. */
  readonly folder: string;
  readonly log: Log;
  /** Codes of warnings that were to be expected: no reason to ask anybody. */
  readonly expected?: readonly string[];
  readonly extras?: RestoreExtras;
}

/** Image and disk are looked for, and a plan is made of the template, by the rules of every plan. */
export function restoreWork(deps: RestoreWorkDeps): UnattendedWork {
  const { restore, images, listDisks } = deps;
  return {
    title: say("does.restore", { image: restore.image }),
    /** Shares come up, disks spin up, sticks are put in: what is not there yet is looked for again. */
    async look(signal, tell) {
      const image = findImage(restore, await images.rescan());
      if ("reason" in image) throw new Doubt([image.reason]);
      if ("waits" in image) return image;
      const target = chooseTarget(await listDisks(), restore.to, image.diskId);
      return "disk" in target ? plan(deps, image, target.disk, { signal, tell }) : { waits: target.reason };
    },
  };
}

async function plan(
  deps: RestoreWorkDeps,
  image: Extract<WantedImage, { path: string }>,
  target: Disk,
  { signal, tell }: { readonly signal: AbortSignal; readonly tell: Say },
): Promise<ReadyWork> {
  const { restore, images, lifeboat, folder, done, log, expected = [], extras = {} } = deps;
  const title = say("does.restore-onto", { image: restore.image, disk: diskName(target), size: target.size });
  tell(title, [say("says.plan")]);
  const path = image.imageId === undefined ? image.path : (await images.open(image.imageId)).path;
  await images.release(target.id);
  const made = await lifeboat(planArguments(restore, path, target.id, extras), signal);
  if (made.status !== 0) throw new CommandFailed(made);
  const found = RestorePlan.parse(JSON.parse(made.stdout));
  const doubts = [...doubtsOf(found, expected), ...(await restoredBefore(deps, found, image.tableId, target))];
  if (doubts.length > 0) throw new Doubt([say("says.decision"), ...doubts]);
  const file = join(folder, "unattended-plan.json");
  await mkdir(folder, { recursive: true });
  await writeFile(file, made.stdout, { mode: 0o600 });
  const { id, name } = found.target;
  return {
    title,
    lines: [say("says.everything-lost", { disk: name }), ...found.losses.map(sentenceOf)],
    claim: { writes: [id], reads: image.diskId === "" ? [] : [image.diskId], busy: name },
    args: runArguments(file, id, extras),
    came: (result) => restoredLines(found, RestoreReport.parse(JSON.parse(result))),
    async onDone() {
      const noted = done.add(id, found.image.rootHash);
      await noted.catch((error) => log.warn({ err: error }, "this medium cannot remember what it has restored"));
    },
  };
}

async function restoredBefore(
  { restore, done }: RestoreWorkDeps,
  { target: { id }, image: { rootHash } }: RestorePlan,
  tableId: string | undefined,
  { table }: Disk,
): Promise<Sentence[]> {
  if (restore.again) return [];
  const at = await done.find(id, rootHash);
  if (at !== undefined) return [say("says.done-before", { at })];
  const isSame = tableId !== undefined && table.diskId === tableId;
  return isSame ? [say("says.same-system")] : [];
}
