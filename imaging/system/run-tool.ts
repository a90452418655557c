import { execFile } from "node:child_process";
import { LifeboatError } from "#base/errors.ts";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";

/**
 * Runs one of the system's own tools and returns what it printed. No shell.
 * @throws TOOL_MISSING, TOOL_FAILED
 */
export function runTool(tool: string, args: readonly string[], purpose: string): Promise<string> {
  const options = { env: TOOL_ENVIRONMENT, maxBuffer: 64 << 20 };
  return new Promise((resolve, reject) => {
    execFile(tool, args, options, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (error.code === "ENOENT") reject(new LifeboatError("TOOL_MISSING", { tool, purpose }));
      else {
        const status = typeof error.code === "number" ? error.code : -1;
        reject(new LifeboatError("TOOL_FAILED", { tool, status, output: stderr.trim() || stdout.trim() }));
      }
    });
  });
}
