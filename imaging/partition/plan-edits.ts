import { createHash } from "node:crypto";
import { partitionTypeName } from "#imaging/disk/partition-types.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { applyEdit } from "#imaging/partition/apply-edit.ts";
import { bytesToMove } from "#imaging/partition/bytes-to-move.ts";
import { isSame, partitionSentence, stepSentence } from "#imaging/partition/describe-edit.ts";
import type { Edit } from "#imaging/partition/edit.ts";
import type { EditPlan } from "#imaging/partition/edit-plan.ts";
import { mendOfEdits } from "#imaging/partition/mend-of-edits.ts";
import type { Picture, PicturedPartition } from "#imaging/partition/picture.ts";
import { confirmationFor } from "#imaging/plan/confirmation.ts";
import { findLosses } from "#imaging/plan/losses.ts";
import type { Layout, Loss, Warning } from "#imaging/plan/plan.ts";
import { refuseUnwritable } from "#imaging/plan/refuse-target.ts";
import { say } from "#imaging/words/say.ts";

/** The picture of before, and of after each operation. @throws EDIT_INVALID */
export function pictures(before: Picture, edits: readonly Edit[], seed: string): Picture[] {
  const all = [before];
  for (const [i, edit] of edits.entries()) all.push(applyEdit(all[i] as Picture, edit, `${seed} ${i}`));
  return all;
}

/** What new identities follow from: the same operations on the same disk give the same ones. */
export const seedOf = ({ id, fingerprint }: Pick<Disk, "id" | "fingerprint">): string => `${id} ${fingerprint}`;

export interface EditOptions {
  /** The systems on the disk are made to start from where things lie then. */
  readonly bootRepair?: boolean;
}

/**
 * Disk + operations -> plan. Pure. @param before the disk as it is now
 * @throws EDIT_INVALID, TARGET_IS_BOOT_MEDIUM, TARGET_READ_ONLY, TARGET_IN_USE
 */
export function planEdits(
  target: Disk,
  before: Picture,
  edits: readonly Edit[],
  { bootRepair = false }: EditOptions = {},
): EditPlan {
  refuseUnwritable({ path: "" }, target, {});
  const all = pictures(before, edits, seedOf(target));
  const after = all.at(-1) as Picture;
  const losses = edits.flatMap((edit, i) => lossesOf(edit, all[i] as Picture, target));
  const mend = bootRepair ? mendOfEdits(edits, before, after) : undefined;
  const { id, path, kind, size, sectorSize, fingerprint } = target;
  const plan: Omit<EditPlan, "id"> = {
    format: "lifeboat-edit/1",
    target: { id, path, kind, name: diskName(target), size, sectorSize },
    edits: edits.map((edit, i) => exact(edit, all[i] as Picture, all[i + 1] as Picture)),
    steps: edits.map((edit, i) => stepSentence(edit, all[i] as Picture, all[i + 1] as Picture)),
    before: layoutOf(before),
    after: layoutOf(after),
    losses,
    warnings: warningsOf(edits, before, mend !== undefined),
    movedBytes: bytesToMove(edits, all),
    confirmation: confirmationFor(target, losses),
    ...(mend && { mend }),
    fingerprint,
  };
  const hash = createHash("sha256").update(JSON.stringify(plan)).digest("hex");
  return { ...plan, id: `edit-${hash.slice(0, 16)}` };
}

/** "As small as it can be" may be another size tomorrow; the plan says which one. */
function exact(edit: Edit, before: Picture, after: Picture): Edit {
  if (edit.op !== "move" && edit.op !== "resize") return edit;
  const one = before.partitions.find(({ number }) => number === edit.number);
  const there = one && after.partitions.find((other) => isSame(one, other));
  if (!there) return edit;
  return edit.op === "move" ? { ...edit, start: there.start } : { ...edit, size: there.size };
}

function lossesOf(edit: Edit, picture: Picture, target: Disk): Loss[] {
  if (edit.op === "table") return findLosses(target);
  if (edit.op !== "delete" && edit.op !== "format") return [];
  const one = picture.partitions.find(({ number }) => number === edit.number);
  // What an operation of this very list has made holds nothing yet.
  if (!one || one.source === undefined || one.role === "extended") return [];
  return [{ kind: "partition", ...partitionSentence(one), size: one.size }];
}

function warningsOf(edits: readonly Edit[], before: Picture, isMended: boolean): Warning[] {
  const converted = edits.some(({ op }) => op === "convert");
  const moved = isMended ? [] : edits.flatMap((edit) => (edit.op === "move" ? [edit.number] : []));
  return [
    ...(converted ? [{ code: "BOOT_MAY_FAIL", ...say("edit.converted-may-fail") }] : []),
    ...moved.flatMap((number) => {
      const one = before.partitions.find((other) => other.number === number);
      return one && isStarted(one) ? [{ code: "BOOT_MAY_FAIL", ...say("edit.moved-may-fail", { number }) }] : [];
    }),
  ];
}

const isStarted = ({ active, type }: PicturedPartition): boolean =>
  active || type === "21686148-6449-6e6f-744e-656564454649";

const layoutOf = ({ tableType, size, partitions }: Picture): Layout => ({
  ...{ tableType, size },
  partitions: partitions.map(({ number, start, size: length, type, name, guid, active, role }) => ({
    ...{ number, start, size: length, type, typeName: partitionTypeName(type), active, role },
    ...(name !== undefined && { name }),
    ...(guid !== undefined && { guid }),
  })),
});
