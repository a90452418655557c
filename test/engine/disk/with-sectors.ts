import { runTool } from "#test/fixtures/run-tool.ts";

/** Runs `use` with the disk as the tools see it: the file itself, or a loop device for sectors of 4096 bytes. */
export async function withSectors<T>(file: string, sectorSize: number, use: (path: string) => Promise<T>): Promise<T> {
  if (sectorSize === 512) return use(file);
  const { stdout } = await runTool("losetup", ["--find", "--show", "--sector-size", `${sectorSize}`, file]);
  try {
    return await use(stdout.trim());
  } finally {
    await runTool("losetup", ["--detach", stdout.trim()]);
  }
}
