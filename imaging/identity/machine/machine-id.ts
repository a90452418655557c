import type { Draft } from "#imaging/installed/draft.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import { bootFolders } from "#imaging/universal/linux/boot-files.ts";
import { say } from "#imaging/words/say.ts";

const PATH = "/etc/machine-id";
const DBUS = "/var/lib/dbus/machine-id";
const TOKEN = "/etc/kernel/entry-token";

/**
 * The id by which D-Bus, the journal and DHCP know the machine (machine-id(5)). Emptied, not removed: a system without the file
 * takes its next start for the first of all, and sets its services to what they were when it was installed.
 */
export async function planMachineId(system: InstalledSystem, draft: Draft): Promise<void> {
  const id = (await draft.text(PATH))?.trim();
  const hasSystemd = (await draft.has("/usr/lib/systemd/systemd")) || (await draft.has("/lib/systemd/systemd"));
  if (id !== undefined && /^[0-9a-f]{32}$/.test(id)) {
    await keepEntries(system, draft, id);
    if (hasSystemd) await draft.write(PATH, "", say("identity.machine-id"));
    else await draft.remove(PATH, say("identity.machine-id"));
  }
  const isLink = (await draft.tree.real(DBUS)) !== (await placeOf(draft, DBUS));
  if (isLink || !(await draft.has(DBUS))) return;
  // A copy here would come back as the machine-id: systemd takes it before it makes one up.
  if (hasSystemd) draft.link(DBUS, PATH, say("identity.dbus-link"));
  else await draft.remove(DBUS, say("identity.dbus"));
}

/** The path itself, its folder's links followed. */
async function placeOf(draft: Draft, path: string): Promise<string> {
  const at = path.lastIndexOf("/");
  return `${await draft.tree.real(path.slice(0, at))}${path.slice(at)}`;
}

/** Entries of the boot menu go by the machine-id: the next kernel shall lie beside those that are there (kernel-install(8)). */
async function keepEntries(system: InstalledSystem, draft: Draft, id: string): Promise<void> {
  if (await draft.has(TOKEN)) return;
  for (const folder of bootFolders(system)) {
    const entries = await draft.tree.list(`${folder}/loader/entries`);
    const isUsed =
      entries.some((name) => name.startsWith(`${id}-`)) || (await draft.tree.kind(`${folder}/${id}`)) === "folder";
    if (!isUsed) continue;
    await draft.write(TOKEN, `${id}\n`, say("identity.entry-token"), 0o644);
    return;
  }
}
