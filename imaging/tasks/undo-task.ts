import { LifeboatError } from "#base/errors.ts";
import { applyChanges } from "#imaging/installed/apply-changes.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import type { OpenSystems } from "#imaging/installed/open-systems.ts";
import { systemTree } from "#imaging/installed/system-tree.ts";
import type { MendNote } from "#imaging/mend/mend.ts";
import { stepOf } from "#imaging/mend/step-of.ts";
import type { MendFindings } from "#imaging/tasks/mend-task.ts";
import type { Task } from "#imaging/tasks/task.ts";
import { hibernated } from "#imaging/universal/windows/hibernated.ts";
import { type ChosenUndo, chooseUndo, type UndoPlace } from "#imaging/universal/windows/undo/choose-undo.ts";
import { ESP_UNDO, WINDOWS_UNDO } from "#imaging/universal/windows/undo/undo-folders.ts";
import { hibernationOf } from "#imaging/universal/windows/windows-installation.ts";
import { say } from "#imaging/words/say.ts";

export interface UndoInput {
  /** The disk, for errors. */
  readonly path: string;
  readonly apply: boolean;
  /** Of this job: names the folder for files as they are now. */
  readonly time: string;
  /** As MendWish's. */
  readonly undo: { readonly time?: string | undefined; readonly force?: boolean | undefined };
  readonly discardHibernation?: boolean;
}

export interface UndoFindings extends MendFindings {
  /** What is taken back was done at this time. */
  readonly undone: string;
}

/** Takes back what was done to each Windows of a disk, and to what starts it: registry, boot configuration, drivers. */
export const undoTask: Task<UndoInput, UndoFindings> = async (opened, input, { signal, onStep }) => {
  const { path, apply, time, undo } = input;
  const chosen = await chooseUndo(placesOf(opened), undo.time, path);
  if (!undo.force) refuseChanged(chosen, path);
  if (!input.discardHibernation) await refuseAsleep(chosen, path);
  if (apply)
    for (const { place, way } of chosen.places)
      await applyChanges(place.tree, way.changes, {
        ...{ keepIn: `${place.parent}/${time}`, signal },
        onChange: onStep,
      });
  return findings(opened, chosen);
};

/** Where something may be kept, and of which system it is: undefined for what starts several. */
interface Place extends UndoPlace {
  readonly system: InstalledSystem | undefined;
}

function placesOf({ systems, efi }: OpenSystems): Place[] {
  const windows = systems.filter(({ kind }) => kind === "windows");
  const starters = new Map(windows.flatMap(({ startedFrom = [] }) => startedFrom.map(({ root }) => [root, root])));
  const place = (root: string, parent: string, system?: InstalledSystem): Place => ({
    ...{ tree: systemTree(root, { ignoreCase: true }), parent, system },
  });
  return [
    ...windows.map((system) => place(system.root, WINDOWS_UNDO, system)),
    ...[...starters.keys()].map((root) => place(root, WINDOWS_UNDO)),
    ...efi.map(({ root }) => place(root, ESP_UNDO)),
  ];
}

function refuseChanged({ time, places }: ChosenUndo<Place>, disk: string): void {
  const files = places.flatMap(({ way }) => way.changed);
  if (files.length > 0) throw new LifeboatError("WINDOWS_CHANGED_SINCE", { disk, time, files: files.join(", ") });
}

async function refuseAsleep({ places }: ChosenUndo<Place>, disk: string): Promise<void> {
  for (const { place, way } of places) {
    const state = place.system && way.changes.length > 0 ? await hibernationOf(place.tree) : "none";
    if (state === "none") continue;
    throw new LifeboatError("WINDOWS_HIBERNATED", { disk, problem: hibernated(state, "windows.asleep-undo").text });
  }
}

const LEFT: MendNote = { code: "UNDO_FILES_ALONE", ...say("windows.undo-alone") };
const LINUX_LEFT: MendNote = { code: "UNDO_NOT_LINUX", ...say("windows.undo-linux") };

function findings({ systems }: OpenSystems, { time, places }: ChosenUndo<Place>): UndoFindings {
  const stepsOf = (own: ChosenUndo<Place>["places"]) => own.flatMap(({ way }) => way.changes.map(stepOf));
  const lost = places.flatMap(({ way }) => way.lost);
  return {
    undone: time,
    systems: systems
      .filter(({ kind }) => kind === "windows")
      .map((system) => ({
        ...{ name: system.name, kind: "windows", notes: [], problems: [] },
        steps: stepsOf(places.filter(({ place }) => place.system === system)),
      })),
    esps: stepsOf(places.filter(({ place }) => place.system === undefined)),
    ...{ disk: [], loaders: [], problems: [] },
    notes: [
      LEFT,
      ...(systems.some(({ kind }) => kind === "linux") ? [LINUX_LEFT] : []),
      ...(lost.length > 0 ? [{ code: "UNDO_LOST", ...say("windows.undo-lost", { list: lost }) }] : []),
    ],
  };
}
