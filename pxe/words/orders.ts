/** What stands at a machine of a deployment, as far as it is always the same: the first two are the server's, the others the machine's own. */
export const orderWords = {
  "says.order": "It has its order.",
  "says.lost": "It was switched off or lost its way each time.",
  "says.looking": "Looking for the image and the disk",
  "says.begins": "It begins",
  "says.stopped": "Somebody stopped it.",
  "says.stopped-at-work":
    "Somebody stopped it at work: a disk that was being restored does not start until it is restored again.",
  "says.other-job": "Somebody has begun another job.",
  "says.decision": "It needs a decision:",
  "says.no-disk": "there is no fixed disk that could be written to",
  "says.no-share": "The order names no share.",
};
