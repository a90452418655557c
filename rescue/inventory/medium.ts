import { readFile } from "node:fs/promises";
import { ageInDays, isOld, MEDIUM_INFO_FILE, parseMediumInfo } from "#base/medium-info.ts";
import type { System } from "#rescue/api/contract.ts";

/** What the medium that this system was started from says of itself, and how old it is. @param folder where it is mounted */
export async function readMedium(folder = "/run/lifeboat/medium", now = Date.now()): Promise<System["medium"]> {
  const info = parseMediumInfo(await readFile(`${folder}/${MEDIUM_INFO_FILE}`, "utf8").catch(() => ""));
  return info && { ...info, days: ageInDays(info, now), isOld: isOld(info, now) };
}
