import { bootFolders } from "#imaging/universal/linux/boot-files.ts";
import type { LinuxContext } from "#imaging/universal/linux/linux-context.ts";
import { say } from "#imaging/words/say.ts";

/** Unified kernel images (UAPI group: Boot Loader Specification, "Type #2") hold a start file that cannot be exchanged in them. */
export async function tellUnifiedImages({ system, draft }: LinuxContext): Promise<void> {
  for (const folder of bootFolders(system))
    for (const path of await draft.files(`${folder}/EFI/Linux`, (name) => /\.efi$/i.test(name)))
      draft.notes.push(say("linux.unified", { path }));
}
