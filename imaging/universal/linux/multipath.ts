import type { LinuxContext } from "#imaging/universal/linux/linux-context.ts";
import { say } from "#imaging/words/say.ts";

const LISTS = ["/etc/multipath/wwids", "/etc/multipath/bindings"];
const CONFIGURATION = "/etc/multipath.conf";

/** Several ways to a disk: what is bound to the old one's is said, since it may be that very storage that is used again. */
export async function planMultipath({ draft }: LinuxContext): Promise<void> {
  for (const path of LISTS) {
    const entries = ((await draft.text(path)) ?? "").split("\n").filter((line) => /^[^#\s]/.test(line));
    if (entries.length > 0) draft.notes.push(say("linux.multipath", { path, count: entries.length }));
  }
  const text = await draft.text(CONFIGURATION);
  if (text !== undefined && /^\s*(wwid|find_multipaths\s+["']?strict|blacklist_exceptions)\b/m.test(text))
    draft.notes.push(say("linux.multipath-bound", { path: CONFIGURATION }));
}
