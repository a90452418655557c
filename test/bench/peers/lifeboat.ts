import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { checkDisk } from "#test/fixtures/check-disk.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import type { Subject } from "../subject.ts";
import { type Action, emptyFile, type Side, toolVersion } from "./side.ts";

/** Ours. `program` is the command's path. */
export async function openLifeboat(program: string, { disk, size, device }: Subject, folder: string): Promise<Side> {
  const image = join(folder, "image.lbi");
  const target = join(folder, "target.img");
  // A benchmark that is stopped leaves no interrupted job for others to find.
  const lifeboat = `LIFEBOAT_STATE='${join(folder, "state")}' '${program}'`;
  const prepare = async () => await rm(image, { force: true });
  const capture = { prepare, reads: [disk], writes: [image] };
  const restore = (flags: string): Action => ({
    command: `${lifeboat} restore '${image}' --to '${target}' ${flags} --yes-erase '${target}'`,
    reads: [image],
    writes: [target],
    prepare: () => emptyFile(target, size),
    prove: async () => void (await checkDisk(target)),
  });
  const takes = `${lifeboat} capture ${device} --to '${image}'`;
  const { stdout: help } = await runTool(program, ["capture", "--help"]);
  // Without the flag a capture never verifies: there is one kind of it only.
  const verifies = help.includes("--no-verify");
  const { stdout: verifyHelp } = await runTool(program, ["image", "verify", "--help"]);
  const hasQuick = verifyHelp.includes("--quick");
  return {
    name: "lifeboat",
    version: `${await toolVersion(program)} (${await commit(program)})`,
    storedCheck: "pieces",
    checks:
      "SHA-256 of each chunk; `image verify` reads, expands and hashes all of it, with `--quick` holds a CRC-32 of each stored piece",
    image,
    targets: [target],
    actions: {
      // The image of the last capture is what restore and verify read: both kinds make the same.
      ...(verifies ? { "capture, verified": { ...capture, command: takes } } : {}),
      capture: { ...capture, command: verifies ? `${takes} --no-verify` : takes },
      restore: restore("--no-verify"),
      "restore, read back": restore(""),
      verify: { command: `${lifeboat} image verify '${image}'`, reads: [image], writes: [] },
      ...(hasQuick
        ? { "verify, quick": { command: `${lifeboat} image verify '${image}' --quick`, reads: [image], writes: [] } }
        : {}),
    },
  };
}

/** The version number alone does not say which code ran. */
async function commit(program: string): Promise<string> {
  const describe = ["describe", "--always", "--dirty=, changed", "--exclude=*"];
  const { stdout } = await runTool("git", describe, { cwd: dirname(program), accept: [0, 128] });
  return stdout.trim() || "no commit";
}
