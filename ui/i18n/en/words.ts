import { enLocale } from "#ui/i18n/en/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { AllSentences } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(enLocale);

/** What the engine says in English speaks of the command in places: on a page there are others to go to. */
export const words: Partial<AllSentences> = {
  "plan.save-old": (p) =>
    `Save the old partition table, boot areas and superblocks of ${p.disk}, so that they can be brought back (at most ${bytes(p.most)}, ${p.path})`,
  "warning.undo-unwanted": (p) =>
    `Nothing of ${p.disk} is saved, as asked for: its old content cannot be brought back afterwards`,
  "warning.undo-no-place": (p) =>
    `There is no room to save what makes the old content of ${p.disk} findable again: it cannot be brought back afterwards`,
  "warning.boot-loader-ids":
    "A boot loader for legacy firmware may have an old UUID or the name of an LVM group built in, which nothing changes here: if the copy does not start, repair what starts it under “Boot”",
  "warning.twin": (p) =>
    `The copy has the identity of its source: start no computer with both of them attached${p.canDiffer ? ", or give it one of its own in the layout" : ""}`,
  "boot.next-table":
    "Convert the partition table under “Partitions”, or choose another table in the layout when it is restored.",
  "boot.next-syslinux": "Choose BIOS as the firmware to have GRUB in its place.",
  "proof.next-repair-or-other":
    "Repair the boot loader from the rescue system, and prove again. The machine itself may start the other way (BIOS or UEFI).",
  "proof.next-drivers":
    "Make the start files again with all drivers. On the machine itself the disk may be attached in another way.",
  "proof.next-time": "Try it on a faster machine, or with `lifeboat boot prove --timeout` in the terminal.",
  "proof.next-room": "Give it more room, with `lifeboat boot prove --overlay` in the terminal.",
  "cannot.layout-no-system": (p) => `no Linux and no Windows was found on ${p.name}; choose the partitions yourself`,
  "windows.next-asleep":
    "Start Windows once more where it ran, and shut it down completely (shutdown /s /t 0). Or tick “Throw away a hibernated session”: what was open in it and not saved is lost then, files on the disk are not.",
  "problem.BOOT_NO_PLACE-next":
    "Make room under “Partitions”, then repair again; or leave the firmware as it was, so that the disk keeps starting as it did.",
  "problem.BOOT_GAP_TOO_SMALL-next":
    "Move the first partition to 1 MiB under “Partitions” (make it smaller before if it has no room), then repair again.",
  "problem.BOOT_SECTORS_UNFIT-next": "Start this disk by UEFI.",
  "problem.BOOT_LOADER_MISSING-next": "Use the rescue system, which has GRUB for BIOS and UEFI with it.",
  "problem.BOOT_ESP_FULL-next": "Remove files from it that no system needs, or make it larger under “Partitions”.",
  "goes.waiting-next":
    "It goes on by itself once that is mended. If that takes too long it ends, and can be gone on with.",
  "layout.twin-locked": (p) => `partition ${p.number} is encrypted`,
};
