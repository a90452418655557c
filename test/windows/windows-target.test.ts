import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeAnswerMedium } from "#test/windows/answer-medium.ts";
import { parseWindowsArguments } from "#test/windows/arguments.ts";
import { INSTALLED, UP, unattend, upScript } from "#test/windows/unattend.ts";

const folder = mkdtempSync(join(tmpdir(), "lifeboat-target-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
mkdirSync(at("drivers"));
writeFileSync(at("drivers/some.inf"), "[Version]");
writeFileSync(at("not.iso"), "nothing");
execFileSync("xorriso", ["-as", "mkisofs", "-quiet", "-o", at("some.iso"), at("drivers")], { stdio: "ignore" });

test("what make passes on", () => {
  expect(parseWindowsArguments([])).toEqual({
    firmware: "uefi",
    from: "ahci",
    to: "nvme",
    edition: 1,
    prepareOnly: false,
  });
  const given = [
    `ISO=${at("some.iso")}`,
    "FIRMWARE=bios",
    "FROM=nvme",
    "TO=virtio",
    `DRIVERS=${at("drivers")}`,
    "EDITION=6",
    "KEY=AAAAA-BBBBB-CCCCC-DDDDD-12345",
    "PREPARE=",
  ];
  expect(parseWindowsArguments(given)).toEqual({
    ...{ iso: at("some.iso"), firmware: "bios", from: "nvme", to: "virtio", drivers: at("drivers") },
    ...{ edition: 6, key: "AAAAA-BBBBB-CCCCC-DDDDD-12345", prepareOnly: false },
  });
});

test.each([
  ["ISO=/none", /no such file/],
  [`ISO=${at("not.iso")}`, /no image of a CD or DVD/],
  ["FIRMWARE=efi", /choose bios, uefi/],
  ["TO=ahci", /both ahci/],
  ["TO=virtio", /no driver for virtio: give DRIVERS/],
  ["DRIVERS=/none", /no such folder/],
  ["INSTALLED=/none", /no such file/],
  ["EDITION=0", /from 1 to 99/],
  ["KEY=secret", /five groups/],
  ["SOMETHING=1", /NAME is one of ISO/],
  ["iso", /NAME=VALUE/],
])("%s is refused", (given, why) => {
  expect(() => parseWindowsArguments([given])).toThrow(why);
});

const parse = (xml: string): string => {
  const program =
    "import sys,xml.dom.minidom as m\nd=m.parseString(sys.stdin.buffer.read())\nprint(*[e.getAttribute('name') for e in d.getElementsByTagName('component')])\nprint(*[e.firstChild.data for e in d.getElementsByTagName('CommandLine')],sep='\\n')";
  return execFileSync("/usr/bin/python3", ["-c", program], { input: xml, encoding: "utf8" });
};

test("the answers are XML, and name all that is asked for", () => {
  const uefi = unattend({ firmware: "uefi", edition: 6, key: "AAAAA-BBBBB-CCCCC-DDDDD-12345", drivers: "/x" });
  expect(parse(uefi)).toMatch(
    /^Microsoft-Windows-International-Core-WinPE Microsoft-Windows-Setup Microsoft-Windows-PnpCustomizationsWinPE Microsoft-Windows-Shell-Setup Microsoft-Windows-Shell-Setup\n/,
  );
  expect(parse(uefi)).toContain(`echo ${INSTALLED}> \\\\.\\COM1`);
  expect(uefi).toContain("<Value>6</Value>");
  expect(uefi).toContain("<InstallTo><DiskID>0</DiskID><PartitionID>3</PartitionID></InstallTo>");
  expect(uefi).toContain("<Key>AAAAA-BBBBB-CCCCC-DDDDD-12345</Key>");
  const bios = unattend({ firmware: "bios", edition: 1 });
  expect(bios).toContain("<Active>true</Active>");
  expect(bios).not.toContain("ProductKey");
  expect(upScript()).toContain(`echo ${UP}-END> \\\\.\\COM1`);
});

test("the stick with the answers is FAT32 with all that the set-up looks for", async () => {
  const path = at("answers.img");
  const given = parseWindowsArguments([`DRIVERS=${at("drivers")}`]);
  await makeAnswerMedium(path, given);
  const show = (file: string) => execFileSync("mtype", ["-i", `${path}@@1M`, `::/${file}`], { encoding: "utf8" });
  expect(show("autounattend.xml")).toBe(unattend(given));
  expect(show("lifeboat-up.cmd")).toBe(upScript());
  expect(show("drivers/some.inf")).toBe("[Version]");
  expect(execFileSync("sfdisk", ["--dump", path], { encoding: "utf8" })).toMatch(/type=c/);
});

test("without an ISO it is skipped, and says how to call it; a mistake ends with status 2", () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ["test/windows/main.ts", ...args], { encoding: "utf8" });
  expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining("skipped: no ISO") });
  expect(run("ISO=/none")).toMatchObject({ status: 2, stderr: expect.stringContaining("make test-windows ISO=FILE") });
});
