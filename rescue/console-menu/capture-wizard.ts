import { formatBytes } from "#base/units.ts";
import type { Destination, Disk } from "#rescue/api/contract.ts";
import { ask, type Choice, choose } from "#rescue/console-menu/ask.ts";
import { chooseDisk, readRefusal } from "#rescue/console-menu/choose-disk.ts";
import { attempt, type Context } from "#rescue/console-menu/context.ts";
import { messages } from "#rescue/console-menu/messages.ts";
import { askToVerify } from "#rescue/console-menu/operation-wizards.ts";
import { reviewOperation } from "#rescue/console-menu/review-operation.ts";
import type { FollowedJob } from "#rescue/console-menu/shown-job.ts";

const STEPS = 7;
const mark = (number: number): string => messages.step(number, STEPS);
const m = messages.capture;

/** Disk, place, name, password, whether to read back, plan, confirmation. */
export async function captureWizard(context: Context): Promise<FollowedJob | undefined> {
  const disk = await chooseDisk(context, { title: messages.disk.source, mark: mark(1), refusal: readRefusal });
  if (!disk) return undefined;
  const place = await choosePlace(context, disk);
  if (!place) return undefined;
  const name = await askName(context, disk);
  if (name === undefined) return undefined;
  const password = await askPassword(context, place);
  if (password === undefined) return undefined;
  const verify = await askToVerify(context, m.verify, m.verifyLead, mark(5));
  if (verify === undefined) return undefined;
  const where = { diskId: disk.id, destinationId: place.id, name, verify };
  const request = { kind: "capture", ...where, ...(password !== "" && { password }) } as const;
  return reviewOperation(context, request, (step) => mark(step === "plan" ? 6 : 7));
}

async function choosePlace(context: Context, disk: Disk): Promise<Destination | undefined> {
  const { where: title, none } = m;
  for (;;) {
    const places = await attempt(context, title, () => context.client.call("destinations"));
    if (!places) return undefined;
    const choices = places.map((place) => placeChoice(place, disk));
    const letters = { r: messages.image.again };
    const chosen = await choose(context.terminal, { title, mark: mark(2), choices, none, letters });
    if (chosen.type === "back") return undefined;
    if (chosen.type === "chosen") return chosen.value;
  }
}

function placeChoice(place: Destination, disk: Disk): Choice<Destination> {
  const { name, kind, size, free, repository, diskId } = place;
  const room =
    size === undefined
      ? undefined
      : free === undefined
        ? m.size(formatBytes(size))
        : m.room(formatBytes(free), formatBytes(size));
  const about = [m.kinds[kind], room, repository === "none" ? undefined : m.repository];
  const detail = about.filter((text) => text !== undefined).join("; ");
  return { value: place, label: name, detail, ...(diskId === disk.id && { refusal: m.same }) };
}

/** As the API wants it: a name that is one on the file systems of Windows too. */
const isName = (name: string): boolean => /^[^/\\:*?"<>|\p{Cc}]{1,100}$/u.test(name) && !/^[. ]|[. ]$/.test(name);

async function askName({ terminal }: Context, disk: Disk): Promise<string | undefined> {
  const suggested = (disk.model ?? disk.path.split("/").at(-1) ?? "disk").replaceAll(/[^\p{L}\p{N} ._-]+/gu, "-");
  let value = `${suggested} ${new Date().toISOString().slice(0, 10)}`;
  let problem: string | undefined;
  for (;;) {
    const question = { title: m.nameField, mark: mark(3), lead: [m.name], field: m.nameField, value };
    const typed = await ask(terminal, { ...question, ...(problem !== undefined && { problem }) });
    if (typed === undefined || isName(typed)) return typed;
    [value, problem] = [typed, m.badName];
  }
}

/** @returns "" for an image that anybody may read; undefined when the user went back */
async function askPassword({ terminal }: Context, { repository }: Destination): Promise<string | undefined> {
  if (repository === "open") return "";
  const secret = (text: string, problem?: string) => {
    const question = { title: m.encrypt, mark: mark(4), lead: [text], field: messages.image.passwordField };
    return ask(terminal, { ...question, isSecret: true, ...(problem !== undefined && { problem }) });
  };
  if (repository === "locked") return (await secret(m.repositoryPassword)) || undefined;
  const choices = [
    { value: false, label: m.no },
    { value: true, label: m.yes },
  ];
  const chosen = await choose(terminal, { title: m.encrypt, mark: mark(4), lead: m.encryptLead, choices });
  if (chosen.type !== "chosen") return undefined;
  if (!chosen.value) return "";
  for (let problem: string | undefined; ; problem = m.differ) {
    const first = await secret(m.password, problem);
    if (!first) return undefined;
    const second = await secret(m.again);
    if (second === undefined || second === first) return second;
  }
}
