import { enLocale } from "#ui/i18n/en/locale.ts";
import { plural } from "#ui/i18n/en/plural.ts";
import { createFormat } from "#ui/i18n/format.ts";

const NOTHING_WRITTEN = "Nothing was written.";
const { bytes } = createFormat(enLocale);

/** Texts for one error code. Where a field is absent, the page shows what the server said. */
export interface ErrorText {
  readonly text?: (details: Readonly<Record<string, string | number>>) => string;
  readonly safe?: string;
  readonly next?: string;
}

/** By code. A test holds the codes against the engine's catalogue. */
export const errors = {
  SERVER_UNREACHABLE: {
    text: () => "The rescue program does not answer.",
    safe: "A restore that is running goes on without this page.",
    next: "Wait a few seconds and try again. If it stays so, restart the computer.",
  },
  JOB_LOST: {
    text: () => "The rescue program was started anew, and the restore that was running has ended with it.",
    safe: "The image is unchanged. The target has no partition table, so no computer will start from it.",
    next: "Choose the image and the target again: the restore then starts from the beginning.",
  },
  PAGE_FAILED: {
    safe: "A restore that is running goes on: this page only shows it.",
    next: "Reload the page. If it fails again, look at the log and report it.",
  },
  IMAGE_UNLOCK_FAILED: {
    text: () => "That does not open this image",
    next: "Check upper and lower case, and the keyboard layout: “Show” lets you see what was typed. Another password of the image, or its recovery key, opens it too.",
  },
  IMAGE_LOCKED: {
    text: () => "The image is encrypted, and its password has not been given yet.",
    next: "Choose the image, and type its password.",
  },
  TARGET_TOO_SMALL: {
    text: ({ have, need }) => `It has ${bytes(Number(have))}, but the image needs ${bytes(Number(need))}.`,
  },
  TARGET_HOLDS_IMAGE: { text: () => "It holds the image itself." },
  TARGET_IS_BOOT_MEDIUM: { text: () => "This rescue system was started from it." },
  TARGET_READ_ONLY: { text: () => "It is read-only." },
  WRITE_FAILED: { next: "Check the cable and the disk's health, then choose “Try again”." },
  CHUNK_DAMAGED: {
    text: ({ file, region, offset, problem }) =>
      `${file}: a piece of ${region}, at byte ${offset} of the file, is damaged: ${problem}`,
    next: "Choose another copy of the image.",
  },
  RESTORE_SALVAGED: {
    text: ({ file }) => `${file} is damaged. All that is intact in it was restored.`,
  },
  TARGET_VERIFY_FAILED: {
    text: ({ device, damaged, region, offset }) =>
      plural(Number(damaged), {
        one: `${device}: # piece reads back differently from what was written, in ${region} at byte ${offset}`,
        other: `${device}: # pieces read back differently from what was written, the first in ${region} at byte ${offset}`,
      }),
  },
  TOOL_FAILED: {
    text: ({ tool, status }) => `A part of the rescue system did not work: ${tool} ended with status ${status}.`,
    safe: "What was asked for was not completed.",
    next: "Try it once more. If it fails again, unplug the sticks and disks that you do not need, and look again. The log holds the details for somebody who can help.",
  },
  INTERNAL: {
    text: ({ problem }) => `A part of the rescue system did not work: ${problem}`,
    next: "Try it once more. If it fails again, unplug the sticks and disks that you do not need, and look again. It is a fault of Lifeboat: the log holds what is needed to report it.",
  },
  IMAGE_DAMAGED: { next: "Choose another copy of the image." },
  IMAGE_VERIFY_FAILED: { next: "Choose another copy of the image." },
  CANCELLED: { next: "Start the restore again, or choose another image." },
  PLAN_STALE: {
    text: () => "The disks or the image have changed since the plan was made.",
  },
  TARGET_IS_SOURCE: { text: () => "It is the source." },
  TARGET_IN_USE: {
    text: ({ by }) => `It is in use: ${by}`,
    safe: NOTHING_WRITTEN,
    next: "Wait until what uses it has ended, or take its share or mount away. Then choose it again.",
  },
  SOURCE_IN_USE: {
    text: ({ source, by }) => `${source} is being written to: ${by}`,
    safe: NOTHING_WRITTEN,
    next: "An image of a disk that changes would not fit together. End what writes to it, then try again.",
  },
  JOB_BUSY: {
    text: ({ device }) => `Another job is writing to ${device}.`,
    safe: NOTHING_WRITTEN,
    next: "Wait for that job to end, or stop it.",
  },
  FILE_EXISTS: {
    text: ({ file }) => `${file} is there already.`,
    safe: NOTHING_WRITTEN,
    next: "Choose another name: what is there is never written over.",
  },
  LAYOUT_INVALID: {
    text: ({ problem }) => `This layout cannot be made: ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Change what is named, or choose another layout.",
  },
  LAYOUT_TOO_SMALL: {
    text: ({ have, need }) => `It has ${bytes(Number(have))}, but the partitions need ${bytes(Number(need))}.`,
    safe: NOTHING_WRITTEN,
    next: "Choose a larger disk, let partitions become smaller, or leave some of them out.",
  },
  TABLE_DAMAGED: {
    text: ({ device, table, problem }) => `${device}: the partition table (${table}) is damaged: ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Repair the table with a tool for it, or capture the disk with “Every sector, used or not”.",
  },
  EDIT_INVALID: {
    text: ({ problem }) => `This cannot be done: ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Take it away from the list, or change it.",
  },
  SPACE_EXHAUSTED: {
    text: ({ file }) => `There is no room left for ${file}.`,
    safe: "There is no image yet; what was captured so far is kept. The disk is unchanged.",
    next: "Make room there, or choose another place. Then begin again.",
  },
  WINDOWS_HIBERNATED: {
    text: () => "Windows on it was put to sleep, and not shut down.",
    safe: NOTHING_WRITTEN,
    next: "Start Windows once more and shut it down completely. Or tick “Throw away a hibernated session”: what was open and not saved is lost then, files are not.",
  },
  MOVE_UNFINISHED: {
    text: ({ number, device }) => `A change of partition ${number} of ${device} was interrupted.`,
    safe: "All of the partition is on the disk, but not yet where it belongs.",
    next: "Open “Partitions” and finish it. Change nothing else on this disk before.",
  },
  SECRET_MISSING: {
    text: ({ what }) => `${what} is needed, and is not known yet`,
    safe: "Nothing was sent to anybody.",
    next: "Type it under “Passwords that are missing”.",
  },
  SHARE_NO_ANSWER: {
    text: ({ server, port }) => `${server} does not answer on port ${port}.`,
    safe: "Nothing was connected.",
    next: "Check that the server is on, that this computer has an address in the network, and that no firewall is between them.",
  },
  SHARE_NAME_UNKNOWN: {
    text: ({ server }) => `No address is known for ${server}.`,
    safe: "Nothing was connected.",
    next: "Check the name, or type the server's address in its place.",
  },
  SHARE_DENIED: {
    text: ({ server, user }) => `${server} refuses the user ${user}.`,
    safe: "Nothing was connected.",
    next: "Check user, password and domain: upper and lower case, and the keyboard layout.",
  },
  SHARE_READ_ONLY: {
    text: ({ server }) => `Nothing can be written on ${server}.`,
    safe: "Images on it can be read and restored.",
    next: "Give the user the right to write there, or mark the share as one that is only read.",
  },
  BUCKET_NOT_FOUND: {
    text: ({ bucket, endpoint }) => `${endpoint} has no bucket ${bucket}.`,
    safe: "Nothing was connected.",
    next: "Check the names of the bucket and of the server, or make the bucket there.",
  },
  BUCKET_DENIED: {
    text: ({ bucket, endpoint }) => `${endpoint} does not let this access key into the bucket ${bucket}.`,
    safe: "Nothing was connected.",
    next: "Check the access key and the secret key: upper and lower case, and the keyboard layout. The key needs the rights to list, read, write and delete.",
  },
  BUCKET_CLOCK_WRONG: {
    text: ({ endpoint }) => `${endpoint} refuses this computer because its clock is wrong.`,
    safe: "Nothing was connected.",
    next: "Set the time on this page, then connect again.",
  },
  BUCKET_UNREACHABLE: {
    text: ({ endpoint }) => `${endpoint} does not answer.`,
    safe: "Nothing was connected.",
    next: "Check the address, that this computer has an address in the network, and that the server is on.",
  },
  BUCKET_FAILED: {
    text: ({ bucket, endpoint, reason }) => `${endpoint}, bucket ${bucket}: ${reason}`,
    safe: "Nothing was connected.",
    next: "Check the region. The server's own log may say more.",
  },
  SHARE_HOST_KEY_UNKNOWN: {
    text: ({ server, fingerprint }) => `${server} shows a key that nobody has confirmed yet: ${fingerprint}`,
    safe: "No password was sent to it.",
    next: "Compare it with the key that the server itself shows, then accept it.",
  },
  VOLUME_NOT_SHOWN: {
    text: ({ volume, reason }) => `The files of ${volume} cannot be shown: ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Open another volume of the image. To have this one as it is, restore it to a disk.",
  },
  PROOF_NO_MEMORY: {
    text: ({ wanted, own, available }) =>
      `There is too little memory to start it: ${wanted} MiB and ${own} MiB for the virtual machine are needed, ${available} MiB are free.`,
    safe: "The disk is unchanged.",
    next: "Try it on a computer with more memory.",
  },
  ORDER_REFUSED: {
    text: ({ server, reason }) => `An order of ${server} is not followed: ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Somebody in this network may have changed it. If the server has a new key, make the boot set again; else look for another server in this network.",
  },
  SECTOR_SIZE_UNFIT: {
    text: ({ partition, sectorSize, target, reason }) =>
      `${partition} cannot live on the sectors of ${sectorSize} bytes that ${target} has: ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Choose a disk with sectors of the size that the source had, or leave this partition out.",
  },
  RESIZE_UNDONE: {
    text: ({ number, device, reason }) => `Partition ${number} of ${device} keeps its size: ${reason}`,
    safe: "The partition, what is in it, and the partition table are as they were.",
    next: "Do what the reason asks for. A damaged file system is repaired with its own tools first.",
  },
} satisfies Readonly<Record<string, ErrorText>>;

/** What every other language has to have, and no more. */
export type ErrorTexts = {
  readonly [C in keyof typeof errors]: { readonly [F in keyof (typeof errors)[C] & keyof ErrorText]-?: ErrorText[F] };
};
