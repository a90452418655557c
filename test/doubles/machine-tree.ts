import { mkdtempSync, readFileSync } from "node:fs";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import { readMachine } from "#imaging/preflight/machine/read-machine.ts";

/** Files and links of /sys and /proc as they were on a machine, by their paths. */
export type MachineRecording = Readonly<
  Record<string, string | { readonly base64: string } | { readonly link: string }>
>;

const FOLDER = fileURLToPath(new URL("../fixtures/machines/", import.meta.url));

export const recording = (name: string): MachineRecording =>
  JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8")) as MachineRecording;

/** Lays a recording out as a folder. */
export async function machineTree(files: MachineRecording): Promise<AsyncDisposable & { readonly root: string }> {
  const root = mkdtempSync(join(tmpdir(), "lifeboat-machine-"));
  for (const [path, content] of Object.entries(files)) {
    const place = join(root, path);
    await mkdir(dirname(place), { recursive: true });
    if (typeof content === "string") await writeFile(place, content);
    else if ("base64" in content) await writeFile(place, Buffer.from(content.base64, "base64"));
    else await symlink(content.link, place);
  }
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true }) };
}

/** A recorded machine as it is read. */
export async function recordedMachine(files: MachineRecording | string): Promise<MachineHardware> {
  const name = typeof files === "string" ? files : "a machine";
  await using tree = await machineTree(typeof files === "string" ? recording(files) : files);
  const describe = async () => ({ name, isVirtual: name.startsWith("qemu"), processorName: "a processor" });
  return await readMachine({ root: tree.root, describe });
}
