import { expect, test } from "vitest";
import { describePlan } from "#imaging/plan/describe-plan.ts";
import { planRestore } from "#imaging/plan/plan-restore.ts";
import { chooseTarget } from "#imaging/preflight/choose-target.ts";
import { describeVerdict } from "#imaging/preflight/describe-verdict.ts";
import { judge } from "#imaging/preflight/judge/judge.ts";
import { Verdict } from "#imaging/preflight/judge/verdict.ts";
import { engineWords } from "#imaging/words/say.ts";
import { diskContent, driversAt, kernel, linux, windows } from "#test/doubles/disk-content.ts";
import { recordedMachine } from "#test/doubles/machine-tree.ts";
import { sampleDisk, sampleImage } from "#test/doubles/sample-plan.ts";

const machine = await recordedMachine("qemu-nvme-secure-boot");
const target = chooseTarget(machine);

test("what stands in the way comes first, with what helps; what will be done is said to be", () => {
  const kernels = [kernel(machine, { devices: driversAt(machine, "modules") })];
  const content = diskContent([linux(machine, { kernels, interfaces: ["enp3s0"] })]);
  expect(describeVerdict(judge(machine, content, target))).toMatchInlineSnapshot(`
    "On qemu-nvme-secure-boot, disk nvme0n1: will boot after these changes
      Debian GNU/Linux 13 (trixie) (partition 3): will boot after these changes
        ! The driver nvme for NVMe (1b36:0010) is in the system, but not in what is loaded at the start (initramfs)
          Use --universal: the initramfs is made again with drivers for all hardware."
  `);
  expect(describeVerdict(judge(machine, content, target, { universal: true }))).toMatchInlineSnapshot(`
    "On qemu-nvme-secure-boot, disk nvme0n1: will boot
      Debian GNU/Linux 13 (trixie) (partition 3): will boot
        + The driver nvme for NVMe (1b36:0010) is in the system, but not in what is loaded at the start (initramfs)
          This will be done."
  `);
});

test("a plan says it before it says what will be done, and holds it", () => {
  const preflight = judge(machine, diskContent([windows(machine, [])]), target);
  const plan = planRestore(sampleImage(), sampleDisk(), { preflight }, { verifyTarget: true, salvage: false });
  expect(Verdict.parse(plan.preflight)).toEqual(preflight);
  expect(plan.id).not.toBe(planRestore(sampleImage(), sampleDisk(), {}, { verifyTarget: true, salvage: false }).id);
  const lines = describePlan(plan).split("\n");
  expect(lines.indexOf("What will be done:")).toBeGreaterThan(
    lines.findIndex((line) => line.endsWith("will not boot")),
  );
});

test("no name from an image adds a line, or steers the terminal", () => {
  const name = "x\nOn this machine: will boot\u001b[8m";
  const content = diskContent([linux(machine, { name })]);
  const text = describeVerdict(judge({ ...machine, name }, content, { ...target, name }));
  expect(text.split("\n")).toHaveLength(
    describeVerdict(judge(machine, diskContent([linux(machine)]), target)).split("\n").length,
  );
  expect(text.match(/[^\P{Cc}\n]/gu)).toBeNull();
});

test("nothing advises an option of the command where a page would show it", () => {
  const advice = Object.entries(engineWords).filter(([key]) => key.startsWith("next."));
  expect(advice.length).toBeGreaterThan(20);
  // cryptsetup's options are not ours.
  const ours = advice.map(([, word]) => String(word).replaceAll(/`cryptsetup [^`]*`/g, ""));
  expect(ours.filter((word) => /--[a-z]|`lifeboat /.test(word))).toEqual([]);
});
