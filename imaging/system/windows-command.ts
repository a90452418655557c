import { execFile } from "node:child_process";
import { LifeboatError } from "#base/errors.ts";

/**
 * Runs a program of Windows and returns what it printed. The environment is empty but for what libuv adds by itself (PATH, SystemRoot
 * and their like): our own may hold a password. @param args as they stand on the command line, quotes and all
 * @throws TOOL_MISSING, TOOL_FAILED
 */
export function windowsCommand(tool: string, args: readonly string[], purpose: string): Promise<string> {
  const options = { env: {}, maxBuffer: 16 << 20, windowsVerbatimArguments: true, windowsHide: true };
  return new Promise((resolve, reject) => {
    execFile(tool, args, options, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (error.code === "ENOENT") reject(new LifeboatError("TOOL_MISSING", { tool, purpose }));
      else {
        const status = typeof error.code === "number" ? error.code : -1;
        const output = stderr.trim() || stdout.trim();
        reject(new LifeboatError("TOOL_FAILED", { tool: [tool, ...args].join(" "), status, output }));
      }
    });
  });
}

/** A value of this machine's registry as reg.exe prints it: "0x2", "E:\". @returns undefined where there is none */
export async function registryValue(key: string, name: string): Promise<string | undefined> {
  const text = await windowsCommand("reg.exe", ["query", key, "/v", name], "read the registry").catch(() => "");
  return /REG_(?:SZ|DWORD)\s+(.*?)\s*$/m.exec(text)?.[1];
}

/** What Windows PE says of its own start; `wpeutil UpdateBootInfo` writes it there. */
export const BOOT_INFO = "HKLM\\System\\CurrentControlSet\\Control";
