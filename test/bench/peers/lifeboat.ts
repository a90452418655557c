import { rm } from "node:fs/promises";
import { join } from "node:path";
import { checkDisk } from "#test/fixtures/check-disk.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import type { Subject } from "../subject.ts";
import { type Action, emptyFile, type Side, toolVersion } from "./side.ts";

/** Ours. `program` is the command's path. */
export async function openLifeboat(program: string, { disk, size, device }: Subject, folder: string): Promise<Side> {
  const image = join(folder, "image.lbi");
  const target = join(folder, "target.img");
  const prepare = async () => await rm(image, { force: true });
  const capture = { prepare, reads: [disk], writes: [image] };
  const restore = (flags: string): Action => ({
    command: `'${program}' restore '${image}' --to '${target}' ${flags} --yes-erase '${target}'`,
    reads: [image],
    writes: [target],
    prepare: () => emptyFile(target, size),
    prove: async () => void (await checkDisk(target)),
  });
  const takes = `'${program}' capture ${device} --to '${image}'`;
  const { stdout: help } = await runTool(program, ["capture", "--help"]);
  // Without the flag a capture never verifies: there is one kind of it only.
  const verifies = help.includes("--no-verify");
  return {
    name: "lifeboat",
    version: await toolVersion(program),
    storedCheck: "pieces",
    checks: "SHA-256 of each chunk; `image verify` reads, expands and hashes all of it",
    image,
    targets: [target],
    actions: {
      // The image of the last capture is what restore and verify read: both kinds make the same.
      ...(verifies ? { "capture, verified": { ...capture, command: takes } } : {}),
      capture: { ...capture, command: verifies ? `${takes} --no-verify` : takes },
      restore: restore("--no-verify"),
      "restore, read back": restore(""),
      verify: { command: `'${program}' image verify '${image}'`, reads: [image], writes: [] },
    },
  };
}
