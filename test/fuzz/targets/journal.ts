import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CaptureJournal, readJournal } from "#imaging/capture/capture-journal.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import { text } from "#test/fuzz/make-seed.ts";
import { scratchFolder } from "#test/fuzz/scratch.ts";
import { type FuzzTarget, JSON_FILE, promise } from "#test/fuzz/target.ts";

const JOURNAL: CaptureJournal = {
  format: "lifeboat-capture/1",
  image: "/mnt/office.lbi",
  imageId: "6b1ff8f8-6a1c-4d1c-8a46-9b7d6a3c2f10",
  createdAt: "2026-01-02T03:04:05.000Z",
  encrypted: false,
  volumeSize: 0,
  diskId: "ata-DISK",
  mapHash: "ab".repeat(32),
  request: {
    level: "normal",
    raw: false,
    name: "office",
    note: "",
    verify: true,
    exclude: [2],
    unlock: [{ partition: 3, keyFile: "/run/key" }],
    leaveOutPageFiles: false,
    bytesPerSecond: 0,
    waitSeconds: 900,
    checkpointBytes: 1 << 30,
  },
  checkpoint: { end: 123_456, chunks: 1024, rawBytes: 1 << 30, pages: [4096, 8192] },
  bad: [{ start: 512, end: 1024, state: "bad" }],
};

/** The journal of an unfinished capture. */
export const target: FuzzTarget = {
  name: "journal",
  share: 0.1,
  seeds: [{ name: "begun", content: () => text(JSON.stringify(JOURNAL, undefined, 1)) }],
  allowed: ["REQUEST_INVALID", "NOT_FOUND"],
  dictionary: ["null", "-1", "1e999", "9007199254740993", "[]", "{}", '"__proto__":'],
  json: JSON_FILE,
  async parse(device) {
    const path = join(scratchFolder(), "case.job");
    writeFileSync(path, await readBytes(device, 0, Math.min(device.size, 1 << 20)));
    const { checkpoint } = await readJournal(path);
    promise(checkpoint.end >= 0 && Number.isSafeInteger(checkpoint.end), () => `a checkpoint at ${checkpoint.end}`);
    return "accepted";
  },
};
