/** What a clone says otherwise than a restore has the key of the restore behind "clone.". */
export const clone = {
  "section.clone": "Clone",
  "home.clone": "Clone a disk",
  "home.clone-text": "Copy a disk onto another one, larger or smaller.",
  "step.source": "Source",
  "clone.source-title": "Which disk do you want to clone?",
  // percent: how far the job is that runs; shown on every page, leads to it
  "clone.app.running": (p: { percent: string }) => `Cloning, ${p.percent}`,
  "clone.app.ended": "The clone has ended",
  "clone.target.title": "Which disk do you want to clone to?",
  // name, size: of the disk that is cloned
  "clone.target.lead": (p: { name: string; size: string }) =>
    `${p.name} has ${p.size}. Everything on the disk you choose will be replaced.`,
  "clone.target.empty": "Connect the disk that you want to clone to, then choose “Look again”.",
  "clone.layout.what": "What to clone",
  "clone.layout.table-same": "As on the source",
  "clone.layout.new-ids": "Keep the identifiers of the source",
  "clone.layout.new-ids-detail":
    "Seldom needed: without it the copy gets identifiers of its own, and its systems are told. With it a computer mixes the two disks up while both are in it.",
  "clone.review.start-erase": (p: { name: string }) => `Erase and clone to ${p.name}`,
  "clone.review.start": (p: { name: string }) => `Clone to ${p.name}`,
  // image, target: names of disks
  "clone.progress.title": (p: { image: string; target: string }) => `Cloning ${p.image} to ${p.target}`,
  "clone.progress.bar": "Progress of the whole clone",
  "clone.progress.image-away": "Waiting: the source was removed, or does not answer",
  "clone.progress.cancel-title": "Stop the clone?",
  "clone.progress.cancel-text":
    "The target will not boot, and what was on it before is gone. The source is unchanged: you can start the clone again at any time.",
  "clone.result.succeeded": "The clone is complete",
  "clone.result.failed": "The clone failed",
  "clone.result.cancelled": "The clone was stopped",
  "clone.result.cancelled-safe":
    "The target will not boot: its partition table was not written. The source is unchanged.",
  "clone.result.cancelled-next": "Start the clone again, or choose another disk.",
  "clone.result.verified-yes": "Everything was read back and is equal to the source",
  "clone.result.other-image": "Choose another disk",
  "clone.result.another": "Clone another",
};
