import { bootFiles } from "#imaging/universal/linux/boot-files.ts";
import { editArguments } from "#imaging/universal/linux/kernel-arguments.ts";
import type { LinuxContext } from "#imaging/universal/linux/linux-context.ts";
import { say } from "#imaging/words/say.ts";

/** Bytes of a GRUB environment block, always (GRUB: include/grub/lib/envblk.h). */
const GRUBENV = 1024;

/** What the kernels are started with names this disk's volumes by what lies on them. */
export async function planBootArguments(context: LinuxContext): Promise<void> {
  const { system, draft } = context;
  for (const path of await bootFiles(system, draft)) {
    const before = await draft.text(path);
    if (before === undefined) continue;
    const { text, told, problems } = editArguments(context, before);
    draft.problems.push(...problems.map((problem) => say("linux.in-file", { path, problem })));
    const after = path.endsWith("/grubenv") ? environmentBlock(text) : text;
    if (after === undefined) draft.problems.push(say("linux.arguments-room", { path }));
    else if (text !== before) await draft.write(path, after, say("linux.arguments", { list: told }));
    await allowUuids(context, path);
  }
  for (const { volume } of system.efi)
    if (!system.mounts.some((mount) => mount.volume.partition === volume.partition))
      draft.notes.push(say("linux.esp-unmounted", { number: volume.partition }));
}

/** @returns undefined when it has grown too long */
function environmentBlock(text: string): string | undefined {
  const content = text.replace(/#+$/, "");
  return content.length <= GRUBENV ? content.padEnd(GRUBENV, "#") : undefined;
}

/** So that the next grub-mkconfig does not bring the devices back (GRUB manual, "Simple configuration"). */
async function allowUuids({ draft }: LinuxContext, path: string): Promise<void> {
  if (!path.startsWith("/etc/default/grub")) return;
  await draft.edit(path, say("linux.grub-uuid"), (text) =>
    text.replace(/^[ \t]*((?:export[ \t]+)?GRUB_DISABLE_LINUX_UUID=["']?true\b)/gm, "# $1"),
  );
}
