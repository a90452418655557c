import { spawn } from "node:child_process";
import { basename, dirname } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { resolvePlace } from "#imaging/explore/resolve-path.ts";
import { walk } from "#imaging/explore/walk.ts";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";
import type { Explorations } from "#rescue/explore/explorations.ts";

/** Where it is sent to. */
export interface DownloadSink {
  /** Before the first byte. `size`: of a file, in bytes. */
  begin(file: { readonly name: string; readonly size?: number }): NodeJS.WritableStream;
  /** Whoever asked for it went away. */
  readonly gone: AbortSignal;
}

/**
 * A file of an image as it is, or a folder as a tar archive. Other programs read it: this process must not look into its own mounts
 * (fuse-server.ts). @throws NOT_FOUND, REQUEST_INVALID for what is neither, TOOL_FAILED when it breaks off, which the receiver sees too
 */
export const download = (
  explorations: Explorations,
  imageId: string,
  path: string,
  sink: DownloadSink,
): Promise<void> =>
  explorations.use(imageId, async (exploration) => {
    const place = await resolvePlace(exploration, path, true);
    if (!place) throw new LifeboatError("REQUEST_INVALID", { path: "path", problem: "it names no file and no folder" });
    const found = await Array.fromAsync(walk([place.path], { depth: 0 }));
    const [entry] = found;
    if (entry?.type !== "file" && entry?.type !== "folder")
      throw new LifeboatError("REQUEST_INVALID", { path: "path", problem: `${place.name} is no file and no folder` });
    const name = basename(place.name);
    if (entry.type === "file") await run("cat", ["--", place.path], sink.begin({ name, size: entry.size }), sink.gone);
    else await run("tar", tarArguments(place.path), sink.begin({ name: `${name}.tar` }), sink.gone);
  });

/** With owners as numbers: those of the image's system are none of this one's. */
const tarArguments = (folder: string): string[] => [
  ...["--create", "--file=-", "--format=posix", "--one-file-system", "--numeric-owner", "--xattrs", "--acls"],
  ...[`--directory=${dirname(folder)}`, "--", `./${basename(folder)}`],
];

async function run(
  tool: string,
  args: readonly string[],
  into: NodeJS.WritableStream,
  gone: AbortSignal,
): Promise<void> {
  const child = spawn(tool, args, { env: { ...TOOL_ENVIRONMENT }, stdio: ["ignore", "pipe", "pipe"], signal: gone });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-1000);
  });
  child.stdout.pipe(into, { end: false });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (status !== 0) throw new LifeboatError("TOOL_FAILED", { tool, status: status ?? -1, output: complaint });
  into.end();
}
