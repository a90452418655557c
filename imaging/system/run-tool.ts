import { execFile } from "node:child_process";
import { LifeboatError } from "#base/errors.ts";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";

/**
 * Runs one of the system's own tools and returns what it printed. No shell.
 * @param signal ends the tool
 * @throws TOOL_MISSING, TOOL_FAILED; the signal's reason
 */
export function runTool(tool: string, args: readonly string[], purpose: string, signal?: AbortSignal): Promise<string> {
  const options = { env: TOOL_ENVIRONMENT, maxBuffer: 64 << 20, ...(signal && { signal }) };
  return new Promise((resolve, reject) => {
    execFile(tool, args, options, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (signal?.aborted) reject(signal.reason);
      else if (error.code === "ENOENT") reject(new LifeboatError("TOOL_MISSING", { tool, purpose }));
      else {
        const status = typeof error.code === "number" ? error.code : -1;
        reject(new LifeboatError("TOOL_FAILED", { tool, status, output: stderr.trim() || stdout.trim() }));
      }
    });
  });
}
