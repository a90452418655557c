import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { BootProof } from "#imaging/prove/boot-proof.ts";
import { encodePng } from "#imaging/prove/qemu/picture.ts";
import type { Watched } from "#imaging/prove/watch.ts";
import { createError } from "#imaging/system/file-errors.ts";

/** Writes picture, serial log and the proof itself into a folder, over those of a proof before. @throws CREATE_FAILED */
export async function writeReport(
  path: string,
  proof: BootProof,
  { picture, serialLog }: Pick<Watched, "picture" | "serialLog">,
): Promise<BootProof> {
  const folder = resolve(path);
  const screen = join(folder, "screen.png");
  const files = {
    ...(picture && { screen }),
    serialLog: join(folder, "serial.log"),
    report: join(folder, "report.json"),
  };
  const whole = { ...proof, files };
  try {
    await mkdir(folder, { recursive: true });
    if (picture) await writeFile(screen, encodePng(picture));
    await writeFile(files.serialLog, serialLog);
    await writeFile(files.report, `${JSON.stringify(whole, null, 2)}\n`);
  } catch (cause) {
    throw createError(folder, cause);
  }
  return whole;
}
