import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { DiskBus, DiskOptions, VmOptions } from "#imaging/prove/qemu/options.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import type { Vm } from "#test/vm/qemu-run/vm.ts";
import { withVm } from "#test/vm/qemu-run/with-vm.ts";
import { makeAnswerMedium } from "#test/windows/answer-medium.ts";
import { parseWindowsArguments, UsageError, type WindowsTestArguments } from "#test/windows/arguments.ts";
import { INSTALLED, UP } from "#test/windows/unattend.ts";

/**
 * `make test-windows ISO=...`, for somebody who has Windows: installs it on one bus, captures that disk, restores it to
 * another bus with --universal, and starts the result. Without KVM each start takes long: hours for the installation.
 */
const HELP = `make test-windows ISO=FILE [FIRMWARE=uefi|bios] [FROM=ahci] [TO=nvme] [DRIVERS=FOLDER] [EDITION=1] [KEY=...]
  ISO        Microsoft's installation medium; nothing of it is kept but what Windows installs
  INSTALLED  a raw disk that an earlier run has installed (out/windows/source.img), instead of ISO
  FROM, TO   ahci, nvme, usb; with DRIVERS (a folder, such as virtio-win's) virtio and scsi too
  EDITION    number of the edition on the medium; KEY a product key, where the medium wants one
  PREPARE=1  makes the disks and the answers for the set-up, and ends`;

const OUT = "out/windows";
const DISK_BYTES = 48 * 2 ** 30;
const MEMORY_MIB = 4096;
/** Seconds, on a quiet machine without KVM. */
const INSTALLATION = 12 * 3600;
const START = 3600;
/** "Press any key to boot from CD or DVD" waits five seconds, some time in the first minutes. */
const KEY_PRESSES = 30;
const PAUSE_MS = 2000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(given: WindowsTestArguments): Promise<void> {
  if (given.iso === undefined && given.installed === undefined && !given.prepareOnly)
    return say(`skipped: no ISO was given\n${HELP}`);
  mkdirSync(OUT, { recursive: true });
  const [source, target, answers, image] = ["source.img", "target.img", "answers.img", "source.lbi"].map((name) =>
    join(OUT, name),
  ) as [string, string, string, string];
  await makeAnswerMedium(answers, given);
  say(`answers for the set-up: ${answers}`);
  blank(target);
  if (given.installed === undefined) blank(source);
  if (given.prepareOnly) return say("prepared; the next step needs an ISO");
  const installed = given.installed ?? source;
  if (given.installed === undefined) await install(given, source, answers);
  for (const args of steps(given, installed, image, target)) {
    say(`lifeboat ${args.join(" ")}`);
    say((await runTool("./lifeboat", args)).stdout);
  }
  await start(given, target);
  say("passed: the restored Windows has started on the other bus");
}

function blank(path: string): void {
  writeFileSync(path, "");
  truncateSync(path, DISK_BYTES);
}

/** The commands that a user would give. */
const steps = ({ drivers }: WindowsTestArguments, source: string, image: string, target: string): string[][] => {
  const universal = ["--universal", ...(drivers === undefined ? [] : ["--drivers", drivers])];
  return [
    ["capture", source, "--to", image, "--json"],
    ["restore", image, "--to", target, ...universal, "--dry-run"],
    ["restore", image, "--to", target, ...universal, "--identity", "new", "--yes-erase", target],
  ];
};

const disk = (file: string, bus: DiskBus): DiskOptions => ({ file, format: "raw", bus });
const machine = (given: WindowsTestArguments, name: string, more: Partial<VmOptions>): VmOptions => ({
  ...{ name: `windows-${name}`, firmware: given.firmware, memoryMiB: MEMORY_MIB, cpus: 2, reboot: true },
  ...more,
});

async function install(given: WindowsTestArguments, source: string, answers: string): Promise<void> {
  const disks = [disk(source, given.from), disk(answers, "usb")];
  const options = machine(given, "install", { disks, cdrom: given.iso as string });
  await withVm(options, async (vm) => {
    const installed = vm.waitForSerial(INSTALLED, { timeout: INSTALLATION });
    await Promise.race([installed, pressAnyKey(vm)]);
    await installed;
    await vm.waitForExit({ timeout: START });
  });
  say(`installed on ${given.from}: ${source}`);
}

async function pressAnyKey(vm: Vm): Promise<void> {
  for (let count = 0; count < KEY_PRESSES && vm.running; count++) {
    await vm.sendKeys("spc").catch(() => {}); // it may just have ended
    await sleep(PAUSE_MS);
  }
}

async function start(given: WindowsTestArguments, target: string): Promise<void> {
  const options = machine(given, "restored", { disks: [disk(target, given.to)] });
  await withVm(options, async (vm) => {
    const [line] = await vm.waitForSerial(new RegExp(`${UP} computer=.*\n`), { timeout: START * 2 });
    await vm.screendump("up.png");
    say(`up after ${vm.elapsedSeconds.toFixed(0)} s: ${line.trim()}`);
    await vm.waitForSerial(`${UP}-END`, { timeout: START });
    await vm.waitForExit({ timeout: START });
    say(vm.serialText);
  });
}

try {
  await main(parseWindowsArguments(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(error instanceof UsageError ? `${error.message}\n\n${HELP}\n` : `${(error as Error).stack}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
