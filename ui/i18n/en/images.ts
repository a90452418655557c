import { plural } from "#ui/i18n/en/plural.ts";

export const images = {
  "image.title": "Which image do you want to restore?",
  "image.lead": "These images were found on the disks that are attached to this computer.",
  // days: how old the stick or CD is that this computer was started from
  "medium.old-title": (p: { days: number }) =>
    plural(p.days, { one: "This rescue medium is # day old", other: "This rescue medium is # days old" }),
  "medium.old":
    "It works, but it may not know newer computers. Make or update a stick on another computer when you can.",
  "image.rescan": "Look again",
  "image.rescanning": "Looking…",
  // count: how many images were found; read out after a scan
  "image.found": (p: { count: number }) => plural(p.count, { one: "# image found", other: "# images found" }),
  "image.empty-title": "No image was found",
  "image.empty-1": "Plug in the stick or the disk that holds the image.",
  "image.empty-2": "Wait until its light is steady, then choose “Look again”.",
  "image.empty-3": "An image is one file that ends in .lbi. A .partial file is an interrupted capture, not an image.",
  "image.missing": "Choose an image first.",
  "image.list": "Images",
  "image.unreadable": "This file cannot be restored",
  // date: when the image was made; machine: model of the disk it was made of
  "image.made": (p: { date: string; machine: string }) => `Made ${p.date} of ${p.machine}`,
  // size: of the disk that was captured
  "image.disk": (p: { size: string }) => `Disk of ${p.size}`,
  // count: files of a split image; size: of them together
  "image.files": (p: { size: string; count: number }) =>
    plural(p.count, { one: `File of ${p.size}`, other: `# files of ${p.size} together` }),
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
};
