import type { Draft } from "#imaging/installed/draft.ts";
import { say } from "#imaging/words/say.ts";

/**
 * Files that are written from outside lack the labels that SELinux wants; with this one the system sets them all at its next
 * start, and starts once more (selinux-autorelabel(8)). Called last.
 */
export async function planRelabel(draft: Draft): Promise<void> {
  const text = await draft.text("/etc/selinux/config");
  const isOn = text !== undefined && /^\s*SELINUX=(enforcing|permissive)\b/m.test(text);
  if (!isOn || draft.changes.length === 0 || (await draft.has("/.autorelabel"))) return;
  await draft.write("/.autorelabel", "", say("linux.relabel"));
}
