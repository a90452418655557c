import { LifeboatError } from "#base/errors.ts";
import type { Job } from "#imaging/explore/copy/copy-scan.ts";
import { type Complaint, readComplaint } from "#imaging/explore/copy/cp-complaint.ts";
import type { Abilities } from "#imaging/explore/copy/target-abilities.ts";
import { streamTool } from "#imaging/system/stream-tool.ts";

/** Files that are named; with more something is wrong that is no matter of single files. */
export const MOST_NAMED = 10_000;

interface CpOptions {
  readonly able: Abilities;
  readonly overwrite: boolean;
  readonly source: string;
  readonly signal: AbortSignal;
}

/**
 * All at once, so that names of one file in two of the paths stay names of one file.
 * @param into the folder that they go to; without it the one job's target is the copy's name
 * @returns what it complained of. @throws TOOL_FAILED when it failed and said nothing of a file
 */
export async function runCp(
  jobs: readonly Job[],
  into: string | undefined,
  { able, overwrite, source, signal }: CpOptions,
): Promise<Complaint[]> {
  const keep = [
    ...["timestamps", ...(able.permissions ? ["mode"] : []), ...(able.owners ? ["ownership"] : [])],
    ...[...(able.hardLinks ? ["links"] : []), ...(able.attributes ? ["xattr"] : [])],
  ];
  // A file of the target is renamed first, so that none is written through a link that lies there. Numbered: coreutils
  // 9.1 renames a file of the current folder instead where backups are simple ones (mended in 9.2).
  const existing = overwrite ? "--backup=numbered" : "--no-clobber";
  const args = ["-R", "-P", "--sparse=always", `--preserve=${keep.join(",")}`, existing];
  const ends = into === undefined ? ["-T", "--", ...jobs.flatMap(bothEnds)] : ["-t", into, "--", ...jobs.map(sourceOf)];
  const complaints: Complaint[] = [];
  let other = "";
  const onComplaint = (line: string) => {
    const complaint = readComplaint(line, source);
    if (!complaint) other ||= line;
    else if (complaints.length < MOST_NAMED && !isLeftOut(complaint, able)) complaints.push(complaint);
  };
  const running = streamTool("cp", [...args, ...ends], {
    purpose: "copy files out of an image",
    separator: "\n",
    onComplaint,
    signal,
  });
  for (let step = await running.next(); ; step = await running.next()) {
    if (!step.done) continue;
    if (step.value !== 0 && complaints.length === 0 && other !== "")
      throw new LifeboatError("TOOL_FAILED", { tool: "cp", status: step.value, output: other });
    return complaints;
  }
}

const sourceOf = ({ place }: Job): string => place.path;
const bothEnds = ({ place, target }: Job): string[] => [place.path, target];

/** What the target cannot have at all is among the losses, with its number. */
const isLeftOut = ({ text }: Complaint, able: Abilities): boolean =>
  (!able.symbolicLinks && /symbolic link/.test(text)) ||
  (!able.specialFiles && /special file|fifo/.test(text)) ||
  (!able.accessLists && /preserving permissions/.test(text));
