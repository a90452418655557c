import { readFile, rename, rm, writeFile } from "node:fs/promises";
import * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import { createError } from "#imaging/system/file-errors.ts";

/** @throws OPEN_FAILED; REQUEST_INVALID for what is no description of a machine */
export async function loadMachine(path: string): Promise<MachineHardware> {
  const text = await readFile(path, "utf8").catch((cause: Error) => {
    throw new LifeboatError("OPEN_FAILED", { path, reason: cause.message }, { cause });
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new LifeboatError("REQUEST_INVALID", { path, problem: (cause as Error).message }, { cause });
  }
  const { success, data, error } = MachineHardware.safeParse(value);
  if (!success) throw new LifeboatError("REQUEST_INVALID", { path, problem: z.prettifyError(error).slice(0, 500) });
  return data;
}

/** @throws CREATE_FAILED */
export async function saveMachine(path: string, machine: MachineHardware): Promise<void> {
  const beside = `${path}.partial`;
  try {
    await writeFile(beside, `${JSON.stringify(machine, undefined, 2)}\n`);
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw createError(path, cause);
  }
}
