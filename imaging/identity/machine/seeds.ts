import type { Draft } from "#imaging/installed/draft.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import { bootFolders } from "#imaging/universal/linux/boot-files.ts";
import { say } from "#imaging/words/say.ts";

const SEEDS = [
  "/var/lib/systemd/random-seed",
  "/var/lib/urandom/random-seed",
  "/var/lib/random-seed",
  "/var/lib/misc/random-seed",
];
const CREDENTIALS = "/var/lib/systemd/credential.secret";

/** What random numbers begin with: the same seed on two machines gives them a part in each other's secrets (random-seed(8)). */
export async function forgetSeeds(system: InstalledSystem, draft: Draft): Promise<void> {
  for (const path of [...SEEDS, ...bootFolders(system).map((folder) => `${folder}/loader/random-seed`)])
    if (await draft.has(path)) await draft.remove(path, say("identity.seed"));
  if (await draft.has(CREDENTIALS)) draft.notes.push(say("identity.credentials", { path: CREDENTIALS }));
}
