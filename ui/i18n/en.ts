import { createFormat } from "#ui/i18n/format.ts";

/** British: its dates (18 Nov 2026, 14:03) are read in one way only. */
export const enLocale = "en-GB";
const { plural, bytes } = createFormat(enLocale);

/** Texts for one error code. Where a field is absent, the page shows what the server said. */
export interface ErrorText {
  readonly text?: (details: Readonly<Record<string, string | number>>) => string;
  readonly safe?: string;
  readonly next?: string;
}

/**
 * English, and the type of every other language (`satisfies Messages`). Keys are `page.thing`. Whole sentences only:
 * no text is put together from parts, so that each language keeps its own word order.
 */
export const en = {
  "app.name": "Lifeboat",
  "app.skip": "Skip to the content",
  "app.steps": "Steps",
  "app.loading": "One moment…",
  "app.save-log": "Save log",
  "app.show-log": "Show log",
  "app.try-again": "Try again",
  // at the lower edge of a page that is longer than the screen
  "app.more-below": "More below",
  "app.reload": "Reload the page",
  // said of a step that lies behind
  "app.step-done": "done",
  // title: the heading of the page
  "app.title": (p: { title: string }) => `${p.title} – Lifeboat`,

  "step.image": "Image",
  "step.target": "Target",
  "step.review": "Review",
  "step.progress": "Progress",
  "step.result": "Result",
  "nav.back": "Back",
  "nav.next": "Next",

  "image.title": "Which image do you want to restore?",
  "image.lead": "These images were found on the disks that are attached to this computer.",
  // days: how old the stick or CD is that this computer was started from
  "medium.old-title": (p: { days: number }) => `This rescue medium is ${p.days} days old`,
  "medium.old":
    "It works, but it may not know newer computers. Make or update a stick on another computer when you can.",
  "image.rescan": "Look again",
  "image.rescanning": "Looking…",
  // count: how many images were found; read out after a scan
  "image.found": (p: { count: number }) =>
    plural(p.count, { one: "# image found", other: "# images found", zero: "No image found" }),
  "image.empty-title": "No image was found",
  "image.empty-1": "Plug in the stick or the disk that holds the image.",
  "image.empty-2": "Wait until its light is steady, then choose “Look again”.",
  "image.empty-3": "An image is one file that ends in .lbi. A .partial file is an interrupted capture, not an image.",
  "image.missing": "Choose an image first.",
  "image.list": "Images",
  "image.unreadable": "This file cannot be restored",
  // date: when the image was made; machine: model of the disk it was made of
  "image.made": (p: { date: string; machine: string }) => `Made ${p.date} of ${p.machine}`,
  // disk: size of the disk that was captured; file: image.one-file or image.files
  "image.sizes": (p: { disk: string; file: string }) => `Disk of ${p.disk}, ${p.file}`,
  "image.one-file": (p: { size: string }) => `file of ${p.size}`,
  // count: files of a split image, or of one that is locked
  "image.files": (p: { size: string; count: number }) =>
    plural(p.count, { one: `# file of ${p.size}`, other: `# files of ${p.size} together` }),
  "image.locked": "Encrypted: its password is needed",
  "image.unknown-model": "a disk of unknown model",
  "image.details": "What the image holds",
  "image.note": "Note",
  "image.file": "File",
  "image.place": "Place",
  "image.volumes": "Parts",
  "image.volume-count": (p: { count: number }) => plural(p.count, { one: "# file", other: "# files" }),
  "image.protection": "Protection",
  "image.unlocked": "Encrypted. Unlocked until this computer restarts.",
  // part: "partition 2 (LUKS)"
  "image.inside": (p: { part: string }) => `Inside ${p.part}`,
  "image.warnings": "Noted when it was made",
  // version: of the program that wrote the image
  "image.writer": (p: { program: string; version: string }) => `${p.program} ${p.version}`,
  "image.written-by": "Written by",
  "image.choose-to-see": "Choose an image to see what it holds.",

  // name: of the image file
  "unlock.help": (p: { name: string }) =>
    `“${p.name}” is encrypted. Type its password, or its recovery key. Both stay in this computer's memory only.`,
  "unlock.password": "Password",
  "unlock.button": "Unlock",
  "unlock.busy": "Unlocking…",
  "unlock.missing": (p: { name: string }) => `First type the password of ${p.name}.`,
  "unlock.done": (p: { name: string }) => `${p.name} is unlocked`,
  "password.show": "Show",
  "password.hide": "Hide",
  "password.caps-lock": "Caps Lock is on.",

  "target.title": "Which disk do you want to restore to?",
  // name: of the image; size: of the disk that was captured
  "target.lead": (p: { name: string; size: string }) =>
    `The image “${p.name}” needs a disk of at least ${p.size}. Everything on the disk you choose will be replaced.`,
  "target.list": "Disks",
  "target.missing": "Choose a disk first.",
  "target.empty-title": "No disk was found",
  "target.empty": "Connect the disk that you want to restore to, then choose “Look again”.",
  "target.none-fits": "None of these disks can be the target. The reason stands at each disk.",
  "target.now": "What is on it now",
  "target.choose-to-see": "Choose a disk to see what is on it.",
  "target.is-empty": "Empty: no partitions",
  "target.unreadable": "What is on it is not known: it cannot be read",
  "target.not-recognised": "Not empty: what is on it was not recognised",
  "target.unfinished": "A restore onto this disk was begun and not finished",
  // partitions: number; names: the labels or file systems, at most a few
  "target.holds": (p: { count: number; names: string }) =>
    plural(p.count, { one: `# partition: ${p.names}`, other: `# partitions: ${p.names}` }),
  "target.refused": "Cannot be chosen",
  "target.serial": "Serial number",
  // bus: "USB"
  "target.removable": (p: { bus: string }) => `${p.bus}, removable`,
  // names of the buses as printed on boxes; unknown ones are shown as they are
  "bus.nvme": "NVMe",
  "bus.sata": "SATA",
  "bus.ata": "SATA",
  "bus.usb": "USB",
  "bus.virtio": "virtio",
  "bus.scsi": "SCSI",
  "bus.mmc": "SD/MMC",
  "bus.file": "Disk image file",

  "review.title": "Check what will happen",
  "review.image": "Image",
  // date: when the image was made
  "review.image-of": (p: { name: string; date: string }) => `${p.name}, made ${p.date}`,
  "review.target": "Target",
  "review.stale-title": "The disks have changed since this page was made",
  "review.stale": "Nothing was written. This is a new plan: look at it once more, and confirm it again.",
  "review.new-loss": "new",
  "review.losses": "This will be lost",
  "review.no-losses": "Nothing is lost: the target holds no data.",
  "review.warnings": "Please note",
  "review.layout": "The disk",
  "review.now": "Now",
  "review.after": "After",
  "review.writes": "What will be done",
  // size: all bytes that will be written
  "review.total": (p: { size: string }) => `${p.size} will be written.`,
  "review.save-plan": "Save plan",
  "review.options": "Options",
  "review.verify": "Read everything back and compare",
  // size: bytes that will be read back
  "review.verify-cost": (p: { size: string }) =>
    `Reads ${p.size} from the target: about as long again as writing. Finds a faulty disk or cable.`,
  "review.confirm": "Confirm",
  // words: to be typed exactly
  "review.type": (p: { words: string }) => `Type ${p.words} to confirm`,
  "review.type-missing": (p: { words: string }) => `First type ${p.words} under “Confirm”.`,
  "review.check-missing": "First tick the box under “Confirm”.",
  "review.replanning": "The plan is being made…",
  // name: of the disk
  "review.start-erase": (p: { name: string }) => `Erase and restore ${p.name}`,
  "review.start": (p: { name: string }) => `Restore to ${p.name}`,
  "review.starting": "Starting…",

  "disk.partition": "Partition",
  "disk.name": "Name",
  "disk.filesystem": "File system",
  "disk.size": "Size",
  "disk.used": "Used",
  "disk.action": "Action",
  "disk.whole": "whole disk",
  "disk.free": "free",
  "disk.no-partitions": "No partitions",
  "disk.unknown-filesystem": "not recognised",
  "disk.not-to-scale": "≠ Narrow parts are drawn wider than they are.",
  "disk.not-to-scale-mark": "drawn wider than it is",
  "role.now": "as it is",
  "role.keep": "kept",
  "role.erase": "erased",
  "role.new": "restored",
  "role.moved": "moved",
  "role.free": "free",
  "mode.used-blocks": "used blocks only",
  "mode.header-only": "header only",
  "mode.raw": "every sector",

  // image, target: names
  "progress.title": (p: { image: string; target: string }) => `Restoring ${p.image} to ${p.target}`,
  "progress.phase": (p: { number: number; count: number; name: string }) =>
    p.count > 1 ? `${p.number} of ${p.count}: ${p.name}` : p.name.charAt(0).toUpperCase() + p.name.slice(1),
  "phase.save": "saving what makes the old content findable again",
  "phase.clear": "removing the old partition table",
  "phase.write": "writing the data",
  "phase.boot-areas": "writing the boot areas",
  "phase.fit": "fitting file systems to their new sizes",
  "phase.table": "writing the partition table",
  "phase.mend": "letting the systems start",
  "phase.verify": "reading back and comparing",
  "progress.starting": "Starting…",
  "progress.waiting": "Waiting",
  "progress.waiting-document": (p: { target: string }) => `Waiting – ${p.target}`,
  "progress.image-away": "Waiting: the disk with the image was removed, or does not answer",
  "progress.image-away-next": "Plug it in again: the restore goes on by itself.",
  // target: name
  "progress.target-away": (p: { target: string }) => `Waiting: ${p.target} was removed, or does not answer`,
  "progress.target-away-next": "Connect it again: the restore goes on by itself.",
  "progress.target-full": "Waiting: there is no room left",
  "progress.target-full-next": "Make room: the restore goes on by itself.",
  "progress.waits-how-long": "It waits for a quarter of an hour. If it fails after that, you can start it again.",
  "progress.space": "Room",
  // needed, free: sizes
  "progress.space-of": (p: { needed: string; free: string }) => `${p.needed} needed, ${p.free} free`,
  "progress.cancelling": "Stopping… the current piece is finished first.",
  "progress.done": "Done",
  // of two passes: writing, and reading back
  "progress.done-in-pass": "Done in this pass",
  // done, total: sizes
  "progress.of": (p: { done: string; total: string }) => `${p.done} of ${p.total}`,
  "progress.rate": "Speed",
  "progress.left": "Time left",
  "progress.left-in-all": "Time left in all",
  "progress.about": (p: { time: string }) => `about ${p.time}`,
  "progress.estimating": "being estimated…",
  "progress.elapsed": "Elapsed",
  "progress.bar": "Progress of the whole restore",
  "progress.announce": (p: { percent: string; phase: string }) => `${p.percent}, ${p.phase}`,
  // percent stands first so that a narrow tab still shows it
  "progress.document": (p: { percent: string; target: string }) => `${p.percent} – ${p.target}`,
  "progress.lost-title": "The connection to the rescue program is lost",
  "progress.lost": "The work continues. This page connects again by itself.",
  "progress.keep-on": "Keep the computer switched on and the disks connected.",
  "progress.boots-last": "The partition table is written last: until then no computer will start from the target.",
  "progress.cancel": "Stop…",
  "progress.cancel-title": "Stop the restore?",
  "progress.cancel-text":
    "The target will not boot, and what was on it before is gone. The image is unchanged: you can start the restore again at any time.",
  "progress.cancel-no": "Go on",
  "progress.cancel-yes": "Stop",
  // count: number of warnings
  "progress.warnings": (p: { count: number }) => plural(p.count, { one: "# warning", other: "# warnings" }),

  "result.succeeded": "The restore is complete",
  "result.failed": "The restore failed",
  "result.cancelled": "The restore was stopped",
  // count: ranges of the target that could not be restored
  "result.salvaged": (p: { count: number }) =>
    plural(p.count, {
      one: "Restored with damage: # range is missing",
      other: "Restored with damage: # ranges are missing",
    }),
  // image, target: names
  "result.succeeded-lead": (p: { image: string; target: string }) => `“${p.image}” is now on ${p.target}.`,
  "result.remove": "Remove the rescue stick or disc before the computer starts again.",
  "result.cancelled-safe": "The target will not boot: its partition table was not written. The image is unchanged.",
  "result.cancelled-next": "Start the restore again, or choose another image.",
  "result.summary": "What was done",
  "result.image": "Image",
  "result.target": "Target",
  "result.duration": "Duration",
  "result.written": "Written",
  "result.speed": "Average speed",
  "result.verified": "Read back",
  "result.verified-yes": "Everything was read back and is equal to the image",
  "result.verified-no": "Something read back differently",
  "result.verified-unasked": "Not asked for",
  "result.verified-unreached": "Not reached",
  "result.warnings": "Please note",
  "result.damaged": "Damaged parts",
  "result.damaged-lead": "These ranges of the target now read as zeros.",
  // count: how many more rows there are
  "result.damaged-more": (p: { count: number }) => plural(p.count, { one: "… and # more", other: "… and # more" }),
  "result.region": "Part",
  "result.offset": "At byte",
  "result.length": "Length",
  "result.problem": "Problem",
  "result.retry": "Try again",
  "result.other-image": "Choose another image",
  "result.another": "Restore another",

  // what a medium does by itself, without anybody
  "unattended.none-title": "Nothing happens by itself",
  "unattended.waiting-title": "This medium restores by itself",
  "unattended.countdown-title": "All data on this disk will be lost",
  "unattended.running-title": "Restoring",
  "unattended.stopped-title": "It was stopped. Nothing was written",
  "unattended.failed-title": "It did not succeed",
  "unattended.done-title": "The restore is complete",
  "unattended.waits": "It begins when everything is there, after a countdown. You can stop it now or then.",
  "unattended.begins": (p: { seconds: number }) =>
    plural(p.seconds, {
      one: "It begins in # second. Any key stops it.",
      other: "It begins in # seconds. Any key stops it.",
    }),
  "unattended.held": "It waits until you let it go on.",
  "unattended.restarts": (p: { seconds: number }) =>
    plural(p.seconds, { one: "The computer restarts in # second.", other: "The computer restarts in # seconds." }),
  "unattended.shuts-down": (p: { seconds: number }) =>
    plural(p.seconds, {
      one: "The computer shuts down in # second.",
      other: "The computer shuts down in # seconds.",
    }),
  "unattended.by-hand": "Nothing more happens by itself. You can go on by hand.",
  "unattended.stop": "Stop",
  "unattended.hold": "Wait",
  "unattended.go-on": "Go on",
  "unattended.begin": "Begin now",
  "unattended.stay-on": "Stay on",
  "unattended.leave": "Go on by hand",

  "power.button": "Power",
  "power.restart": "Restart",
  "power.shut-down": "Shut down",
  "power.title": "Restart or shut down?",
  "power.text":
    "Remove the rescue stick or disc when the screen goes dark, so that the computer starts from its own disk.",
  "power.running": "A restore is running. Stop it first: otherwise the target would not boot.",
  "power.cancel": "Cancel",
  "power.restarting": "The computer restarts…",
  "power.shutting-down": "The computer shuts down…",

  "log.title": "Log of the rescue system",
  "log.text": "Text of the log",
  "log.close": "Close",

  "problem.safe": "What is safe",
  "problem.next": "What to do next",
  // code: of the error, to be looked up in the manual
  "problem.code": (p: { code: string }) => `Code ${p.code}`,
  "problem.title": "That did not work",
  "crash.title": "This page has failed",
  "crash.text": "A part of this page stopped working. It is a mistake in Lifeboat, not in your disks.",
  "crash.safe": "A restore that is running goes on: this page only shows it.",
  "crash.next": "Reload the page. If it fails again, look at the log and report it.",
};

export type Messages = typeof en;

/** By code. A test holds the codes against the engine's catalogue. */
export const enErrors: Readonly<Record<string, ErrorText>> = {
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
};
