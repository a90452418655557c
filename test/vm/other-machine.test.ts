import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import type { DiskBus, Firmware } from "#imaging/prove/qemu/options.ts";
import { recordedMachine } from "#test/doubles/machine-tree.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { MIB } from "#test/fixtures/debian/layout.ts";
import { FULL } from "#test/sample.ts";
import { ROOT_IDS } from "../fixtures/universal/build-disk.ts";
import type { InitramfsTool } from "../fixtures/universal/install-root.ts";
import { type RootKind, VAULT_KEY } from "../fixtures/universal/root-volume.ts";
import { universalDisk } from "../fixtures/universal-debian.ts";
import { bootUniversal } from "./boot-universal.ts";

/**
 * All at once, as somebody does it whose machine is gone: an image goes by one command to a disk of another size, table or sector
 * size, in a machine with another controller, card and firmware, and starts there. What the same restore does without `--universal`
 * is shown first.
 */
interface Move {
  readonly kind: RootKind;
  readonly tool: InitramfsTool;
  readonly to: Machine;
  /** Bytes of the new disk. */
  readonly size: number;
  readonly layout: readonly string[];
}
interface Machine {
  readonly firmware: Firmware;
  readonly bus: DiskBus;
  readonly sectorSize?: 4096;
}

const GIB = 1024 * MIB;
const NIC = { mac: "52:54:00:00:00:77" };
const DEBIAN = "initramfs-tools";
const MOVES: readonly Move[] = [
  {
    ...{ kind: "lvm", tool: DEBIAN, to: { firmware: "uefi", bus: "nvme" } },
    ...{ size: 3300 * MIB, layout: ["--layout", "shrink"] },
  },
  {
    ...{ kind: "luks", tool: DEBIAN, to: { firmware: "uefi", bus: "ahci" } },
    ...{ size: 6 * GIB, layout: ["--layout", "fill"] },
  },
  {
    ...{ kind: "xfs", tool: DEBIAN, to: { firmware: "uefi", bus: "usb" } },
    ...{ size: 6 * GIB, layout: ["--layout", "fill"] },
  },
  {
    ...{ kind: "ext4", tool: DEBIAN, to: { firmware: "bios", bus: "megasas" } },
    ...{ size: 2500 * MIB, layout: ["--layout", "shrink", "--table", "mbr", "--firmware", "bios"] },
  },
  {
    ...{ kind: "ext4", tool: DEBIAN, to: { firmware: "uefi", bus: "nvme", sectorSize: 4096 } },
    ...{ size: 4200 * MIB, layout: ["--sector-size", "4096", "--system"] },
  },
  {
    ...{ kind: "btrfs", tool: "dracut", to: { firmware: "bios", bus: "lsi" } },
    ...{ size: 3000 * MIB, layout: ["--layout", "shrink", "--firmware", "bios"] },
  },
];

describe.skipIf(!FULL).each(MOVES)("$kind by $tool, to $to with $layout", ({ kind, tool, to, size, layout }) => {
  let folder: string;
  let image: string;
  let machine: string;
  let unlock: readonly string[];

  beforeAll(async () => {
    const out = resolve(import.meta.dirname, "../../out");
    await mkdir(out, { recursive: true });
    folder = await mkdtemp(join(out, "other-machine-"));
    image = join(folder, "old.lbi");
    machine = join(folder, "machine.json");
    await writeFile(machine, JSON.stringify(await newMachine()));
    const key = join(folder, "vault.key");
    await writeFile(key, VAULT_KEY);
    unlock = kind === "luks" ? ["--unlock", `3=${key}`] : [];
    await lifeboatJson("capture", await universalDisk(tool, kind), "--to", image, "--no-verify", ...unlock);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function restored(name: string, ...options: readonly string[]): Promise<string> {
    const target = join(folder, name);
    await writeFile(target, "");
    await truncate(target, size);
    const given = ["--to", target, "--yes-erase", target, "--machine", machine, ...layout, ...unlock, ...options];
    await lifeboatJson("restore", image, ...given);
    return target;
  }

  it("does not find its root there without the universal restore", async () => {
    const disk = await restored("plain.raw", "--no-preflight");
    expect(await bootUniversal(disk, { ...to, nics: [NIC] })).toBe("no root");
    await rm(disk);
  });

  it("starts there, as a machine of its own, with its network", async () => {
    const disk = await restored("moved.raw", "--universal", "--identity", "new", "--hostname", "new-name");
    const said = await bootUniversal(disk, { ...to, nics: [NIC] });
    if (said === "no root") throw new Error(said);
    expect(said).toMatchObject({ uuid: ROOT_IDS[kind], name: "new-name", failed: "" });
    expect(said.device).not.toContain("/dev/vd");
    expect(said.swap).toMatch(/^\/dev\/(sd|nvme)/);
    expect(said.network).toContain("lan0 UP 192.168.77.5/24");
    expect(said.machine).toMatch(/^[0-9a-f]{32}$/);
    expect(said.machine).not.toBe("4c494645424f41544c494645424f4154");
    expect(said.ssh[0]).toBe("active");
    await rm(disk);
  });
});

/** With the one card that the virtual machine has. */
async function newMachine(): Promise<MachineHardware> {
  const machine = await recordedMachine("qemu-ahci");
  return { ...machine, networks: [{ name: "ens9", mac: NIC.mac, wireless: false }] };
}
