import { isLifeboatError } from "#base/errors.ts";
import { formatBytes } from "#base/units.ts";
import { describePlan } from "#imaging/plan/describe-plan.ts";
import type { FoundImage, Job, RestorePlan, RestoreWish, TargetChoice } from "#rescue/api/contract.ts";
import { type Choice, choose, read } from "#rescue/console-menu/ask.ts";
import { describeDisk } from "#rescue/console-menu/choose-disk.ts";
import { chooseImage } from "#rescue/console-menu/choose-image.ts";
import { confirmed } from "#rescue/console-menu/confirm.ts";
import { attempt, type Context } from "#rescue/console-menu/context.ts";
import { messages } from "#rescue/console-menu/messages.ts";

const STEPS = 5;
const mark = (number: number): string => messages.step(number, STEPS);

/** Image, disk, options, plan, confirmation. @returns the job that was started; undefined when the user went back */
export async function restoreWizard(context: Context): Promise<Job | undefined> {
  for (;;) {
    const image = await chooseImage(context, messages.image.title, mark(1));
    if (!image) return undefined;
    const job = await chooseTarget(context, image);
    if (job) return job;
  }
}

async function chooseTarget(context: Context, image: FoundImage): Promise<Job | undefined> {
  const { terminal, client } = context;
  const { title, lead, none } = messages.target;
  const size = formatBytes(image.manifest?.disk.size ?? 0);
  const list = () => attempt(context, title, () => client.call("targets", { params: { imageId: image.id } }));
  let targets = await list();
  while (targets) {
    const choices = targets.map(targetChoice);
    const text = lead(image.manifest?.name ?? image.fileName, size);
    const letters = { r: messages.image.again };
    const chosen = await choose(terminal, { title, mark: mark(2), lead: text, choices, none, letters });
    if (chosen.type === "back") return undefined;
    if (chosen.type === "chosen") {
      const job = await chooseOptions(context, image, chosen.value);
      if (job) return job;
    }
    targets = await list();
  }
  return undefined;
}

function targetChoice(choice: TargetChoice): Choice<TargetChoice> {
  const { refusal } = choice;
  return { value: choice, ...describeDisk(choice.disk), ...(refusal && { refusal: refusal.text }) };
}

async function chooseOptions(
  context: Context,
  image: FoundImage,
  { disk, needsLayout }: TargetChoice,
): Promise<Job | undefined> {
  // There is no page for layouts here: the one that loses least is taken, and the plan shows it.
  const wish = needsLayout ? { layout: { mode: "shrink" as const } } : {};
  const { title, lead, yes, no } = messages.options;
  for (;;) {
    const choices = [
      { value: true, label: yes },
      { value: false, label: no },
    ];
    const chosen = await choose(context.terminal, { title, mark: mark(3), lead, choices });
    if (chosen.type !== "chosen") return undefined;
    const job = await review(context, { imageId: image.id, targetId: disk.id, verifyTarget: chosen.value, wish });
    if (job) return job;
  }
}

interface Wish {
  readonly imageId: string;
  readonly targetId: string;
  readonly verifyTarget: boolean;
  readonly wish: RestoreWish;
}

async function review(context: Context, { imageId, targetId, verifyTarget, wish }: Wish): Promise<Job | undefined> {
  const { terminal, client } = context;
  const { title, keys, power } = messages.plan;
  let notes: string[] = [];
  for (;;) {
    const options = { verifyTarget, salvage: false };
    const body = { imageId, targetId, options, wish };
    const plan = await attempt(context, title, () => client.call("planRestore", { body }));
    if (!plan) return undefined;
    const { warning } = await client.call("powerState");
    const said = [...notes, ...(warning ? [power(warning.text)] : []), ...planLines(plan)];
    if (!(await read(terminal, { title, mark: mark(4), lines: said, keys }))) return undefined;
    const started = await confirm(context, plan);
    if (started !== "stale") return started;
    notes = [messages.plan.stale, ""];
  }
}

/** How a script would confirm it is nothing to do here. */
const planLines = (plan: RestorePlan): string[] =>
  describePlan(plan)
    .split("\n")
    .filter((line) => !line.startsWith("Confirm with:"));

/** @returns "stale" when the plan has to be looked at once more */
async function confirm(context: Context, plan: RestorePlan): Promise<Job | undefined | "stale"> {
  const { confirmation, target } = plan;
  const words = await confirmed(
    context.terminal,
    mark(5),
    { ...confirmation, id: target.id },
    messages.confirm.lossless,
  );
  return words === undefined ? undefined : start(context, plan, words);
}

async function start(context: Context, plan: RestorePlan, words: string): Promise<Job | undefined | "stale"> {
  const { client } = context;
  let isStale = false;
  const job = await attempt(context, messages.confirm.title, () =>
    client.call("startRestore", { body: { planId: plan.id, confirm: words } }).catch((error) => {
      isStale = isLifeboatError(error, "PLAN_STALE");
      if (!isStale) throw error;
      return undefined;
    }),
  );
  return isStale ? "stale" : job;
}
