import { execFileSync } from "node:child_process";
import { constants, copyFile, mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MendReport } from "#imaging/mend/mend.ts";
import type { RestoreReport } from "#imaging/plan/plan.ts";
import type { DiskBus, Firmware } from "#imaging/prove/qemu/options.ts";
import { recordedMachine } from "../doubles/machine-tree.ts";
import { DISK_SIZE } from "../fixtures/debian/layout.ts";
import { ROOT_IDS } from "../fixtures/universal/build-disk.ts";
import type { InitramfsTool } from "../fixtures/universal/install-root.ts";
import type { RootKind } from "../fixtures/universal/root-volume.ts";
import { universalDisk } from "../fixtures/universal-debian.ts";
import { full } from "../sample.ts";
import { bootUniversal } from "./boot-universal.ts";
import { scope } from "./scope.ts";

const LIFEBOAT = resolve(import.meta.dirname, "../../lifeboat");
const NIC = { mac: "52:54:00:00:00:77" };
interface Case {
  readonly tool: InitramfsTool;
  readonly filesystem: RootKind;
  readonly firmware: Firmware;
  /** As a part of the restore, or of a disk that is restored already. */
  readonly by: "restore" | "universal";
  readonly buses: readonly [DiskBus, ...DiskBus[]];
}
/**
 * SeaBIOS reads from all of them; OVMF, as Debian builds it, not from MegaRAID and PVSCSI. SAS1068 (mptsas) is none of them: under QEMU its
 * driver comes up in Linux 6.12, whichever system it is, and finds no disk.
 */
const INITRAMFS_TOOLS = { tool: "initramfs-tools", filesystem: "ext4", firmware: "bios", by: "restore" } as const;
const SYSTEMS = scope<Case>({
  sample: [{ ...INITRAMFS_TOOLS, buses: ["megasas"] }],
  all: [
    { ...INITRAMFS_TOOLS, buses: ["megasas", "nvme", "ahci", "usb", "scsi", "lsi", "pvscsi"] },
    {
      ...{ tool: "dracut", filesystem: "btrfs", firmware: "uefi", by: "universal" },
      buses: ["nvme", "ahci", "usb", "scsi"],
    },
  ],
});

const problemsOf = (report: MendReport | undefined) => [
  ...(report?.problems ?? []),
  ...(report?.systems ?? []).flatMap(({ problems }) => problems),
];

/** Each start takes minutes under emulation. */
describe.each(SYSTEMS)(
  "a Debian from a machine with a virtio disk ($tool, $filesystem), made ready by $by",
  ({ tool, filesystem, firmware, by, buses }) => {
    let folder: string;
    let plain: string;
    let adapted: string;

    beforeAll(async () => {
      const out = resolve(import.meta.dirname, "../../out");
      await mkdir(out, { recursive: true });
      folder = await mkdtemp(join(out, "universal-"));
      const image = join(folder, "old.lbi");
      lifeboat("capture", await universalDisk(tool, filesystem), "--to", image, "--no-verify");
      plain = await restored(image, "plain.raw");
      adapted = join(folder, "adapted.raw");
      const other = ["--identity", "new", "--hostname", "new-name", "--machine", await newMachine()];
      if (by === "restore") await restored(image, "adapted.raw", "--universal", ...other);
      else {
        await copyFile(plain, adapted, constants.COPYFILE_FICLONE);
        const said = lifeboat("universal", adapted, ...other, "--yes-change", adapted, "--json");
        expect(problemsOf(JSON.parse(said) as MendReport)).toEqual([]);
      }
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    const lifeboat = (...args: string[]): string =>
      execFileSync(LIFEBOAT, args, {
        encoding: "utf8",
        env: { ...process.env, LIFEBOAT_STATE: join(folder, "state") },
      });
    /** What the disk comes to: of another card than the old machine's the network is all that a file has to tell. */
    async function newMachine(): Promise<string> {
      const file = join(folder, "machine.json");
      const networks = [{ name: "ens9", mac: NIC.mac, wireless: false }];
      await writeFile(file, JSON.stringify({ ...(await recordedMachine("qemu-megasas")), networks }));
      return file;
    }
    async function restored(image: string, name: string, ...more: string[]): Promise<string> {
      const target = join(folder, name);
      await writeFile(target, "");
      await truncate(target, DISK_SIZE);
      const said = lifeboat("restore", image, "--to", target, ...more, "--yes-erase", target, "--json");
      expect(problemsOf((JSON.parse(said) as RestoreReport).mend)).toEqual([]);
      return target;
    }

    full("does not find its root on another bus", async () => {
      const [bus] = buses;
      expect(await bootUniversal(plain, { firmware, bus, nics: [NIC] })).toBe("no root");
    });

    it.each(buses)("starts from %s, as a machine of its own, with its network", async (bus) => {
      const said = await bootUniversal(adapted, { firmware, bus, nics: [NIC] });
      if (said === "no root") throw new Error(said);
      expect(said).toMatchObject({ uuid: ROOT_IDS[filesystem], name: "new-name", failed: "" });
      expect(said.device).not.toContain("/dev/vda");
      expect(said.swap).toMatch(/^\/dev\/(sd|nvme)/);
      expect(said.network).toContain("lan0 UP 192.168.77.5/24");
      expect(said.machine).toMatch(/^[0-9a-f]{32}$/);
      expect(said.machine).not.toBe("4c494645424f41544c494645424f4154");
      expect(said.ssh[0]).toBe("active");
      expect(said.ssh.length).toBeGreaterThan(2);
    });

    full("started from virtio, by its old names and with its old identity", async () => {
      const said = await bootUniversal(plain, { firmware, bus: "virtio", nics: [NIC] });
      expect(said).toMatchObject({ device: "/dev/vda3", swap: "/dev/vda4", name: "old-name" });
      expect(said).toMatchObject({ machine: "4c494645424f41544c494645424f4154", uuid: ROOT_IDS[filesystem] });
    });
  },
);
