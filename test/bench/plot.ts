import { type Comparison, compare, type Goal, goals, timesTheLimit } from "./evaluate.ts";
import type { BenchResult, Operation } from "./result.ts";

/** One bar: what ours takes, in multiples of something. */
export interface Bar {
  readonly label: string;
  readonly ratio: number;
  /** Where the mark of the goal stands. */
  readonly goal?: number;
}

export interface Panel {
  readonly title: string;
  readonly bars: readonly Bar[];
}

const WIDTH = 800;
const LEFT = 210;
const RIGHT = 70;
const ROW = 26;
const BAR = 14;
const HEAD = 44;
const TOP = 64;
/** The axis ends here; a longer bar is cut, and its number still says how long it is. */
const MOST = 1.5;

const STYLE = `
  svg { --paper: #ffffff; --ink: #1c2430; --soft: #5b6675; --line: #d5dae1; --met: #2f6f9f; --missed: #b4541a; --plain: #8e9aa8; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #14181e; --ink: #e6eaf0; --soft: #a3adba; --line: #343c47; --met: #6db1e0; --missed: #e8935a; --plain: #6f7b8a; }
  }
  text { font: 13px system-ui, "DejaVu Sans", sans-serif; fill: var(--ink); }
  .title { font-size: 18px; font-weight: 600; } .panel { font-weight: 600; } .soft { fill: var(--soft); font-size: 12px; }
  .number { font-variant-numeric: tabular-nums; } .end { text-anchor: end; } .middle { text-anchor: middle; }
  .paper { fill: var(--paper); } .grid { stroke: var(--line); } .one { stroke: var(--soft); stroke-dasharray: 3 3; }
  .met { fill: var(--met); } .missed { fill: var(--missed); } .plain { fill: var(--plain); }
  .goal { stroke: var(--ink); stroke-width: 2.5; } .cut { stroke: var(--paper); stroke-width: 3; }`;

/** Ratios as horizontal bars, one panel for each operation; legible on light and dark pages, in colour and without. */
export function drawPlot(result: BenchResult): string {
  const panels = plotPanels(result);
  const heights = panels.map(({ bars }) => HEAD + bars.length * ROW);
  const height = TOP + heights.reduce((sum, one) => sum + one, 0) + 40;
  const tops = heights.map((_, at) => TOP + heights.slice(0, at).reduce((sum, one) => sum + one, 0));
  const { date, rounds, cache } = result;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="Lifeboat against other imaging programs">`,
    `<style>${STYLE}\n</style>`,
    `<rect class="paper" width="${WIDTH}" height="${height}"/>`,
    text(24, 34, "title", "What Lifeboat takes, in multiples of the peer"),
    text(
      24,
      54,
      "soft",
      `Shorter is better; 1 is as much as the peer takes. ${date}, ${rounds === 1 ? "1 round" : `${rounds} rounds`}, page cache ${cache}.`,
    ),
    ...panels.map((panel, at) => drawPanel(panel, tops[at] ?? TOP)),
    `<line class="goal" x1="${LEFT}" x2="${LEFT}" y1="${height - 26}" y2="${height - 12}"/>`,
    text(
      LEFT + 8,
      height - 14,
      "soft",
      "goal: the bar should end at or before this mark (✓ it does, ✗ it does not; grey: no goal)",
    ),
    "</svg>",
    "",
  ].join("\n");
}

export function plotPanels(result: BenchResult): Panel[] {
  const all = result.subjects.flatMap(compare);
  const wanted = goals(result);
  const panel = (title: string, operation: Operation, key: "wall" | "cpu"): Panel => ({
    title,
    bars: all
      .filter((one) => one.operation === operation && isShown(one, all))
      .map((one) =>
        bar(
          label(one),
          one[key],
          wanted,
          `${operation}, ${key === "cpu" ? "CPU" : "wall"} of ${one.peer}`,
          one.subject,
        ),
      ),
  });
  const whole = result.subjects.find(({ name }) => name === "whole");
  const limit = whole ? timesTheLimit(whole) : undefined;
  return [
    panel("Capture: CPU time", "capture", "cpu"),
    panel("Capture: wall time", "capture", "wall"),
    panel("Restore: wall time", "restore", "wall"),
    panel("Verify: wall time", "verify", "wall"),
    panel("Verify, quick: wall time", "verify, quick", "wall"),
    {
      title: "Wall time / limit",
      bars: limit
        ? [
            { label: "capture, zstd -3 of all cores", ratio: limit.capture, goal: 1.25 },
            { label: "verify, SHA-256 of all cores", ratio: limit.verify, goal: 1.25 },
            { label: "verify, quick, the same", ratio: limit.quickVerify, goal: 1.25 },
          ]
        : [],
    },
  ].filter(({ bars }) => bars.length > 0);
}

/** A program that takes the whole disk is shown there only. */
const isShown = ({ subject, peer }: Comparison, all: readonly Comparison[]): boolean =>
  subject === "whole" || !all.some((one) => one.subject === "whole" && one.peer === peer);

const label = ({ subject, peer }: Comparison): string => (subject === "whole" ? peer : `${peer}, ${subject} alone`);

function bar(name: string, ratio: number, wanted: readonly Goal[], what: string, subject: string): Bar {
  const found = wanted.find((goal) => goal.what.endsWith(`: ${what}`) && goal.what.startsWith(subject));
  return { label: name, ratio, ...(found ? { goal: found.atMost } : {}) };
}

const x = (ratio: number): number => LEFT + (Math.min(ratio, MOST) / MOST) * (WIDTH - LEFT - RIGHT);

function drawPanel({ title, bars }: Panel, top: number): string {
  const bottom = top + HEAD + bars.length * ROW - 8;
  const grid = [0, 0.5, 1, 1.5].map(
    (at) =>
      `<line class="${at === 1 ? "one" : "grid"}" x1="${x(at)}" x2="${x(at)}" y1="${top + HEAD - 8}" y2="${bottom}"/>` +
      text(x(at), top + HEAD - 14, "soft middle number", String(at)),
  );
  return [
    text(24, top + HEAD - 14, "panel", title),
    ...grid,
    ...bars.map((one, at) => drawBar(one, top + HEAD + at * ROW)),
  ].join("\n");
}

function drawBar({ label: name, ratio, goal }: Bar, top: number): string {
  const kind = goal === undefined ? "plain" : ratio <= goal ? "met" : "missed";
  const baseline = top + BAR - 2;
  const number = `${ratio.toFixed(2)}${goal === undefined ? "" : ratio <= goal ? " ✓" : " ✗"}`;
  const mark =
    goal === undefined
      ? ""
      : `<line class="goal" x1="${x(goal)}" x2="${x(goal)}" y1="${top - 4}" y2="${top + BAR + 4}"/>`;
  // Behind the bar and behind its goal: the number never stands on the mark.
  const end = Math.max(x(ratio), goal !== undefined && goal >= ratio && x(goal) - x(ratio) < 60 ? x(goal) : 0);
  return [
    text(LEFT - 12, baseline, "end", name),
    `<rect class="${kind}" x="${LEFT}" y="${top}" width="${(x(ratio) - LEFT).toFixed(1)}" height="${BAR}" rx="2"/>`,
    mark,
    ratio > MOST ? `<path class="cut" d="M${x(MOST) - 18} ${top + BAR + 2}l8 ${-BAR - 4}"/>` : "",
    text(end + 8, baseline, "number", number),
  ].join("");
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function text(at: number, y: number, kind: string, content: string): string {
  const escaped = content.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
  return `<text class="${kind}" x="${at.toFixed(1)}" y="${y}">${escaped}</text>`;
}
