import { spawn } from "node:child_process";
import { LifeboatError } from "#base/errors.ts";

/** Receives one line of what a build step does; the caller decides where it is shown. */
export type Log = (line: string) => void;

export interface ToolOptions {
  /** What the tool is needed for, as the error says it: "to make the EFI system partition". */
  readonly purpose: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Each line of the tool's output, as it appears. */
  readonly onLine?: Log;
}

/** Enough of a tool's output to see why it failed; mmdebstrap alone prints thousands of lines. */
const KEPT_LINES = 30;

/** Runs a tool to its end and returns its standard output. Throws TOOL_MISSING and TOOL_FAILED. */
export function runTool(tool: string, args: readonly string[], options: ToolOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, LC_ALL: "C", TZ: "UTC", ...options.env },
    });
    const output: string[] = [];
    const tail: string[] = [];
    const keep = (line: string) => {
      options.onLine?.(line);
      if (line.trim() !== "") tail.push(line.trim());
      if (tail.length > KEPT_LINES) tail.shift();
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
    splitLines(child.stdout, keep);
    splitLines(child.stderr.setEncoding("utf8"), keep);
    child.on("error", (cause: NodeJS.ErrnoException) => {
      const missing = cause.code === "ENOENT";
      reject(
        missing
          ? new LifeboatError("TOOL_MISSING", { tool, purpose: options.purpose }, { cause })
          : new LifeboatError("TOOL_FAILED", { tool, status: -1, output: cause.message }, { cause }),
      );
    });
    child.on("close", (status) => {
      if (status === 0) resolve(output.join(""));
      else reject(new LifeboatError("TOOL_FAILED", { tool, status: status ?? -1, output: tail.join("\n") }));
    });
  });
}

function splitLines(stream: NodeJS.ReadableStream, onLine: Log): void {
  let rest = "";
  stream.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
  stream.on("end", () => {
    if (rest !== "") onLine(rest);
  });
}
