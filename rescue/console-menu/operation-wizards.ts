import { diskName } from "#imaging/inventory/disk.ts";
import { choose } from "#rescue/console-menu/ask.ts";
import { chooseDisk, readRefusal, writeRefusal } from "#rescue/console-menu/choose-disk.ts";
import { chooseImage } from "#rescue/console-menu/choose-image.ts";
import type { Context } from "#rescue/console-menu/context.ts";
import { messages } from "#rescue/console-menu/messages.ts";
import { reviewOperation } from "#rescue/console-menu/review-operation.ts";
import type { FollowedJob } from "#rescue/console-menu/shown-job.ts";

const m = messages.disk;
const steps = (count: number) => (number: number) => messages.step(number, count);
/** The last two of so many steps. */
const lastOf = (count: number) => (step: "plan" | "confirm") =>
  messages.step(step === "plan" ? count - 1 : count, count);

/** Source, target, whether to read back, plan, confirmation. */
export async function cloneWizard(context: Context): Promise<FollowedJob | undefined> {
  const mark = steps(5);
  const source = await chooseDisk(context, { title: m.cloned, mark: mark(1), refusal: readRefusal });
  if (!source) return undefined;
  const lead = m.targetLead(diskName(source));
  const refusal = (disk: Parameters<typeof writeRefusal>[0]) => writeRefusal(disk, source);
  const target = await chooseDisk(context, { title: m.target, mark: mark(2), lead, refusal });
  if (!target) return undefined;
  const verify = await askToVerify(context, messages.options.title, messages.options.lead, mark(3));
  if (verify === undefined) return undefined;
  const request = { kind: "clone", diskId: source.id, targetId: target.id, verify } as const;
  return reviewOperation(context, request, lastOf(5));
}

/** Disk, plan, confirmation. */
export async function repairWizard(context: Context): Promise<FollowedJob | undefined> {
  const disk = await chooseDisk(context, { title: m.repaired, mark: steps(3)(1), refusal: (one) => writeRefusal(one) });
  return disk && reviewOperation(context, { kind: "boot-repair", diskId: disk.id }, lastOf(3));
}

/** Image, plan, confirmation. */
export async function verifyWizard(context: Context): Promise<FollowedJob | undefined> {
  const image = await chooseImage(context, messages.image.verified, steps(3)(1));
  return image && reviewOperation(context, { kind: "verify", imageId: image.id }, lastOf(3));
}

export async function askToVerify(
  { terminal }: Context,
  title: string,
  lead: string,
  mark: string,
): Promise<boolean | undefined> {
  const choices = [
    { value: true, label: messages.options.yes },
    { value: false, label: messages.options.no },
  ];
  const chosen = await choose(terminal, { title, mark, lead, choices });
  return chosen.type === "chosen" ? chosen.value : undefined;
}
