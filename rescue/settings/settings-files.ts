import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import { MediumSettings } from "#base/medium-settings.ts";

/** What can be changed in the rescue system, and kept on the stick: it takes the place of what the medium says. */
export const OwnSettings = z
  .strictObject({
    network: MediumSettings.shape.network.unwrap(),
    places: MediumSettings.shape.places.unwrap(),
    timeZone: MediumSettings.shape.timeZone.unwrap(),
    language: MediumSettings.shape.language.unwrap(),
    keyboard: MediumSettings.shape.keyboard.unwrap(),
    secrets: MediumSettings.shape.secrets.unwrap(),
  })
  .partial();
export type OwnSettings = z.infer<typeof OwnSettings>;

/** @returns all defaults when there is no such file. @throws SETTINGS_INVALID */
export const readMediumSettings = (file: string): Promise<MediumSettings> => readSettings(file, MediumSettings);

/** @returns nothing when there is no such file. @throws SETTINGS_INVALID */
export const readOwnSettings = (file: string): Promise<OwnSettings> => readSettings(file, OwnSettings);

async function readSettings<S extends z.ZodType>(file: string, schema: S): Promise<z.output<S>> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "{}";
    throw new LifeboatError("SETTINGS_INVALID", {
      file,
      path: "the file",
      problem: `cannot be read: ${error.message}`,
    });
  });
  const result = schema.safeParse(parseJson(file, text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new LifeboatError("SETTINGS_INVALID", {
    ...{ file, path: issue?.path.join(".") || "the settings", problem: issue?.message ?? "cannot be understood" },
  });
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")); // editors of Windows begin a file with it
  } catch (cause) {
    throw new LifeboatError("SETTINGS_INVALID", { file, path: "the file", problem: "is not JSON" }, { cause });
  }
}

/** Whole or not at all: a stick is pulled out at any moment. */
export async function writeSettings(file: string, settings: OwnSettings): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.new`;
  {
    await using handle = await open(unfinished, "w", 0o600);
    await handle.writeFile(`${JSON.stringify(settings, null, 2)}\n`);
    await handle.sync();
  }
  await rename(unfinished, file);
}
