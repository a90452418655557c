import { PlannedLayout } from "#imaging/layout/layout.ts";
import { MendReport } from "#imaging/mend/mend.ts";
import { Verdict } from "#imaging/preflight/judge/verdict.ts";
import { asNext, say } from "#imaging/words/say.ts";
import type {
  LayoutAnswer,
  LayoutWish,
  Operation,
  OperationKind,
  OperationPlan,
  RestoreWish,
  TargetChoice,
} from "#rescue/api/contract.ts";
import { manifest } from "#test/ui/recorded.ts";

/** What a rescue server told of layouts, of whether systems will start, and of what is done with a restored disk. */

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

const limits: LayoutAnswer["limits"] = manifest.partitions.map(({ number, size }) => ({
  ...{ number, size, least: size, most: size },
  ...(number === 3 && { least: 44 * GIB, most: 16_384 * GIB }),
  ...(number === 4 && { least: 18 * GIB, most: 16_384 * GIB }),
  ...(number < 3 && { notSmaller: say("limit.no-tool", { filesystem: "vfat" }) }),
}));

/** Partitions lie one behind the other, with the sizes that were asked for. */
export function layoutFor({ disk }: TargetChoice, wish: LayoutWish): LayoutAnswer {
  const wished = (number: number) => wish.partitions?.find(({ source }) => source === number)?.size;
  const chosen = manifest.partitions.filter(({ number }) => !wish.only || wish.only.includes(number));
  const sizes = chosen.map((one) => {
    const size = wished(one.number);
    if (typeof size === "number") return size;
    if (wish.mode === "shrink") return limits.find(({ number }) => number === one.number)?.least ?? one.size;
    return one.size;
  });
  let start = MIB;
  const partitions = chosen.map((one, i) => {
    const size = sizes[i] ?? one.size;
    const at = start;
    start += size;
    return { ...one, source: one.number, start: at, size, change: size === one.size ? "none" : "shrink" };
  });
  if (start > disk.size) {
    const need = Math.ceil(start / GIB);
    return {
      limits,
      problem: {
        ...{ code: "LAYOUT_TOO_SMALL", text: `the partitions need ${need} GiB`, details: {} },
        ...{ safe: "Nothing was written.", next: "Make them smaller, or leave some out." },
      },
    };
  }
  const notes = [{ code: "SPACE_UNUSED", ...say("layout.free", { free: disk.size - start }) }];
  const planned = { tableType: wish.table ?? "gpt", size: disk.size, sectorSize: 512, partitions, notes };
  return { limits, planned: PlannedLayout.parse(planned) };
}

const SECTORS = { sectorSize: 512, oldSectorSize: 4096 };
export const verdictFor = (wish: RestoreWish): Verdict =>
  Verdict.parse({
    answer: wish.systems?.universal ? "will-boot" : "will-boot-after",
    machine: "Dell Inc. OptiPlex 7060",
    target: "nvme0n1",
    findings: [],
    systems: [
      {
        name: "Debian GNU/Linux 13 (trixie)",
        kind: "linux",
        partition: 3,
        answer: wish.systems?.universal ? "will-boot" : "will-boot-after",
        findings: [
          {
            code: "DRIVER_NOT_IN_INITRAMFS",
            severity: "change",
            ...say("verdict.driver-late", { driver: "nvme", device: "NVMe (1b36:0010)" }),
            ...asNext(say("next.initramfs")),
            mend: "universal",
            ...(wish.systems?.universal && { planned: true }),
          },
          { code: "SECTOR_SIZE_CONVERTED", severity: "info", ...say("verdict.sectors-converted", SECTORS) },
        ],
      },
    ],
  });

export const mended = MendReport.parse({
  ...{ kind: "mend", planId: "mend-1", seconds: 12.5, partitions: [], disk: [], notes: [], problems: [] },
  loaders: [{ text: "Copy GRUB to where firmware looks", what: "EFI/BOOT/BOOTX64.EFI" }],
  systems: [
    {
      ...{ name: "Debian GNU/Linux 13 (trixie)", kind: "linux", problems: [] },
      steps: [{ text: "Make the initramfs again with drivers for all hardware" }],
      notes: [{ code: "NOTE", text: "The old one is kept as initrd.img.lifeboat." }],
    },
  ],
});

const SUBJECT = { subject: "Samsung SSD 970 EVO Plus (…1234)" };
export const operationPlanFor = (kind: OperationKind): OperationPlan => ({
  ...{ id: "operation-plan-1", kind, title: "boot proof of Samsung SSD 970 EVO Plus (…1234)", ...SUBJECT },
  lines: [say("prove.plan", { disk: SUBJECT.subject, mib: 2048 }), say("prove.safe")],
  confirmation:
    kind === "undo"
      ? { level: "acknowledge", text: "I understand that 5 partitions will be erased.", words: "1234", id: "disk-1" }
      : { level: "none", text: "Nothing is written to the disk.", words: "1234", id: "disk-1" },
});

export const runningOperation: Operation = {
  ...{
    id: "operation-1",
    kind: "prove",
    title: "boot proof of Samsung SSD 970 EVO Plus (…1234)",
    ...SUBJECT,
    state: "running",
  },
  afterwards: "stay",
  progress: {
    ...{ phase: "prove", pass: { number: 1, count: 1, doneBytes: 0, totalBytes: 0 }, doneBytes: 0, totalBytes: 0 },
    ...{ bytesPerSecond: 0, secondsLeft: null, elapsedSeconds: 42, warnings: [] },
  },
};

export const endedOperation: Operation = {
  ...{ id: "operation-1", kind: "prove", title: "boot proof of Samsung SSD 970 EVO Plus (…1234)", ...SUBJECT },
  ...{ state: "succeeded", afterwards: "stay", lines: [say("prove.up"), { text: "  Reached:   login, after 41 s" }] },
};
