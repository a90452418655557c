import { formatBytes, formatDuration, formatPlace } from "#base/units.ts";

/** What a job will do and what it has done, line by line. Sizes are bytes, times seconds. */
export const operationWords = {
  // text: a sentence
  "line.item": (p: { text: string }) => `  - ${p.text}`,
  "line.item-of": (p: { text: string; what: string }) => `  - ${p.text} (${p.what})`,
  "line.warning": (p: { text: string }) => `! ${p.text}`,
  "line.problem": (p: { text: string }) => `  ! ${p.text}`,
  "line.note": (p: { text: string }) => `  i ${p.text}`,
  "line.next": (p: { text: string }) => `    ${p.text}`,
  "line.seconds": (p: { seconds: number }) => `Done in ${formatDuration(p.seconds)}.`,

  "verify.plan": (p: { path: string }) => `Verify ${p.path}`,
  "verify.how": "All of the image is read and held against its checksums; nothing is written.",
  // count: of chunks
  "verify.intact": (p: { path: string; count: number; bytes: number; seconds: number }) =>
    `${p.path} is intact: ${p.count} chunks, ${formatBytes(p.bytes)} checked in ${formatDuration(p.seconds)}`,
  "verify.lacks": (p: { bytes: number }) =>
    `! it lacks ${formatBytes(p.bytes)} that could not be read when it was made`,

  "copy.plan": (p: { image: string }) => `Copy out of ${p.image}`,
  "copy.into": (p: { folder: string; place: string }) => `  into the folder "${p.folder}" of ${p.place}`,
  "copy.free": (p: { free: number }) => `  which has ${formatBytes(p.free)} free`,
  "copy.safe": "Files that are there already are not replaced; the image is only read.",

  "export.plan": (p: { image: string; file: string }) => `Write ${p.image} as ${p.file}`,
  "export.place": (p: { place: string }) => `  place   ${p.place}`,
  "export.place-free": (p: { place: string; free: number }) => `  place   ${p.place}, ${formatBytes(p.free)} free`,
  "export.disk": (p: { size: number; used: number }) =>
    `  disk    ${formatBytes(p.size)}, of which ${formatBytes(p.used)} are used`,
  "export.encrypted": "  It is encrypted: without its password nobody can read it.",
  "export.plain": "! It is not encrypted: everybody who has it can read it.",
  "export.checked": "It is read back and checked; the image itself is only read.",
  "export.done": (p: { path: string; size: number; bytes: number; seconds: number }) =>
    `Exported to ${p.path}: a disk of ${formatBytes(p.size)} in ${formatBytes(p.bytes)}, ${formatDuration(p.seconds)}`,
  "export.equal": "The file was read back and equals the image.",
  "export.done-image": (p: { path: string; bytes: number }) =>
    `Exported to ${p.path}: an image file of ${formatBytes(p.bytes)}, complete in itself`,
  "export.intact": "The file was read back and is intact.",

  "prove.plan": (p: { disk: string; mib: number }) =>
    `Start ${p.disk} in a virtual machine with ${p.mib} MiB of memory, without a network.`,
  "prove.safe": "What it writes goes to a throw-away copy: the disk itself is only read.",
  "prove.up": "It starts.",
  "prove.no-boot-loader": "It does not start: no boot loader.",
  "prove.boot-loader": "It does not start: it stops in the boot loader.",
  "prove.no-kernel": "It does not start: there is no kernel.",
  "prove.kernel": "It does not start: the kernel stops.",
  "prove.initramfs": "It does not start: the kernel does not come to its root file system.",
  "prove.root": "It does not start: the system stops on its root file system.",
  "prove.unknown": "Whether it starts is not known.",

  "undo.plan": (p: { id: string; disk: string; image: string }) =>
    `Plan ${p.id}: bring back what was on ${p.disk} before "${p.image}" was restored onto it`,
  "undo.losses": "This is on it now, and will be lost:",
  "undo.no-losses": "Nothing that is on it now will be lost.",
  "undo.areas": "What will be written back:",
  "undo.total": (p: { bytes: number }) => `  in all ${formatBytes(p.bytes)}, the partition table last`,
  "undo.done": (p: { disk: string; bytes: number; seconds: number }) =>
    `${p.disk} has its old partition table, boot areas and superblocks again: ${formatBytes(p.bytes)} in ${formatDuration(p.seconds)}, read back and compared.`,
  "undo.unread": (p: { bytes: number }) =>
    `${formatBytes(p.bytes)} could not be read when they were saved, and are left as they are.`,

  "resume.move": (p: { number: number }) => `Finish the move of partition ${p.number}, from where it was interrupted.`,
  "resume.resize": (p: { number: number }) =>
    `Finish the change of size of partition ${p.number}, from where it was interrupted.`,
  "resume.back-move": (p: { start: number }) => `Then move it back to ${formatPlace(p.start)}.`,
  "resume.back-size": (p: { size: number }) => `Then give it back its size of ${formatBytes(p.size)}.`,
  "resume.safe": "Nothing on the disk will be lost.",
  "resume.done": (p: { number: number }) => `What was interrupted is finished: partition ${p.number} is whole.`,

  "mend.plan": (p: { id: string; disk: string }) => `Plan ${p.id}: let the systems of ${p.disk} start`,
  // time: as the folder is called that has the files of before
  "mend.take-back": (p: { id: string; disk: string; time: string }) =>
    `Plan ${p.id}: take back what was changed for Windows on ${p.disk} at ${p.time}`,
  "mend.disk": (p: { path: string; size: number; id: string }) =>
    `  disk   ${p.path}, ${formatBytes(p.size)}, id ${p.id}`,
  "mend.safe": "Nothing on the disk will be lost; files that are changed are kept as they were.",
  "mend.will": "What will be done:",
  "mend.was": "What was done:",
  "mend.nothing-to-do": "There is nothing to do.",
  "mend.was-nothing-to-do": "There was nothing to do.",
  "mend.stopped": "Nothing will be done, because of this:",
  "mend.was-stopped": "Nothing was done, because of this:",
  "mend.system": (p: { name: string }) => `${p.name}:`,
  "mend.system-idle": "  nothing to do",
  "mend.esp": "EFI system partition:",
  "mend.outside": "Outside of partitions' files:",
  // entry: "Boot0003"; label: what it is called
  "mend.entry": (p: { entry: string; label: string; file: string }) =>
    `The firmware lists ${p.entry} (${p.label}): ${p.file}`,

  "capture.done": (p: { used: number; size: number; seconds: number; path: string; bytes: number }) =>
    `Captured ${formatBytes(p.used)} of ${formatBytes(p.size)} in ${formatDuration(p.seconds)}: ${p.path}, ${formatBytes(p.bytes)}`,
  "capture.verified": "The image was read back and is intact.",
  "capture.unverified": "The image was not read back.",
};
