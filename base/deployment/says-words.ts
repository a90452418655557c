import { formatBytes } from "#base/units.ts";

/**
 * What a machine says of what it does by itself, on its own screen and to the server of a deployment: there it comes as a text, and is found by these
 * words. The first two are the server's own, and why its orders wait ("wait-").
 */
export const saysWords = {
  "says.order": "It has its order.",
  "says.lost": "It was switched off or lost its way each time.",
  "says.looking": "Looking for the image and the disk",
  "says.plan": "Making the plan",
  "says.begins": "It begins",
  "says.everything-lost": (p: { disk: string }) => `On ${p.disk} everything will be lost:`,
  "says.only-read": (p: { disk: string }) => `${p.disk} is only read.`,
  "says.stopped": "Somebody stopped it.",
  "says.stopped-at-work":
    "Somebody stopped it at work: a disk that was being restored does not start until it is restored again.",
  "says.other-job": "Somebody has begun another job.",
  "says.decision": "It needs a decision:",
  "says.will-not-start": (p: { system: string }) => `${p.system} will not start here`,
  "says.done-before": (p: { at: string }) =>
    `This image was restored onto this disk by this medium already, at ${p.at}`,
  "says.same-system": "The disk holds a system that came from this image, or is the one that it was made of",

  "says.no-disk": "there is no fixed disk that could be written to",
  // disks: several, listed
  "says.disks": (p: { disks: string }) => `more than one disk could be meant: ${p.disks}`,
  "says.two-largest": (p: { disks: string }) => `two disks are the largest: ${p.disks}`,
  "says.two-smallest": (p: { disks: string }) => `two disks are the smallest: ${p.disks}`,
  "says.no-id": (p: { id: string }) => `no disk has the id ${p.id}`,
  "says.no-serial": (p: { serial: string }) => `no disk has the serial number ${p.serial}`,
  "says.ids": (p: { id: string }) => `more than one disk has the id ${p.id}`,
  "says.serials": (p: { serial: string }) => `more than one disk has the serial number ${p.serial}`,

  "says.not-found": (p: { image: string }) => `${p.image} has not been found yet`,
  "says.not-found-in": (p: { image: string; place: string }) => `${p.image} has not been found in ${p.place} yet`,
  // places: two
  "says.images": (p: { image: string; places: string }) => `there is more than one ${p.image}: ${p.places}`,
  "says.images-in": (p: { image: string; place: string; places: string }) =>
    `there is more than one ${p.image} in ${p.place}: ${p.places}`,
  "says.unusable": (p: { image: string; problem: string }) => `${p.image} cannot be used: ${p.problem}`,
  "says.locked": (p: { image: string }) => `${p.image} is encrypted, and nobody is here to type its password`,

  "says.wait-paused": (p: { deployment: string }) => `${p.deployment}: it is paused on the server`,
  "says.wait-twin": (p: { deployment: string }) => `${p.deployment}: another computer says that it is this machine`,
  "says.wait-again": (p: { deployment: string }) => `${p.deployment}: it is tried again in a moment`,
  "says.wait-until": (p: { deployment: string; time: string }) => `${p.deployment}: it begins at ${p.time}`,
  "says.wait-turn": (p: { deployment: string; number: number }) =>
    `${p.deployment}: it waits for its turn, the others are at it: ${p.number}`,
  "says.wait-code": (p: { deployment: string }) =>
    `${p.deployment}: it waits until somebody confirms its code on the server`,
  "says.not-signed": "the server of this boot set has not signed it",
  "says.other-question": "it answers another question",
  "says.other-machine": "it is for another machine",
  "says.not-opened": "it cannot be opened",

  "says.no-share": "The order names no share.",
  "says.no-repository": (p: { place: string; repository: string }) => `${p.place} has no repository ${p.repository}.`,
  "says.no-orders": "This computer has no orders. Any key, or Stop, ends the waiting for some.",
  "says.no-more-orders": "Somebody stopped it: this computer follows no more orders until it is started again.",
  "says.not-followed": (p: { reason: string }) => `The order could not be followed: ${p.reason}`,
  "says.code": (p: { code: string }) => `Code: ${p.code}`,
};

/** What it does by itself, as a title. Sizes are bytes; repository: "" where the share itself is one. */
export const doesWords = {
  "does.restore": (p: { image: string }) => `Restore ${p.image}`,
  "does.restore-onto": (p: { image: string; disk: string; size: number }) =>
    `Restore ${p.image} onto ${p.disk}, ${formatBytes(p.size)}`,
  "does.capture": (p: { repository: string; place: string }) =>
    `Capture into ${p.repository || "the share"} on ${p.place}`,
  "does.capture-disk": (p: { disk: string; size: number; repository: string; place: string }) =>
    `Capture ${p.disk}, ${formatBytes(p.size)}, into ${p.repository || "the share"} on ${p.place}`,
  "does.orders": (p: { url: string }) => `Orders of ${p.url}`,
};
