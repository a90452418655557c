import { plural } from "#ui/i18n/en/plural.ts";

export const home = {
  "home.title": "What do you want to do?",
  "home.nothing-yet": "Nothing is written to a disk before you have seen a plan and confirmed it.",
  "home.actions": "What can be done",
  "home.restore": "Restore an image",
  "home.restore-none": "No image was found yet: plug in the stick or the disk that holds it.",
  // count: of images that were found
  "home.restore-some": (p: { count: number }) =>
    plural(p.count, { one: "# image was found.", other: "# images were found." }),
  "home.restore-looking": "Images are being looked for…",
  "home.partitions": "Change partitions",
  "home.partitions-text": "Make, resize, move, format: nothing happens before you confirm.",
  "home.logs": "Look at the log",
  "home.logs-text": "What this system has done, and what somebody who helps you wants to see.",
  "home.settings": "Settings",
  "home.settings-text": "Language, keyboard, colours and size of text.",
  "home.images": "Images that were found",
  "home.images-more": (p: { count: number }) => plural(p.count, { one: "… and # more", other: "… and # more" }),
  // name: of the image
  "home.restore-this": (p: { name: string }) => `Restore “${p.name}”`,
  "home.restore-short": "Restore",
  "home.machine": "This computer",
  "home.model": "Model",
  "home.memory": "Memory",
  "home.firmware": "Firmware",
  "home.bios": "BIOS",
  "home.uefi": "UEFI",
  "home.uefi-secure": "UEFI, Secure Boot is on",
  "home.battery": "Battery",
  // percent: "63%"
  "home.battery-left": (p: { percent: string }) => `${p.percent}, running on battery`,
  "home.battery-charging": (p: { percent: string }) => `${p.percent}, connected to power`,
  "home.disks": "Disks in this computer",
  "home.no-disks": "No disk was found.",
  "home.boot-medium": "This rescue system was started from it",
  "home.running": "Running now",
  "home.show": "Show",
};
