import { dirname } from "node:path";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import type { TableWrite } from "#imaging/disk/partition.ts";
import type { RestoreReport } from "#imaging/plan/plan.ts";
import { extentsToClear } from "#imaging/restore/clear-target.ts";
import type { RestoreMarker } from "#imaging/restore/marker.ts";
import type { RestoreRun } from "#imaging/restore/restore-run.ts";
import { saveOld } from "#imaging/undo/save-old.ts";
import { findUndoFile } from "#imaging/undo/undo-files.ts";

/** The undo file of a restore: made before its first write, and never again by one that goes on. */
export class KeptUndo {
  readonly #run: RestoreRun;
  readonly #target: BlockDevice;
  saved: RestoreReport["undo"];

  constructor(run: RestoreRun, target: BlockDevice) {
    this.#run = run;
    this.#target = target;
  }

  /**
   * Saves the old content. Where a restore was begun before, there is none any more: the undo file of the first start
   * holds it, the marker names that, and so will this run's marker.
   */
  async *keep(
    before: RestoreMarker | undefined,
    tables: readonly TableWrite[],
  ): AsyncGenerator<{ done: number; bytes: number }, void, undefined> {
    const { plan, image, signal, writerVersion } = this.#run;
    this.carryOn(before);
    if (!plan.undo) return;
    if (before?.undoId !== undefined) {
      const folder = plan.undo.kind === "folder" ? plan.undo.path : dirname(plan.undo.path);
      this.saved = { imageId: before.undoId, file: await findUndoFile(folder, before.undoId) };
    } else if (before?.planId !== plan.id) {
      const cleared = extentsToClear(this.#target, image.manifest);
      const request = { plan, place: plan.undo, image, target: this.#target, cleared, tables, signal, writerVersion };
      this.saved = yield* saveOld(request);
      this.#run.undoId = this.saved.imageId;
    }
  }

  /** A restore without an undo file of its own keeps the name of the one of before. */
  carryOn(before: RestoreMarker | undefined): void {
    this.#run.undoId = before?.undoId;
    if (before?.undoId !== undefined) this.saved = { imageId: before.undoId };
  }
}
