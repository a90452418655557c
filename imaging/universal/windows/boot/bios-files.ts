import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import type { WindowsNote } from "#imaging/universal/windows/windows-plan.ts";
import { say } from "#imaging/words/say.ts";

/** Windows keeps the boot files of both kinds of firmware in itself; bcdboot copies them from there. Those of UEFI: plan-windows-esp.ts. */
const OWN_COPY = "/Windows/Boot";
/** Bytes and files that are copied at most: Windows has 30 MiB in a thousand. */
const MOST_BYTES = 256 << 20;
const MOST_FILES = 5000;
const MOST_LEVELS = 4;

export interface BootFiles {
  readonly changes: readonly SystemChange[];
  readonly problems: readonly WindowsNote[];
}

/** The boot manager of a BIOS and what it needs, where it is missing: from the copy that Windows has in itself. */
export async function biosFiles(windows: SystemTree, system: SystemTree): Promise<BootFiles> {
  if (await system.read("/bootmgr")) return { changes: [], problems: [] };
  const source = `${OWN_COPY}/PCAT/bootmgr`;
  const content = await windows.read(source);
  if (!content) return { changes: [], problems: [noFiles(source)] };
  const changes: SystemChange[] = [
    { op: "write", path: "/bootmgr", content, ...say("windows.manager") },
    ...(await copies(windows, `${OWN_COPY}/PCAT`, system, "/Boot", /^(bootmgr|bootnxt)$/i)),
    ...(await copies(windows, `${OWN_COPY}/Fonts`, system, "/Boot/Fonts")),
    ...(await copies(windows, `${OWN_COPY}/Resources`, system, "/Boot/Resources")),
  ];
  return { changes, problems: [] };
}

const noFiles = (source: string): WindowsNote => ({
  code: "NO_BOOT_FILES",
  ...say("windows.no-boot-files", { path: source }),
});

/** Files of a folder that are not in the other one, with those of folders below. */
async function copies(
  from: SystemTree,
  source: string,
  to: SystemTree,
  target: string,
  left?: RegExp,
): Promise<SystemChange[]> {
  const changes: SystemChange[] = [];
  let bytes = 0;
  const ahead = [{ path: "", level: 0 }];
  for (let next = ahead.pop(); next && changes.length < MOST_FILES; next = ahead.pop())
    for (const name of await from.list(source + next.path)) {
      const path = `${next.path}/${name}`;
      const kind = await from.kind(source + path);
      if (kind === "folder" && next.level < MOST_LEVELS) ahead.push({ path, level: next.level + 1 });
      if (kind !== "file" || left?.test(name) || (await to.kind(target + path)) !== undefined) continue;
      const content = await from.read(source + path);
      bytes += content?.length ?? 0;
      if (content && bytes <= MOST_BYTES)
        changes.push({ op: "write", path: target + path, content, ...say("windows.boot-file") });
    }
  return changes;
}
