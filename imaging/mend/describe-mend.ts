import { printable } from "#base/printable.ts";
import type { Sentence } from "#base/sentence.ts";
import { shellQuote } from "#base/shell-quote.ts";
import { isIdle } from "#imaging/mend/idle.ts";
import type { MendNote, MendPlan, MendReport, MendStep } from "#imaging/mend/mend.ts";
import { say } from "#imaging/words/say.ts";

type Described = Pick<MendPlan, "systems" | "partitions" | "loaders" | "disk" | "notes" | "problems">;

export const describeMendPlan = (plan: MendPlan): string =>
  inText([...mendPlanLines(plan), { text: `Confirm with: --yes-change ${shellQuote(plan.target.id)}` }]);

export const describeMendReport = (report: MendReport): string => inText(mendReportLines(report));

export function mendPlanLines(plan: MendPlan): Sentence[] {
  const { id, wish, target } = plan;
  const { name: disk, path, size } = target;
  return [
    wish.undo ? say("mend.take-back", { id, disk, time: wish.undo.time ?? "" }) : say("mend.plan", { id, disk }),
    say("mend.disk", { path, size, id: target.id }),
    say("mend.safe"),
    say(isIdle(plan) ? (isStopped(plan) ? "mend.stopped" : "mend.nothing-to-do") : "mend.will"),
    ...describe(plan),
  ];
}

export const mendReportLines = (report: MendReport): Sentence[] => [
  say(isIdle(report) ? (isStopped(report) ? "mend.was-stopped" : "mend.was-nothing-to-do") : "mend.was"),
  ...describe(report),
  ...(report.entries ?? []).map((entry) => say("mend.entry", entry)),
  say("line.seconds", { seconds: report.seconds }),
];

/** What could not be done must not pass for what need not be. */
const isStopped = ({ systems, problems }: Described): boolean =>
  problems.length > 0 || systems.some((one) => one.problems.length > 0);

const describe = ({ systems, partitions, loaders, disk, notes, problems }: Described): Sentence[] => [
  ...partitions.map((text) => say("line.item", { text })),
  ...systems.flatMap((system) => [
    say("mend.system", { name: system.name }),
    ...describeSteps(system.steps),
    ...remarks(system),
    ...(system.steps.length + system.notes.length + system.problems.length === 0 ? [say("mend.system-idle")] : []),
  ]),
  ...(loaders.length > 0 ? [say("mend.esp"), ...loaders.map(describeStep)] : []),
  ...(disk.length > 0 ? [say("mend.outside"), ...disk.map((text) => say("line.item", { text }))] : []),
  ...remarks({ notes, problems }),
];

/** More modules of GRUB than these, of which some hundred come together, are one line: what else is done must be seen. */
const FEW_MODULES = 8;

function describeSteps(steps: readonly MendStep[]): Sentence[] {
  const modules = steps.filter(({ said }) => said?.key === "boot.module");
  const [first] = modules;
  if (!first || modules.length <= FEW_MODULES) return steps.map(describeStep);
  const all = say("boot.modules", { count: modules.length, isOwn: first.said?.values["isOwn"] === true });
  const shown = steps.filter((step) => step === first || !modules.includes(step));
  return shown.map((step) => (step === first ? say("line.item", { text: all }) : describeStep(step)));
}

const describeStep = ({ what, ...text }: MendStep): Sentence =>
  what === undefined || text.text.includes(what) ? say("line.item", { text }) : say("line.item-of", { text, what });

const remarks = ({ notes, problems }: { notes: readonly MendNote[]; problems: readonly MendNote[] }): Sentence[] => [
  ...problems.flatMap((note) => [say("line.problem", { text: note }), ...nextOf(note)]),
  ...notes.flatMap((note) => [say("line.note", { text: note }), ...nextOf(note)]),
];

const nextOf = ({ next, nextSaid }: MendNote): Sentence[] =>
  next === undefined ? [] : [say("line.next", { text: { text: next, said: nextSaid } })];

/** A line each: a name from somebody's disk must not add one. */
const inText = (all: readonly Sentence[]): string => all.map(({ text }) => printable(text)).join("\n");
