import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { runTool } from "#imaging/system/run-tool.ts";
import type { Step } from "#rescue/network/step.ts";

/** Runs a tool where the network is. Tests have theirs in a namespace of its own. */
export type RunTool = (tool: string, args: readonly string[]) => Promise<string>;

/** A tool that waits for a card or a radio that does not answer must not hold up all others. */
const MOST_SECONDS = 60;

export const runNetworkTool: RunTool = (tool, args) =>
  runTool(tool, args, "set up the network", AbortSignal.timeout(MOST_SECONDS * 1000));

/** @throws TOOL_MISSING, TOOL_FAILED; the errors of files */
export async function runSteps(steps: readonly Step[], tool: RunTool): Promise<void> {
  for (const step of steps) await runStep(step, tool);
}

async function runStep(step: Step, tool: RunTool): Promise<void> {
  switch (step.kind) {
    case "run": {
      const running = tool(step.tool, step.args);
      await (step.mayFail ? running.catch(() => {}) : running);
      return;
    }
    case "write": {
      if (step.isKernel) {
        // Through a program, as it is in the namespace that the tools are in. A kernel without IPv6 has no such file.
        await tool("sh", ["-c", 'printf %s "$2" > "$1"', "sh", step.path, step.content]).catch(() => {});
        return;
      }
      await mkdir(dirname(step.path), { recursive: true, mode: 0o700 });
      await rm(step.path, { force: true });
      await writeFile(step.path, step.content, { mode: 0o600, flag: "wx" });
      return;
    }
    case "remove":
      await rm(step.path, { force: true });
      return;
    case "end":
      await endProcess(step.pidFile);
  }
}

async function endProcess(pidFile: string): Promise<void> {
  const pid = Number(await readFile(pidFile, "utf8").catch(() => ""));
  if (!Number.isInteger(pid) || pid <= 1) return;
  try {
    process.kill(pid, "SIGTERM");
  } catch {} // it has ended by itself
  await rm(pidFile, { force: true });
}
