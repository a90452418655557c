export const restore = {
  "step.image": "Image",
  "step.target": "Target",
  "step.review": "Review",
  "step.progress": "Progress",
  "step.result": "Result",
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
};
