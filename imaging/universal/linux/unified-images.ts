import { bootFolders } from "#imaging/universal/linux/boot-files.ts";
import type { LinuxContext } from "#imaging/universal/linux/linux-context.ts";

/** Unified kernel images (UAPI group: Boot Loader Specification, "Type #2") hold a start file that cannot be exchanged in them. */
export async function tellUnifiedImages({ system, draft }: LinuxContext): Promise<void> {
  for (const folder of bootFolders(system))
    for (const path of await draft.files(`${folder}/EFI/Linux`, (name) => /\.efi$/i.test(name)))
      draft.notes.push(
        `${path} is a kernel with its start file in it: what makes it (mkinitcpio, dracut --uefi, ukify) has to make it anew, or it starts with the drivers of the old machine`,
      );
}
