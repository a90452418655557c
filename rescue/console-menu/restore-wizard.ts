import { isLifeboatError } from "#base/errors.ts";
import { formatBytes, formatTime } from "#base/units.ts";
import { describePlan } from "#imaging/plan/describe-plan.ts";
import type { FoundImage, Job, RestorePlan, TargetChoice } from "#rescue/api/contract.ts";
import { ask, type Choice, choose, read } from "#rescue/console-menu/ask.ts";
import { attempt, type Context } from "#rescue/console-menu/context.ts";
import { messages } from "#rescue/console-menu/messages.ts";

const STEPS = 5;
const mark = (number: number): string => messages.step(number, STEPS);

/** Image, disk, options, plan, confirmation. @returns the job that was started; undefined when the user went back */
export async function restoreWizard(context: Context): Promise<Job | undefined> {
  for (;;) {
    const image = await chooseImage(context);
    if (!image) return undefined;
    const job = await chooseTarget(context, image);
    if (job) return job;
  }
}

async function chooseImage(context: Context): Promise<FoundImage | undefined> {
  const { terminal, client } = context;
  const { title, none, again } = messages.image;
  let images = (await attempt(context, title, () => client.call("images"))) ?? [];
  for (;;) {
    const choices = images.map(imageChoice);
    const chosen = await choose(terminal, { title, mark: mark(1), choices, none, letters: { r: again } });
    if (chosen.type === "back") return undefined;
    if (chosen.type === "letter") {
      images = (await attempt(context, title, () => client.call("rescanImages"))) ?? images;
      continue;
    }
    const image = chosen.value.protection === "locked" ? await unlock(context, chosen.value) : chosen.value;
    if (image) return image;
  }
}

function imageChoice(image: FoundImage): Choice<FoundImage> {
  const { manifest, fileName, place, fileSize, protection, problem } = image;
  const { disk } = manifest ?? {};
  const machine = disk?.model ?? messages.image.unknownMachine;
  const made =
    manifest && messages.image.madeOf(formatTime(manifest.createdAt), machine, formatBytes(manifest.disk.size));
  const locked = protection === "locked" ? messages.image.locked : undefined;
  const detail = [made ?? locked, messages.image.place(place, formatBytes(fileSize))].filter(Boolean).join("; ");
  return {
    value: image,
    label: manifest ? `${manifest.name} (${fileName})` : fileName,
    detail,
    ...(problem && { refusal: problem.text }),
  };
}

async function unlock({ terminal, client }: Context, image: FoundImage): Promise<FoundImage | undefined> {
  const { title, password: lead, passwordField: field } = messages.image;
  let problem: string | undefined;
  for (;;) {
    const question = { title, mark: mark(1), lead: [lead(image.fileName)], field, isSecret: true };
    const password = await ask(terminal, { ...question, ...(problem !== undefined && { problem }) });
    if (password === undefined) return undefined;
    if (password === "") continue;
    terminal.draw({ title, mark: mark(1), body: [{ text: messages.waiting }], keys: "" });
    try {
      return await client.call("unlockImage", { params: { imageId: image.id }, body: { password } });
    } catch (error) {
      if (!isLifeboatError(error) || error.code === "SERVER_UNREACHABLE") throw error;
      problem = `${error.text}. ${error.next}`;
    }
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
      const job = await chooseOptions(context, image, chosen.value.disk.id);
      if (job) return job;
    }
    targets = await list();
  }
  return undefined;
}

function targetChoice(choice: TargetChoice): Choice<TargetChoice> {
  const { disk, name, refusal } = choice;
  const { bus, serial, path } = disk;
  const { holds, empty, unreadable, serial: withSerial, noSerial } = messages.target;
  const names = disk.partitions
    .filter(({ role }) => role !== "extended")
    .map(({ name: partition, filesystem, typeName }) => filesystem?.label || partition || filesystem?.type || typeName);
  const content = disk.unreadable ? unreadable : names.length === 0 ? empty : holds(names.join(", "));
  const where = serial ? withSerial(bus, serial, path) : noSerial(bus, path);
  return {
    value: choice,
    label: `${name}, ${formatBytes(disk.size)}`,
    detail: `${where}; ${content}`,
    ...(refusal && { refusal: refusal.text }),
  };
}

async function chooseOptions(context: Context, image: FoundImage, targetId: string): Promise<Job | undefined> {
  const { title, lead, yes, no } = messages.options;
  for (;;) {
    const choices = [
      { value: true, label: yes },
      { value: false, label: no },
    ];
    const chosen = await choose(context.terminal, { title, mark: mark(3), lead, choices });
    if (chosen.type !== "chosen") return undefined;
    const job = await review(context, { imageId: image.id, targetId, verifyTarget: chosen.value });
    if (job) return job;
  }
}

interface Wish {
  readonly imageId: string;
  readonly targetId: string;
  readonly verifyTarget: boolean;
}

async function review(context: Context, { imageId, targetId, verifyTarget }: Wish): Promise<Job | undefined> {
  const { terminal, client } = context;
  const { title, keys, power } = messages.plan;
  let notes: string[] = [];
  for (;;) {
    const options = { verifyTarget, salvage: false };
    const body = { imageId, targetId, options };
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

/** By words to be typed wherever something is lost. @returns "stale" when the plan has to be looked at once more */
async function confirm(context: Context, plan: RestorePlan): Promise<Job | undefined | "stale"> {
  const { level, words, text } = plan.confirmation;
  if (level === "none") return confirmLossless(context, plan);
  const { title, type, field, word, wrong } = messages.confirm;
  const wanted = level === "type" ? words : word;
  let problem: string | undefined;
  for (;;) {
    const question = { title, mark: mark(5), lead: [text, "", type(wanted)], field };
    const typed = await ask(context.terminal, { ...question, ...(problem !== undefined && { problem }) });
    if (typed === undefined) return undefined;
    if (typed.trim() === wanted) return start(context, plan, level === "type" ? wanted : plan.target.id);
    problem = wrong(wanted);
  }
}

async function confirmLossless(context: Context, plan: RestorePlan): Promise<Job | undefined | "stale"> {
  const { title, start: label, cancel, lossless } = messages.confirm;
  // The safe one is where an absent-minded Enter lands.
  const choices = [
    { value: false, label: cancel },
    { value: true, label },
  ];
  const chosen = await choose(context.terminal, { title, mark: mark(5), lead: lossless, choices });
  return chosen.type === "chosen" && chosen.value ? start(context, plan, plan.target.id) : undefined;
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
