import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { conclude, type DiskFacts, type Observed, wantedIn } from "#imaging/prove/judge/conclude.ts";
import { explain } from "#imaging/prove/judge/explain.ts";
import { Judge } from "#imaging/prove/judge/judge.ts";
import { SerialLines } from "#imaging/prove/judge/serial-lines.ts";

/** Excerpts of what real starts of the Debian fixture have printed, whole and broken in one way each. */
const recorded = (name: string) => readFileSync(join(import.meta.dirname, "recorded", `${name}.txt`));

function judged(bytes: Uint8Array, pieces = 5) {
  const judge = new Judge();
  const lines = new SerialLines();
  for (let at = 0; at < bytes.length; at += pieces) {
    for (const line of lines.append(bytes.subarray(at, at + pieces))) judge.line(line);
    judge.prompt(lines.partial);
  }
  return { judge, partial: lines.partial };
}

const DISK: DiskFacts = {
  ...{ firmware: "bios", hasBootCode: true, allNamed: true, isPrepared: true },
  names: ["4c494645-0001-4000-8000-000000000003", "root"],
};

function observed(name: string | Uint8Array, more: Partial<Observed> = {}): Observed {
  const { judge, partial } = judged(typeof name === "string" ? recorded(name) : name);
  const { reached, finding, complaints, state, disk } = judge;
  return {
    ...{ ended: "known", reached, finding, complaints, state, disk, partial },
    ...{ hasPicture: false, quietSeconds: 0, readFailure: undefined, ...more },
  };
}

describe("recorded starts", () => {
  it.each([
    [
      "lost-root-bios",
      "boot-loader",
      "loader-lost-root",
      "boot-loader",
      /no such device: 4c494645-0001-4000-8000-000000000003\.$/,
    ],
    [
      "no-kernel-bios",
      "no-kernel",
      "kernel-missing",
      "boot-loader",
      /file `\/boot\/vmlinuz-6.12.117\+deb13-amd64' not found/,
    ],
    [
      "no-initramfs-bios",
      "initramfs",
      "initramfs-missing",
      "kernel",
      /Unable to mount root fs on unknown-block\(0,0\)/,
    ],
    [
      "wrong-root-bios",
      "initramfs",
      "wrong-root",
      "initramfs",
      /ALERT! +UUID=deadbeef-0001-4000-8000-000000000003 does/,
    ],
    ["no-driver-bios", "initramfs", "missing-driver", "initramfs", /ALERT! +UUID=4c494645-0001-4000-8000-000000000003/],
    ["no-init-bios", "root", "no-init", "initramfs", /run-init: \/sbin\/init: No such file/],
    ["bad-fstab-bios", "root", "emergency", "root", /Timed out waiting for device/],
    ["empty-esp-uefi", "no-boot-loader", "nothing-to-start", "firmware", /^Shell>/],
    ["up-uefi", "up", undefined, "up", /^fixture, running, getty@tty1.service/],
  ] as const)("%s: %s, %s", (name, verdict, cause, reached, evidence) => {
    const conclusion = conclude(observed(name), DISK);
    expect(conclusion).toMatchObject({ verdict, reached });
    expect(conclusion.cause).toBe(cause);
    expect(conclusion.evidence).toMatch(evidence);
  });

  it("a disk without a program in its first sector is told by that, and by silence", () => {
    const seen = observed("no-boot-code-bios", { ended: "silent", quietSeconds: 20 });
    expect(seen).toMatchObject({ reached: "firmware", finding: undefined });
    expect(conclude(seen, { ...DISK, hasBootCode: false })).toMatchObject({ verdict: "no-boot-loader" });
    expect(conclude(seen, DISK)).toMatchObject({ verdict: "unknown", cause: "silent" });
  });

  it.each([1, 3, 64, 100_000])("are judged alike however they come: %i bytes at once", (pieces) => {
    const { judge } = judged(recorded("wrong-root-bios"), pieces);
    expect(judge.finding?.line).toMatch(/^ALERT! +UUID=deadbeef/);
    expect(judge.disk).toMatch(/\[sda\] 8388608 512-byte logical blocks/);
  });

  it("the words name what is missing, and where", () => {
    const wrong = observed("wrong-root-bios");
    expect(explain(conclude(wrong, DISK), wrong, DISK, "ahci").reason).toContain(
      "the root file system deadbeef-0001-4000-8000-000000000003, and nothing on this disk is called so",
    );
    const driver = observed("no-driver-bios");
    expect(explain(conclude(driver, DISK), driver, DISK, "nvme").reason).toContain("lack the driver for NVMe");
  });
});

const kernel = "[    0.000000] Linux version 6.1\n[    9.0] Run /init as init process\n";
const seenDisk = "[    2.1] sd 0:0:0:0: [sda] 8388608 512-byte logical blocks: (4.29 GB/4.00 GiB)\n";
const text = (...lines: string[]) => new TextEncoder().encode(lines.join(""));

describe("what other programs print", () => {
  it.each([
    [
      "dracut",
      `${kernel}${seenDisk}dracut-initqueue[305]: Warning: /dev/disk/by-uuid/12AB-34CD does not exist\n`,
      "wrong-root",
      "12AB-34CD",
    ],
    [
      "dracut, no disk",
      `${kernel}dracut-initqueue[305]: Warning: /dev/disk/by-label/root does not exist\n`,
      "missing-driver",
      "root",
    ],
    ["mkinitcpio", `${kernel}${seenDisk}ERROR: device 'UUID=12ab' not found. Skipping fsck.\n`, "wrong-root", "12ab"],
    [
      "by path",
      `${kernel}${seenDisk}ALERT!  /dev/vda2 does not exist.  Dropping to a shell!\n`,
      "root-missing",
      "/dev/vda2",
    ],
    [
      "systemd in the initramfs",
      `${kernel}${seenDisk}[  90.1] systemd[1]: Timed out waiting for device dev-disk-by\\x2duuid-12ab\\x2d34.device - /dev/disk/by-uuid/12ab-34.\n`,
      "wrong-root",
      "12ab-34",
    ],
  ])("%s", (_name, printed, cause, wanted) => {
    expect(conclude(observed(text(printed)), DISK)).toMatchObject({ verdict: "initramfs", cause, wanted });
  });

  it("a name is not called wrong when a part of the disk is closed to us", () => {
    const seen = observed(text(kernel, seenDisk, "ALERT!  UUID=12ab does not exist.  Dropping to a shell!\n"));
    expect(conclude(seen, { ...DISK, allNamed: false }).cause).toBe("root-missing");
  });

  it.each([
    ["GRUB 2.12", "GRUB loading.\nerror: ../../grub-core/fs/fshelp.c:257:file `/vmlinuz-6' not found.\n", "no-kernel"],
    ["grub rescue", "GRUB loading.\nerror: no such partition.\nEntering rescue mode...\ngrub rescue> ", "boot-loader"],
    ["Windows", "BOOTMGR is missing\nPress Ctrl+Alt+Del to restart\n", "boot-loader"],
    [
      "a panic",
      `${kernel}[   10.1] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100\n`,
      "kernel",
    ],
    ["a damaged kernel", "GRUB loading.\nDecompressing Linux...\n\n -- System halted\n", "kernel"],
    ["SeaBIOS", "SeaBIOS (version 1.16)\nBoot failed: not a bootable disk\n\nNo bootable device.\n", "no-boot-loader"],
    ["LUKS", `${kernel}Please unlock disk sda3_crypt: `, "initramfs"],
    [
      "a locked root",
      `${kernel}Welcome to Debian GNU/Linux!\nCannot open access to console, the root account is locked.\n`,
      "root",
    ],
  ])("%s", (_name, printed, verdict) => {
    expect(conclude(observed(text(printed)), DISK).verdict).toBe(verdict);
  });
});

test("a complaint that it went on from is none; one that is certain stays", () => {
  const { judge } = judged(text("GRUB loading.\nerror: no such device: 12ab.\n", kernel, "x login: "));
  expect(judge.finding).toBeUndefined();
  expect(judge.complaints).toEqual(["error: no such device: 12ab."]);
  expect(judge.reached).toBe("up");
  const panic = judged(text(kernel, "Kernel panic - not syncing: x\n", "\nx login: "));
  expect(panic.judge.finding?.cause).toBe("kernel-panic");
});

test("a machine that starts anew is judged anew", () => {
  const { judge } = judged(recorded("no-driver-bios"));
  judge.restart();
  expect(judge).toMatchObject({ reached: "nothing", farthest: "initramfs", finding: undefined, starts: 2 });
});

test("words of a guest do not pass for those of firmware, and emergency mode is told by systemd itself too", () => {
  const { judge } = judged(
    text(kernel, "Welcome to Debian GNU/Linux 13 (trixie)!\n", "Shell> \ngrub> \nNo such (initramfs) \n"),
  );
  expect(judge.finding).toBeUndefined();
  const mark = "LIFEBOAT-PROOF state=maintenance targets=emergency.target, login= display= failed=a.mount,\n";
  expect(judged(text(kernel, mark)).judge.finding).toMatchObject({ verdict: "root", cause: "emergency" });
});

test.each([
  ["ALERT!  UUID=4C49-0002 does not exist.", "4C49-0002"],
  ["Warning: /dev/disk/by-label/a\\x20b does not exist", "a"],
  ["ERROR: device 'PARTUUID=12-01' not found.", "12-01"],
  ["ALERT!  LABEL=root does not exist.", "root"],
  ["mount: /dev/mapper/vg-root: gone", "/dev/mapper/vg-root"],
  ["nothing", undefined],
])("%s wants %s", (line, wanted) => {
  expect(wantedIn(line)).toBe(wanted);
});
