import type { Finding } from "#imaging/prove/judge/judge.ts";
import type { Cause, Stage, Verdict } from "#imaging/prove/judge/stage.ts";
import { NO_STATE, type SystemState } from "#imaging/prove/prepare/marker.ts";

/** Why it was watched no longer. */
export type Ended =
  /** It is up, or it stopped, and that is known. */
  | "known"
  | "powered-off"
  | "restarts"
  | "time-over"
  /** Nothing was printed, read or drawn any more. */
  | "silent"
  | "copy-full";

/** What was seen of a start. */
export interface Observed {
  readonly ended: Ended;
  readonly reached: Stage;
  readonly finding: Finding | undefined;
  readonly complaints: readonly string[];
  readonly state: SystemState;
  /** The kernel's line about a disk that it has found. */
  readonly disk: string | undefined;
  /** What stands in the last line of the serial port. */
  readonly partial: string;
  /** The picture was one, and no text. */
  readonly hasPicture: boolean;
  readonly quietSeconds: number;
  readonly readFailure: string | undefined;
}

/** What is known of the disk without starting it. */
export interface DiskFacts {
  readonly firmware: "bios" | "uefi";
  /** The first sector holds a program. */
  readonly hasBootCode: boolean;
  /** UUIDs, labels and GUIDs by which a system may call its root. */
  readonly names: readonly string[];
  /** Those are all: nothing of it is closed to us. */
  readonly allNamed: boolean;
  /** Kernels print on the serial port. */
  readonly isPrepared: boolean;
}

export interface Conclusion {
  readonly verdict: Verdict;
  readonly cause: Cause | undefined;
  readonly reached: Stage;
  /** The line that shows it. */
  readonly evidence: string | undefined;
  /** How the root is called that was not found. */
  readonly wanted: string | undefined;
}

/** What a start that was watched means. Pure. */
export function conclude(seen: Observed, disk: DiskFacts): Conclusion {
  const { reached, finding, readFailure } = seen;
  const none = { evidence: undefined, wanted: undefined, reached };
  if (seen.ended === "copy-full") return { ...none, verdict: "unknown", cause: "copy-full" };
  if (finding) return fromFinding(finding, seen, disk);
  if (reached === "up") return { ...none, verdict: "up", cause: undefined, evidence: upLine(seen.state) };
  // Whatever else it is, it is no fault of what should start.
  if (readFailure !== undefined) return { ...none, verdict: "unknown", cause: "read-failed", evidence: readFailure };
  return fromEnd(seen, disk);
}

function fromFinding(finding: Finding, seen: Observed, disk: DiskFacts): Conclusion {
  const { verdict, cause, line } = finding;
  const { reached } = seen;
  const said = { verdict, reached, evidence: line };
  if (cause === "root-missing") {
    const shown = [line, ...seen.complaints].find((text) => wantedIn(text) !== undefined) ?? line;
    const wanted = wantedIn(shown);
    return { ...said, cause: whyMissing(wanted, seen, disk), evidence: shown, wanted };
  }
  const why =
    cause === "emergency" ? seen.complaints.find((text) => /FAILED|DEPEND|TIME|Timed out/.test(text)) : undefined;
  return { ...said, cause, evidence: why ?? line, wanted: undefined };
}

/** A disk that the kernel has not found hides whatever it is asked for; one that it has found does not. */
function whyMissing(wanted: string | undefined, { disk }: Observed, { names, allNamed }: DiskFacts): Cause {
  const isPath = wanted === undefined || wanted.startsWith("/");
  const isKnown = !isPath && names.some((name) => name.toLowerCase() === wanted.toLowerCase());
  if (!isPath && !isKnown && allNamed) return "wrong-root";
  return disk === undefined ? "missing-driver" : "root-missing";
}

const WANTED =
  /(?:PART)?(?:UUID|LABEL)=["']?([^\s"'.]{1,128}(?:\.[^\s"'.]+)*)|by-(?:part)?(?:uuid|label)[/-]([^\s"']{1,128}?)(?:\.device)?["']?(?:\s|$|:)/;
const PATH = /(\/dev\/[\w./-]{1,128})/;

/** How a line calls the file system that was not found: by UUID, label, or the path of a device. */
export function wantedIn(line: string): string | undefined {
  const text = line.replaceAll("\\x2d", "-").replaceAll("\\x20", " ");
  const [, tagged, linked] = WANTED.exec(text) ?? [];
  return tagged ?? linked ?? PATH.exec(text)?.[1];
}

function fromEnd(seen: Observed, disk: DiskFacts): Conclusion {
  const { reached, ended, partial } = seen;
  const evidence = partial.trim() || undefined;
  const said = { reached, evidence, wanted: undefined };
  if (ended === "powered-off" || ended === "restarts") return { ...said, verdict: "unknown", cause: ended };
  const isEarly = reached === "nothing" || reached === "firmware";
  if (isEarly && disk.firmware === "bios" && !disk.hasBootCode && ended === "silent")
    return { ...said, verdict: "no-boot-loader", cause: "nothing-to-start" };
  // GRUB's first sector prints its name, and goes on to one that is not there.
  if (isEarly && /^GRUB$/.test(partial.trim()))
    return { ...said, verdict: "boot-loader", cause: "loader-error", reached: "boot-loader" };
  if (ended === "time-over") return { ...said, verdict: "unknown", cause: "time-over" };
  return { ...said, verdict: "unknown", cause: seen.hasPicture && !disk.isPrepared ? "still-picture" : "silent" };
}

function upLine({ host, state, login, display }: SystemState): string | undefined {
  if (state === NO_STATE.state) return undefined;
  const shown = [display, ...login].filter((unit) => unit !== undefined).slice(0, 2);
  return [host, state, ...shown].filter((text) => text !== undefined).join(", ");
}
