import { copyFile, mkdir, open, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Firmware, VmOptions } from "#imaging/prove/qemu/options.ts";
import { buildPxe } from "#mediabuilder/build-pxe.ts";
import { MediaConfig } from "#mediabuilder/config/media-config.ts";
import type { Entry } from "#pxe/machines/entry.ts";
import type { Machine } from "#pxe/machines/machine.ts";
import { hashPassword } from "#pxe/menu/password-hash.ts";
import { startDnsmasq } from "#test/engine/network/dhcp-server.ts";
import { until } from "#test/engine/network/namespace.ts";
import { netbootInstaller } from "#test/fixtures/netboot-installer.ts";
import { biosStub, efiImage, efiStub } from "#test/fixtures/windows/boot-stubs.ts";
import { FULL, full } from "#test/sample.ts";
import { DEBUG_SHELL, Guest, waitForMark } from "./iso-guest.ts";
import { type Cell, openCell, openPeerCell, openTwoCardsCell, plug, TAP, WAYS, type Way } from "./pxe-cells.ts";
import { withVm } from "./qemu-run/with-vm.ts";
import { scope } from "./scope.ts";

const BOOT_SECONDS = 900;
/** What the headless rescue system promises to do with when it comes over the network. */
const MEMORY_MIB = 448;
const MAC = "52:54:00:4c:42:10";

/** A capture, which reads back what it wrote, and a restore of it: a small disk, because all of it is in memory here. */
const JOB = [
  "cd /tmp && truncate -s 64M disk.img new.img && mkfs.ext4 -q -d /etc disk.img",
  "lifeboat capture disk.img --to image.lbi && lifeboat restore image.lbi --to new.img --yes-erase /tmp/new.img",
  "e2fsck -fn new.img",
].join(" && ");

/** 130 MB of Debian's, which only tests of the menu start. */
const INSTALLER = `  - {id: di, title: "Debian's installer", kernel: di set/linux, initrd: di set/initrd.gz, arguments: "console=ttyS0,115200", users: [admin]}`;
async function copyInstaller(): Promise<void> {
  const installer = await netbootInstaller();
  await mkdir(join(root, "di set"));
  for (const name of ["linux", "initrd.gz"]) await copyFile(join(installer, name), join(root, "di set", name));
}

const out = join(import.meta.dirname, "../../out/vm/pxe-serve");
const menuFile = `${out}.menu.yaml`;
const root = `${out}.root`;
beforeAll(async () => {
  const config = MediaConfig.parse({ kind: "headless", firmware: false, speech: false, kernelParameters: DEBUG_SHELL });
  const workDir = join(import.meta.dirname, "../../out/cache");
  await rm(root, { recursive: true, force: true });
  await buildPxe({ out: root, workDir, config, log: () => {} });
  if (FULL) await copyInstaller();
  await writeFile(
    menuFile,
    `
title: Start of the office
timeout: 20
users: {admin: ${await hashPassword("geheim")}}
entries:
  - {id: rescue, rescue: text}
  - {id: disk, disk: true}
${FULL ? INSTALLER : ""}
  - {id: huge, title: Huge, rescue: text, memory: 100G}
`,
  );
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** How a machine's firmware starts, and what `pxe machines` says of it then. */
interface Start {
  readonly name: string;
  readonly firmware: Firmware;
  readonly recorded: Machine["firmware"];
  readonly loader: "ipxe" | "grub";
  /** Of `pxe serve`. Firmware that finds no TFTP goes on to HTTP boot. */
  readonly options: readonly string[];
}
const STARTS: readonly Start[] = [
  { name: "Secure Boot", firmware: "uefi-secure-boot", recorded: "uefi", loader: "grub", options: [] },
  { name: "BIOS", firmware: "bios", recorded: undefined, loader: "ipxe", options: [] },
  { name: "UEFI", firmware: "uefi", recorded: "uefi", loader: "grub", options: [] },
  { name: "UEFI HTTP boot", firmware: "uefi", recorded: "uefi http", loader: "grub", options: ["--tftp-port", "6969"] },
];
// Of every change until this one has been seen passing: pxe.test.ts.
const cells = scope<{ start: Start; way: Way }>({
  sample: [],
  all: WAYS.flatMap((way) => STARTS.map((start) => ({ start, way }))),
});

const machineOptions = ({ name, firmware }: Pick<Start, "name" | "firmware">, more: Partial<VmOptions> = {}) => ({
  ...{ name: `pxe-serve-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`, firmware, memoryMiB: MEMORY_MIB },
  ...{ nics: [{ tap: TAP }], firmwareOnSerial: true, ...more },
});

async function shown({ pxe }: Cell, kind: Entry["kind"]) {
  return await until(
    `${kind} on the timeline`,
    async () => {
      const found = await pxe.command<{ machine: Machine; timeline: Entry[] }>("machines", "show", MAC);
      return found.timeline.some((entry) => entry.kind === kind) ? found : undefined;
    },
    120,
  );
}

describe.each(cells)("$start.name, $way", ({ start, way }) => {
  it(`the rescue system answers, with ${MEMORY_MIB} MiB, chosen by the menu's timeout`, async () => {
    await using cell = await openCell(way, root, [...start.options, "--menu", menuFile]);
    const launch = { network: cell.network };
    await withVm(
      machineOptions(start),
      async (vm) => {
        await waitForMark(vm, "server", BOOT_SECONDS);
        const { machine, timeline } = await shown(cell, "up");
        expect(machine.firmware).toBe(start.recorded);
        expect(machine.memory).toBeGreaterThan((MEMORY_MIB / 2) * 2 ** 20);
        const steps = timeline.map((entry) => (entry.kind === "menu" ? `${entry.loader} ${entry.what}` : entry.kind));
        expect(steps).toEqual(expect.arrayContaining(["discover", "offer", "kernel", "up"]));
        const atMenu = steps.filter((step) => / (shown|chosen|refused)$/.test(step));
        expect(atMenu).toEqual([`${start.loader} shown`, `${start.loader} chosen`]);
        expect(timeline.find((entry) => entry.kind === "discover")).toMatchObject(
          way === "through a relay" ? { relay: "10.78.0.1" } : {},
        );
        if (start.firmware !== "uefi-secure-boot") return;
        const guest = await Guest.open(vm);
        const lockdown = "mount -t securityfs securityfs /sys/kernel/security; cat /sys/kernel/security/lockdown";
        expect(await guest.run(lockdown)).toContain("[integrity]");
        if (way === "full DHCP") await guest.run(JOB, 600);
        expect(await guest.run("dmesg | grep -ci 'out of memory' || true")).toBe("0");
      },
      launch,
    );
  });
});

/** What the tests above see, they see of another server, too; where nobody names a file, they see it not. */
describe("dnsmasq and busybox in our place", () => {
  full.each(STARTS.filter(({ name }) => name !== "UEFI HTTP boot"))(
    "$name: the same files start the rescue system",
    async (start) => {
      await using cell = await openPeerCell(root, true);
      const vm = machineOptions({ ...start, name: `peer ${start.name}` });
      await withVm(vm, (one) => waitForMark(one, "server", BOOT_SECONDS), { network: cell.network });
    },
  );

  full.each([
    ["bios", /Nothing to boot|No more network devices/],
    ["uefi", /No bootable option|BdsDxe: failed to load|PXE-E18|No Boot|UEFI Interactive Shell/],
  ] as const)("%s: where nobody names a file, nothing starts", async (firmware, says) => {
    await using cell = await openPeerCell(root, false);
    await withVm(
      machineOptions({ name: `nobody ${firmware}`, firmware }),
      async (vm) => {
        await vm.waitForSerial(says, { timeout: BOOT_SECONDS });
        expect(vm.serialText).not.toContain("LIFEBOAT-MARK");
      },
      { network: cell.network },
    );
  });
});

/** What a machine did at its menu, as the server has it. */
const atMenu = ({ pxe }: Cell): string[] =>
  pxe
    .lines()
    .filter(({ service }) => service === "menu")
    .map(({ event }) => {
      const { type, title, reason } = event as { type: string; title: string; reason?: string };
      return [type, title, reason].filter((word) => word !== undefined).join(": ");
    });
const menuTold = (cell: Cell, count: number) =>
  until(`${count} things at the menu`, async () => (atMenu(cell).length >= count ? true : undefined), 300);
/** Keys of a terminal. Under UEFI firmware and GRUB both read the line: of a key of several letters each gets a part. */
const KEYS = { bios: { up: "\x1b[A", down: "\x1b[B" }, "uefi-secure-boot": { up: "\x10", down: "\x0e" } } as const;

describe("a menu", () => {
  full.each([
    ["bios", /Debian's installer/, "Username", "Password"],
    ["uefi-secure-boot", /Debian's installer/, "Enter username", "Enter password"],
  ] as const)(
    "%s: too little memory and a wrong password are refused; the right one starts Debian's installer",
    async (firmware, title, name, word) => {
      await using cell = await openCell("full DHCP", root, ["--menu", menuFile]);
      const options = machineOptions({ name: `menu ${firmware}`, firmware }, { memoryMiB: 1024 });
      await withVm(
        options,
        async (vm) => {
          let from = 0;
          const see = async (text: string | RegExp) => {
            const source = typeof text === "string" ? text : text.source;
            const found = await vm.waitForSerial(new RegExp(`^[^]{${from}}[^]*?(?:${source})`), { timeout: 300 });
            from = found[0].length;
          };
          const choose = async (downs: number) => {
            await see(title);
            await new Promise((resolve) => setTimeout(resolve, 1500)); // it is drawn before keys are read
            // GRUB stays where it was, iPXE begins anew.
            const { up, down } = KEYS[firmware];
            for (const key of [up, up, up, ...Array.from({ length: downs }, () => down)]) {
              vm.sendSerial(key);
              await new Promise((resolve) => setTimeout(resolve, 500));
            }
            vm.sendSerial("\r");
          };
          const login = async (password: string) => {
            await see(name);
            await new Promise((resolve) => setTimeout(resolve, 1500)); // GRUB loses keys that come while it draws
            vm.sendSerial("admin\r");
            if (firmware !== "bios") await see(word);
            await new Promise((resolve) => setTimeout(resolve, 1500));
            vm.sendSerial(`${password}\r`);
          };
          await choose(3);
          await see("needs 100 GiB of memory");
          vm.sendSerial(" ");
          await choose(2);
          await login("falsch");
          await see(firmware === "bios" ? "do not open it" : "ccess denied");
          vm.sendSerial(" ");
          await choose(2);
          await login("geheim");
          await see(/Select a language/);
          const told = ["shown: Start of the office", "refused: Huge: too little memory"];
          // GRUB asks by itself: a wrong password is between it and the user.
          const refused = firmware === "bios" ? ["refused: Debian's installer: wrong password"] : [];
          expect(atMenu(cell)).toEqual([...told, ...refused, "chosen: Debian's installer"]);
          const { timeline } = await shown(cell, "kernel");
          expect(timeline.some((entry) => entry.kind === "kernel" && entry.file.includes("di"))).toBe(true);
        },
        { network: cell.network },
      );
    },
  );

  full.each(["bios", "uefi", "uefi-secure-boot"] as const)("%s: the computer's own disk", async (firmware) => {
    await using cell = await openCell("full DHCP", root, ["--menu", await menuWith("timeout: 3\ndefault: disk")]);
    const disk = join(out, "..", `pxe-serve.${firmware}.img`);
    await writeFile(disk, ownDisk());
    const disks = [{ file: disk, format: "raw", bus: "ahci" } as const];
    await withVm(
      machineOptions({ name: `disk ${firmware}`, firmware }, { disks }),
      async (vm) => {
        // What it starts is signed by nobody: Secure Boot is seen to be asked.
        const says =
          firmware === "uefi-secure-boot" ? /bad shim signature|prohibited by secure boot|Access Denied/i : /OWN DISK/;
        await vm.waitForSerial(says, { timeout: 300 });
        await menuTold(cell, 2);
        expect(atMenu(cell)[1]).toBe("chosen: The disk of this computer");
      },
      { network: cell.network },
    );
    await rm(disk);
  });
});

/** The menu of above with these lines in place of its timeout. @returns its file */
async function menuWith(lines: string): Promise<string> {
  const file = `${out}.menu-2.yaml`;
  await using handle = await open(menuFile);
  await writeFile(file, (await handle.readFile("utf8")).replace("timeout: 20", lines));
  return file;
}

/** A disk without partitions: under UEFI a program is on it, under BIOS its first sector says the same. */
function ownDisk(): Buffer {
  const disk = efiImage(efiStub("OWN DISK", "/EFI/BOOT/BOOTX64.EFI"));
  // Behind the table of a FAT file system; its first instruction jumps there ("FAT: General Overview", section 3.1).
  biosStub("OWN DISK", 200).copy(disk, 0x3e);
  return disk;
}

describe("two network cards", () => {
  full.each(["bios", "uefi"] as const)(
    "%s: of the server, in one process; the rescue system comes by the second one, with its address alone",
    async (firmware) => {
      await using cell = await openTwoCardsCell(root, ["--menu", await menuWith("timeout: 3")]);
      await withVm(
        machineOptions({ name: `two-cards ${firmware}`, firmware }),
        async (vm) => {
          await waitForMark(vm, "server", BOOT_SECONDS);
          const { machine, timeline } = await shown(cell, "up");
          expect(machine.address).toMatch(/^10\.78\./);
          expect(timeline.find(({ kind }) => kind === "discover")).toMatchObject({ interface: "lan2" });
          const told = cell.pxe.lines().filter(({ event }) => event !== undefined);
          expect(told.filter((line) => line["interface"] !== "lan2")).toEqual([]);
          expect(JSON.stringify(told)).not.toContain("10.77.");
        },
        { network: cell.network },
      );
    },
  );

  full.each(["bios", "uefi"] as const)(
    "%s: the first one's network has addresses and nothing to start; the rescue system comes by the second one",
    async (firmware) => {
      await using cell = await openCell("full DHCP", root, ["--menu", await menuWith("timeout: 3")]);
      const { client } = cell;
      await plug(client, "br-other", ["tap1"]);
      await client.tool("ip", ["address", "add", "10.99.0.1/24", "dev", "br-other"]);
      const range = ["--port=0", "--dhcp-range=10.99.0.100,10.99.0.150,255.255.255.0,1h", "--no-ping"];
      await using _other = await startDnsmasq(client, "br-other", range);
      const nics = [
        { tap: "tap1", mac: "52:54:00:4c:42:99" },
        { tap: TAP, mac: MAC },
      ];
      await withVm(
        machineOptions({ name: `two-nics ${firmware}`, firmware }, { nics }),
        async (vm) => {
          await waitForMark(vm, "server", BOOT_SECONDS);
          const { machine } = await shown(cell, "up");
          expect(machine.address).toMatch(/^10\.77\./);
          expect(vm.serialText).not.toContain("No address from DHCP");
        },
        { network: cell.network },
      );
    },
  );
});
