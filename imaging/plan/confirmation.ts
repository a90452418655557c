import { resolve } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import type { Confirmation, Loss, RestorePlan } from "#imaging/plan/plan.ts";
import { say } from "#imaging/words/say.ts";

/** GPT types and MBR ids that a computer starts from: their loss asks for more than a checkbox. */
const BOOT_TYPES = new Set([
  "c12a7328-f81f-11d2-ba4b-00a0c93ec93b", // EFI system partition
  "21686148-6449-6e6f-744e-656564454649", // BIOS boot partition
  "0xef",
]);

/** How strongly a restore onto this disk asks: by what is lost (STYLE: graduated confirmation). */
export function confirmationFor(target: Disk, losses: readonly Loss[]): Confirmation {
  const name = diskName(target);
  const words = confirmationWords(target);
  const [first, ...others] = losses;
  if (!first) return { level: "none", ...say("confirm.nothing", { disk: name }), words };
  const sentence = say("confirm.erase", { loss: first, others: others.length, disk: name });
  const bootable = target.partitions.some((p) => p.active || BOOT_TYPES.has(p.type));
  return { level: bootable ? "type" : "acknowledge", ...sentence, words };
}

/** Short enough to type, and different between two disks of one model. */
const confirmationWords = (target: Disk): string =>
  target.serial ? target.serial.slice(-4) : (target.path.split("/").at(-1) ?? target.id);

/**
 * Checks what a user, a script or the interface gave as confirmation of a plan: the target's stable id always
 * does; for a raw disk image also its path; the shown words where the plan asks to type them.
 * @throws CONFIRM_MISMATCH
 */
export function checkConfirmation(
  {
    target,
    confirmation,
  }: Pick<RestorePlan, "confirmation"> & { target: Pick<RestorePlan["target"], "id" | "kind" | "path"> },
  given: string,
): void {
  if (given === target.id) return;
  if (target.kind === "file" && resolve(given) === target.path) return;
  if (confirmation.level === "type" && given === confirmation.words) return;
  throw new LifeboatError("CONFIRM_MISMATCH", { asked: target.id });
}
