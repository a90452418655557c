/** What a clean-up of a repository leaves as it is. Servers keep it as a text: it is found by these words. */
export const staysWords = {
  // by: the next one
  "stays.in-use": (p: { point: string; by: string }) =>
    `${p.point} stays, because it is in use by ${p.by}: clean up again when that has ended`,
  "stays.process": (p: { host: string }) => `a process on ${p.host}`,
  // what: the next one; its problem is one of a piece of an image
  "stays.damaged": (p: { pack: string; what: string }) => `${p.pack} stays as it is: ${p.what}`,
  "stays.record": (p: { number: number; problem: string }) => `the record at byte ${p.number}: ${p.problem}`,
  "stays.no-room": "there is no room to write packs anew that are mostly waste: they stay as they are",
};
