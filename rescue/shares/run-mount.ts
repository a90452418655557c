import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";
import type { MountPlan } from "#rescue/shares/mount-plan.ts";

export interface MountOutcome {
  readonly status: number;
  /** What the tool said. */
  readonly output: string;
}

/** A server that answers its port and then says nothing. */
const MOST_SECONDS = 60;

/**
 * Runs the tool of a plan. Its files are there only meanwhile. What the tool says goes to a file and not to a pipe: sshfs leaves
 * its ssh behind, which would hold the pipe open, and die of it later.
 * @throws TOOL_MISSING
 */
export async function runMount(plan: MountPlan, point: string, work: string): Promise<MountOutcome> {
  await mkdir(point, { recursive: true, mode: 0o700 }); // and the folder of all shares with it
  await mkdir(work, { recursive: true });
  await chmod(work, 0o700);
  const said = join(work, "mount.log");
  if (plan.log !== undefined) await rm(plan.log, { force: true });
  await using log = await open(said, "w+", 0o600);
  try {
    for (const { path, content } of plan.files) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await rm(path, { force: true });
      await writeFile(path, content, { mode: 0o600, flag: "wx" });
    }
    const status = await runToEnd(plan, log.fd);
    const parts = await Promise.all(
      [plan.log, said].map((path) => (path ? readFile(path, "utf8").catch(() => "") : "")),
    );
    return { status, output: parts.join("\n").trim() };
  } finally {
    // sshfs connects again by itself, and reads its files then; the password is in its memory only.
    for (const { path } of plan.files) if (path.endsWith("credentials")) await rm(path, { force: true });
  }
}

async function runToEnd({ tool, args, input }: MountPlan, output: number): Promise<number> {
  const child = spawn(tool, args, { env: TOOL_ENVIRONMENT, stdio: ["pipe", output, output] });
  const timer = setTimeout(() => child.kill("SIGKILL"), MOST_SECONDS * 1000);
  child.stdin?.on("error", () => {}); // it may end without reading
  child.stdin?.end(input ?? "");
  try {
    const [status] = await once(child, "exit");
    return typeof status === "number" ? status : -1;
  } catch (cause) {
    throw new LifeboatError("TOOL_MISSING", { tool, purpose: "connect a share" }, { cause });
  } finally {
    clearTimeout(timer);
  }
}
