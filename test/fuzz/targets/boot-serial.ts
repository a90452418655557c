import { readFileSync } from "node:fs";
import { readBytes } from "#imaging/device/block-device.ts";
import { conclude, type Observed } from "#imaging/prove/judge/conclude.ts";
import { explain } from "#imaging/prove/judge/explain.ts";
import { Judge } from "#imaging/prove/judge/judge.ts";
import { SerialLines } from "#imaging/prove/judge/serial-lines.ts";
import { CAUSES, STAGES, VERDICTS } from "#imaging/prove/judge/stage.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const recorded = (name: string) =>
  readFileSync(new URL(`../../../imaging/prove/judge/recorded/${name}.txt`, import.meta.url));

const DISK = { firmware: "bios", hasBootCode: true, names: ["root"], allNamed: true, isPrepared: true } as const;

const DICTIONARY = [
  ...[
    "\u001b[2J",
    "\u001b[01;40H",
    "\u001b[",
    "\r",
    "\n",
    "error: ",
    "error: no such device: ",
    "' not found.",
    "grub> ",
  ],
  ...[
    "Linux version 6",
    "Run /init as init process",
    "ALERT!  UUID=",
    " does not exist",
    "Kernel panic - not syncing: ",
  ],
  ...["LIFEBOAT-PROOF ", "state=", "login=", "failed=", ",,,,", "x login: ", "Timed out waiting for device ", "\\x2d"],
  ...["/dev/disk/by-uuid/", ".device", "Welcome to ", "!", "[FAILED] ", "[sda] 8 512-byte logical blocks"],
];

/** What a guest of a boot proof prints: anything, without end. */
export const target: FuzzTarget = {
  name: "boot-serial",
  seeds: ["wrong-root-bios", "bad-fstab-bios", "empty-esp-uefi", "up-uefi"].map((name) => ({
    name,
    content: () => recorded(name),
  })),
  allowed: [],
  dictionary: DICTIONARY,
  bounds: { allocatedBytes: 16 << 20 },
  async parse(device) {
    const bytes = await readBytes(device, 0, Math.min(device.size, 1 << 16));
    const judge = new Judge();
    const lines = new SerialLines();
    for (let at = 0; at < bytes.length; at += 61) {
      for (const line of lines.append(bytes.subarray(at, at + 61))) {
        promise(
          line.length <= 2048 && !/[\p{Cc}]/u.test(line),
          () => `a line of ${line.length} characters, or a control`,
        );
        judge.line(line);
      }
      judge.prompt(lines.partial);
      promise(lines.partial.length <= 2048, () => `a line without end of ${lines.partial.length} characters`);
    }
    const { reached, finding, complaints, state, disk } = judge;
    promise(complaints.length <= 100 && state.failed.length <= 50, () => "more is remembered than is promised");
    const seen: Observed = {
      ...{ ended: "known", reached, finding, complaints, state, disk, partial: lines.partial },
      ...{ hasPicture: false, quietSeconds: 0, readFailure: undefined },
    };
    const conclusion = conclude(seen, DISK);
    promise(VERDICTS.includes(conclusion.verdict) && STAGES.includes(conclusion.reached), () => "no verdict");
    promise(conclusion.cause === undefined || CAUSES.includes(conclusion.cause), () => `the cause ${conclusion.cause}`);
    promise((conclusion.verdict === "up") === (conclusion.cause === undefined), () => "up, and a cause");
    promise(explain(conclusion, seen, DISK, "ahci").reason !== "", () => "no words");
    return conclusion.verdict === "unknown" ? `${conclusion.cause}` : "accepted";
  },
};
