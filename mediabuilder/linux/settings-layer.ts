import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SETTINGS_FILE, SETTINGS_FOLDER } from "#base/medium-settings.ts";
import type { SettingsFiles } from "../config/settings.ts";
import { buildStage, type Stage } from "../stage.ts";
import type { Log } from "../tool.ts";
import { squash } from "./squash.ts";

/** `<stage>/settings.sqfs`: settings.json and the files that it names, where the rescue system looks for them; readable by root alone. */
export async function buildSettingsLayer(
  workDir: string,
  { settings, files }: SettingsFiles,
  log: Log,
): Promise<Stage> {
  const text = `${JSON.stringify(settings, undefined, 2)}\n`;
  return buildStage(
    workDir,
    {
      name: "settings",
      inputs: ["settings 1", text, ...Object.entries(files).flat()],
      build: async (folder) => {
        const tree = join(folder, "tree");
        const place = join(tree, SETTINGS_FOLDER);
        await mkdir(place, { recursive: true });
        for (const [name, content] of Object.entries(files))
          await writeFile(join(place, name), content, { mode: 0o644 });
        await writeFile(join(tree, SETTINGS_FILE), text, { mode: 0o600 });
        await chmod(place, 0o755);
        await squash(tree, join(folder, "settings.sqfs"), "root");
        await rm(tree, { recursive: true });
      },
    },
    log,
  );
}
