import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";
import type { Destination, Operation, OperationPlan, OperationRequest, TargetChoice } from "#rescue/api/contract.ts";
import { manifest } from "#test/ui/recorded.ts";

/** What a rescue server told of places for images, and of a capture. */

const GIB = 1024 ** 3;

export const destinations: Destination[] = [
  {
    ...{ id: "share:nas", name: "NAS, cellar", kind: "share", size: 3600 * GIB, free: 1210 * GIB },
    ...{ isLow: false, repository: "none" },
  },
  {
    ...{ id: "share:nas/office", name: "NAS, cellar: office", kind: "share", size: 3600 * GIB, free: 1210 * GIB },
    ...{ isLow: false, repository: "locked" },
  },
  { id: "share:offsite", name: "Offsite", kind: "bucket", isLow: false, repository: "open" },
  {
    ...{ id: "medium", name: "The rescue stick", kind: "medium", size: 28 * GIB, free: 0.9 * GIB },
    ...{ isLow: true, repository: "none" },
  },
  {
    ...{ id: "partition:sdb1", name: "TOSHIBA MQ04ABF100 (…91KT), partition 1", kind: "partition", size: 931 * GIB },
    ...{ isLow: false, repository: "none" },
  },
];

type Wish = Extract<OperationRequest, { kind: "capture" }>;

export function capturePlanFor({ disk, name }: TargetChoice, wish: Wish, place?: Destination): OperationPlan {
  if (!place) throw new Error("a page has chosen a place that was not offered");
  const readBytes = manifest.regions.reduce((sum, { usedBytes }) => sum + usedBytes, 0);
  return {
    ...{ id: "operation-plan-2", kind: "capture", title: `capture of ${name}`, subject: name, lines: [] },
    confirmation: { level: "none", text: `${name} is only read.`, words: wish.name, id: disk.id },
    capture: {
      source: { name, path: disk.path, size: disk.size },
      ...{
        regions: manifest.regions.map((one) => ({ ...one, said: hear(one.label).said })),
        readBytes,
        image: `/run/lifeboat/shares/nas/${wish.name}.lbi`,
        place,
      },
      ...(place.kind !== "bucket" && { free: place.free ?? 600 * GIB }),
      isEncrypted: wish.password !== undefined,
      warnings: [say("at.partition", { number: 4, what: say("state.hibernated-elsewhere") })],
    },
  };
}

const subject = "Samsung SSD 970 EVO Plus (…1234)";
const title = `capture of ${subject}`;

export const runningCapture: Operation = {
  ...{ id: "operation-2", kind: "capture", title, subject, state: "running", afterwards: "shut-down" },
  progress: {
    ...{ phase: "copy", pass: { number: 1, count: 2, doneBytes: 21 * GIB, totalBytes: 58 * GIB }, doneBytes: 21 * GIB },
    ...{ totalBytes: 116 * GIB, bytesPerSecond: 212e6, secondsLeft: 540, elapsedSeconds: 106, warnings: [] },
    space: { needed: 17 * GIB, free: 1199 * GIB },
  },
};

export const fullCapture: Operation = {
  ...runningCapture,
  ...(runningCapture.progress && {
    progress: {
      ...runningCapture.progress,
      paused: { code: "SPACE_EXHAUSTED", text: "there is no room left at /run/lifeboat/shares/nas/a.lbi" },
    },
  }),
};
