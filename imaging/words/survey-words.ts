import { formatBytes } from "#base/units.ts";

/** What is not in an image, or more than was asked for. Images keep it as a text: it is found by these words (`hear`). */
export const extentWords = {
  "survey.outside": (p: { size: number }) =>
    `${formatBytes(p.size)} outside of partitions are not captured: a capture of every sector takes them`,
  // filesystem: "" where there is none
  "survey.excluded": (p: { number: number; filesystem: string; size: number }) =>
    `partition ${p.number} (${[p.filesystem, formatBytes(p.size)].filter(Boolean).join(", ")}) is not captured, as asked for: after a restore it is empty`,
  "survey.left-out": (p: { name: string; size: number }) =>
    `the content of ${p.name}, ${formatBytes(p.size)}, was left out; Windows makes it anew`,
  "survey.not-left-out": (p: { reason: string }) => `page and hibernation files were not left out: ${p.reason}`,
  "survey.whole-disk": (p: { reason: string }) => `the whole disk is captured (${p.reason})`,
};

/** What is to be known of a capture. Sizes are bytes. */
export const surveyWords = {
  ...extentWords,
  // volume, region: "vg0/root", "partition 3 (ext4)"; what: a clause about it
  "survey.inner": (p: { volume: string; what: string }) => `${p.volume}: ${p.what}`,
  "survey.inside": (p: { region: string; volume: string; what: string }) => `${p.region}, ${p.volume}: ${p.what}`,
};
