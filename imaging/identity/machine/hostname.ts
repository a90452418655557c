import type { Draft } from "#imaging/installed/draft.ts";
import { editLines } from "#imaging/universal/linux/table-line.ts";
import { say } from "#imaging/words/say.ts";

/** Files that hold the name and nothing else: systemd's and Debian's, SUSE's of old. */
const WHOLE = ["/etc/hostname", "/etc/HOSTNAME"];
/** Settings of it: Red Hat's of old, OpenRC's. */
const SETTINGS: readonly (readonly [path: string, key: string])[] = [
  ["/etc/sysconfig/network", "HOSTNAME"],
  ["/etc/conf.d/hostname", "hostname"],
];
/** Files in which it stands among other words. */
const AMONG = ["/etc/hosts", "/etc/mailname", "/etc/postfix/main.cf", "/etc/exim4/update-exim4.conf.conf"];

/** RFC 1123, 2.1: letters, digits and dashes, at most 63; Linux allows one more (HOST_NAME_MAX). */
const isHostname = (name: string): boolean => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/i.test(name);

/** A new name for the machine; a domain that the old one has stays. */
export async function planHostname(draft: Draft, hostname: string): Promise<void> {
  if (!isHostname(hostname)) {
    draft.problems.push(say("identity.no-name", { name: hostname }));
    return;
  }
  const old = await oldName(draft);
  const naming = (isToo: boolean) => say("identity.name", { name: hostname, old: old ?? "", isToo });
  const short = old?.split(".")[0];
  const named = (name: string) => (name.includes(".") ? hostname + name.slice(name.indexOf(".")) : hostname);
  let isWritten = false;
  for (const path of WHOLE)
    if (await draft.has(path))
      isWritten =
        (await draft.edit(path, naming(false), (before) => before.replace(/^[^#\s].*$/m, named))) || isWritten;
  for (const [path, key] of SETTINGS) {
    const setting = new RegExp(`^([ \\t]*${key}=["']?)([\\w.-]+)`, "m");
    await draft.edit(path, naming(false), (before) =>
      before.replace(setting, (_, start: string, name: string) => start + named(name)),
    );
  }
  if (!isWritten && !(await draft.text("/etc/hostname"))?.trim().startsWith(hostname))
    await draft.write("/etc/hostname", `${hostname}\n`, naming(false));
  if (short === undefined || !/^[\w-]+$/.test(short) || short === "localhost" || short === hostname) return;
  // Alone, or in front of a domain; not in the middle of another name.
  const word = new RegExp(`(?<![\\w.-])${short}(?![\\w-])`, "g");
  for (const path of AMONG)
    await draft.edit(path, naming(true), (before) =>
      editLines(before, (line) => (/^\s*#/.test(line) ? line : line.replace(word, hostname))),
    );
}

async function oldName(draft: Draft): Promise<string | undefined> {
  for (const path of WHOLE) {
    const name = /^[^#\s]\S*/m.exec((await draft.text(path)) ?? "")?.[0];
    if (name !== undefined) return name;
  }
  for (const [path, key] of SETTINGS) {
    const name = new RegExp(`^[ \\t]*${key}=["']?([\\w.-]+)`, "m").exec((await draft.text(path)) ?? "")?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}
