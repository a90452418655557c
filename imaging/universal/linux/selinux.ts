import type { Draft } from "#imaging/installed/draft.ts";

/**
 * Files that are written from outside lack the labels that SELinux wants; with this one the system sets them all at its next
 * start, and starts once more (selinux-autorelabel(8)). Called last.
 */
export async function planRelabel(draft: Draft): Promise<void> {
  const text = await draft.text("/etc/selinux/config");
  const isOn = text !== undefined && /^\s*SELINUX=(enforcing|permissive)\b/m.test(text);
  if (!isOn || draft.changes.length === 0 || (await draft.has("/.autorelabel"))) return;
  await draft.write(
    "/.autorelabel",
    "",
    "Has SELinux label all files anew: the first start takes some minutes more, and ends in a second one",
  );
}
