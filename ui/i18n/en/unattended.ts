import { plural } from "#ui/i18n/en/plural.ts";

export const unattended = {
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
};
