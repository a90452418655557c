import { bestCheckingPeer, compare, goals, medianOf, timesTheLimit } from "./evaluate.ts";
import {
  type BenchResult,
  type Limits,
  OPERATIONS,
  type Operation,
  type SideResult,
  type SubjectResult,
} from "./result.ts";

const BEGIN = "<!-- bench -->";
const END = "<!-- end -->";

/** The whole run in Markdown: goals first, then every subject with seconds, memory, sizes and limits. */
export function writeTable(result: BenchResult): string {
  const { date, machine, rounds, cache, subjects } = result;
  return [
    `${date}; ${machine}. ${rounds} round${rounds === 1 ? "" : "s"}, page cache ${cache}.`,
    goalTable(result),
    ...subjects.map(subjectTables),
    programTable(subjects),
  ].join("\n\n");
}

/** Puts a table between two of the page's markers. */
export function keepTable(page: string, table: string, [first, last] = [BEGIN, END]): string {
  const [begin, end] = [page.indexOf(first), page.indexOf(last)];
  if (begin < 0 || end < begin) throw new Error(`the page has no ${first} with ${last} behind it`);
  return `${page.slice(0, begin + first.length)}\n${table}\n${page.slice(end)}`;
}

/** Columns of numbers stand to the right. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const isNumeric = (_: string, column: number) => rows.every((row) => /^([\d.]+( GB)?)?$/.test(row[column] ?? ""));
  const rule = head.map(isNumeric).map((numeric) => (numeric ? "---:|" : "---|"));
  return [line(head), `|${rule.join("")}`, ...rows.map(line)].join("\n");
}

function goalTable(result: BenchResult): string {
  const rows = goals(result).map(({ what, ratio, atMost, met }) => [what, two(ratio), two(atMost), met ? "yes" : "NO"]);
  return markdownTable(["goal (ours in multiples of)", "measured", "at most", "met"], rows);
}

function subjectTables(subject: SubjectResult): string {
  const { name, diskBytes, filesystems, limits } = subject;
  const title = name === "whole" ? "Whole disk" : `Only ${name}`;
  const about = `${gigabytes(diskBytes)} with ${filesystems.join(", ")}; ${gigabytes(limits.usedBytes)} used.`;
  return [`### ${title}`, about, operationTable(subject), limitLines(subject)].join("\n\n");
}

function operationTable(subject: SubjectResult): string {
  const comparisons = compare(subject);
  const rows = OPERATIONS.flatMap((operation) =>
    [subject.ours, ...subject.peers].flatMap((side) => {
      const runs = side.runs[operation];
      if (!runs) return [];
      const ratio = comparisons.find((one) => one.operation === operation && one.peer === side.name);
      const size = operation === "capture" ? gigabytes(side.imageBytes) : "";
      return [
        [
          `${operation}, ${side.name}`,
          ...[two(medianOf(runs, "wallSeconds")), two(medianOf(runs, "cpuSeconds"))],
          ...[medianOf(runs, "rssMiB").toFixed(0), medianOf(runs, "cachedMiB").toFixed(0), size],
          ...(ratio ? [two(ratio.wall), two(ratio.cpu), two(ratio.rss)] : ["", "", ""]),
        ],
      ];
    }),
  );
  const head = ["operation", "wall s", "CPU s", "MiB", "MiB cached", "image", "ours / it: wall", "CPU", "memory"];
  return [markdownTable(head, rows), againstPeers(subject)].filter(Boolean).join("\n\n");
}

/** Sentences for what has no row of its own. */
function againstPeers(subject: SubjectResult): string {
  const all = compare(subject);
  const sentences = (operation: Operation, theirs: string): string[] =>
    all
      .filter((one) => one.operation === operation)
      .map(({ peer, wall, cpu }) => `- ${operation}, against ${peer}'s ${theirs}: wall ${two(wall)}, CPU ${two(cpu)}`);
  const best = (["pieces", "stream"] as const).map((atLeast) => {
    const peer = bestCheckingPeer(subject.peers, "capture", atLeast)?.name;
    const cpu = all.find((one) => one.operation === "capture" && one.peer === peer)?.cpu;
    const kind = atLeast === "pieces" ? "a checksum of each piece" : "any checksum at all";
    return cpu === undefined
      ? ""
      : `- the best peer whose image holds ${kind} is ${peer}: ours takes ${two(cpu)} of its CPU time to capture`;
  });
  return [
    ...best,
    ...sentences("capture, verified", "capture and then verification"),
    ...sentences("restore, read back", "restore, which is not"),
    ...sentences("verify, quick", "verification, which expands"),
  ]
    .filter(Boolean)
    .join("\n");
}

function limitLines(subject: SubjectResult): string {
  const { limits } = subject;
  const { capture, verify, quickVerify } = timesTheLimit(subject);
  const seconds = (speed: keyof Limits) => limits.usedBytes / limits[speed];
  const row = (what: string, key: keyof Limits, times?: number) => [
    what,
    (limits[key] / 1e6).toFixed(0),
    two(seconds(key)),
    times === undefined || Number.isNaN(times) ? "" : two(times),
  ];
  return markdownTable(
    ["limit, all cores together", "MB/s", "s for the used bytes", "ours in multiples"],
    [
      row("zstd -3 (capture)", "zstd3", capture),
      row("SHA-256 (verify)", "sha256", verify),
      row("SHA-256 (verify, quick)", "sha256", quickVerify),
      row("expanding zstd", "unzstd"),
      row("reading from the page cache", "read"),
      row("copying memory", "memcpy"),
    ],
  );
}

function programTable(subjects: readonly SubjectResult[]): string {
  const sides = new Map<string, SideResult>();
  for (const { ours, peers } of subjects) for (const side of [ours, ...peers]) sides.set(side.name, side);
  const words = { pieces: "each piece", stream: "the stream", none: "none" } as const;
  const rows = [...sides.values()].map(({ name, version, storedCheck, checks }) => [
    name,
    version,
    words[storedCheck],
    checks,
  ]);
  return [
    "### Programs",
    markdownTable(["program", "version", "checksums of", "what is stored and checked"], rows),
  ].join("\n\n");
}

const two = (value: number): string => value.toFixed(2);
const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;
