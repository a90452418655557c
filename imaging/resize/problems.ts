import { LifeboatError } from "#base/errors.ts";
import type { VolumeFile } from "#imaging/resize/resizer.ts";
import type { ToolResult } from "#imaging/resize/run-to-end.ts";

/** Its own check found damage. */
export const unsound = (volume: VolumeFile, tool: string, reason: string): LifeboatError =>
  new LifeboatError("FILESYSTEM_UNSOUND", { what: volume.path, tool, reason });

export const resizeFailed = (volume: Pick<VolumeFile, "path">, size: number, reason: string): LifeboatError =>
  new LifeboatError("RESIZE_FAILED", { what: volume.path, size, reason });

/**
 * The line of a tool's output that says why.
 * @param noise lines that say nothing, such as its name and version
 */
export function reasonIn({ stdout, stderr, status }: ToolResult, noise: RegExp = /^$/): string {
  const lines = [...stderr.split("\n"), ...stdout.split("\n")].map((line) => line.trim());
  const said = lines.find((line) => line !== "" && !noise.test(line));
  return said?.replace(/^ERROR:\s*/, "") ?? `it ended with status ${status}`;
}
