import { LifeboatError } from "#base/errors.ts";
import { compareMedia } from "#base/medium-info.ts";
import { type Disk, type DiskPartition, diskName } from "#imaging/inventory/disk.ts";
import { confirmationFor } from "#imaging/plan/confirmation.ts";
import type { Confirmation, Loss } from "#imaging/plan/plan.ts";
import { bytesOfSide } from "./boot-volume.ts";
import { common, type PlannedSystem, refuseAsStick, stickHash, withId } from "./plan-common.ts";
import type { Stick } from "./read-stick.ts";
import type { StickOperation, StickPartition, StickPlan } from "./stick-plan.ts";
import { ageWarning, astrayWarning } from "./stick-warnings.ts";

/**
 * System + stick -> plan of its update. Pure and deterministic.
 * @param grubDiffers the stick's boot code for BIOS is another one
 * @throws STICK_FULL, TARGET_IS_BOOT_MEDIUM, TARGET_READ_ONLY, TARGET_IN_USE, OPEN_FAILED
 */
export function planUpdate(
  system: PlannedSystem,
  target: Disk,
  { stick, grubDiffers, now }: { readonly stick: Stick; readonly grubDiffers: boolean; readonly now: number },
): StickPlan {
  refuseAsStick(target);
  const age = compareMedia(stick.info, system.info);
  const isCurrent = age === "same" && !grubDiffers;
  const name = diskName(target);
  const have = bytesOfSide(stick.volume);
  if (!isCurrent && system.bytes > have)
    throw new LifeboatError("STICK_FULL", { target: name, need: system.bytes, have });
  const losses = isCurrent ? [] : stick.foreign.map(foreignLoss);
  return withId({
    ...common("update-stick", system, target),
    before: stick.info,
    partitions: [stick.bios, stick.boot, stick.data].flatMap((one) => (one ? [asItIs(one)] : [])),
    operations: isCurrent ? [] : updateOperations(system, { grubDiffers, setDiffers: age !== "same" }),
    losses,
    warnings: [...ageWarning(stick.info, system.info, now), ...(isCurrent ? [] : astrayWarning(stick))],
    writeBytes: isCurrent || age === "same" ? 0 : system.bytes,
    confirmation: updateConfirmation(target, losses),
    inventoryHash: stickHash(system, target, stick),
  });
}

const asItIs = ({ number, name = "", start, size, filesystem }: DiskPartition): StickPartition => ({
  ...{ number, name, start, size, filesystem: filesystem?.type },
});

function updateOperations(
  { info, bytes }: PlannedSystem,
  { grubDiffers, setDiffers }: { readonly grubDiffers: boolean; readonly setDiffers: boolean },
): StickOperation[] {
  const grub: StickOperation = {
    op: "write-grub",
    text: "Write GRUB for computers with a BIOS beside the present one, read it back, and switch to it",
    bytes: 0,
  };
  const set: StickOperation[] = [
    { op: "write-set", text: `Write Lifeboat ${info.version} beside the present system`, bytes },
    { op: "verify", text: "Read it back and compare it", bytes },
    { op: "switch", text: "Switch to it, by writing one sector", bytes: 0 },
    { op: "free-old", text: "Free the room of the old system", bytes: 0 },
  ];
  return [...(grubDiffers ? [grub] : []), ...(setDiffers ? set : [])];
}

const foreignLoss = (name: string): Loss => ({ kind: "content", text: `${name} on the boot partition`, size: 0 });

/** Nothing that an update takes away starts a computer: what it replaces is the rescue system. */
function updateConfirmation(target: Disk, losses: readonly Loss[]): Confirmation {
  const asked = confirmationFor(target, losses);
  return losses.length === 0
    ? { ...asked, text: `The data partition of ${diskName(target)} is not touched.` }
    : { ...asked, level: "acknowledge" };
}
