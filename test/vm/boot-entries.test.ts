import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect } from "vitest";
import { openDevice } from "#imaging/device/file-device.ts";
import { readPartitionTable } from "#imaging/disk/partition-table.ts";
import { full } from "#test/sample.ts";
import { debianDisk } from "../fixtures/debian-disk.ts";
import { entriesGuest } from "./entries-guest/initramfs.ts";
import { withVm } from "./qemu-run/with-vm.ts";

const GUID = "4c494645-0000-4000-8000-000000000002";

full("what is reported of boot entries is what the firmware lists, also after it started again", async () => {
  const fixture = await debianDisk();
  const out = resolve(import.meta.dirname, "../../out");
  await mkdir(out, { recursive: true });
  const folder = await mkdtemp(join(out, "entries-"));
  await using _ = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
  await using device = await openDevice(fixture.disk);
  const { state: _state, ...table } = await readPartitionTable(device);
  const loaders = [{ partition: 2, path: "/EFI/debian/shimx64.efi", label: "debian" }];
  const { kernel, initrd } = await entriesGuest(fixture.disk, folder, { table, loaders, known: [GUID] });
  const options = {
    ...({ name: "entries", firmware: "uefi", memoryMiB: 1536, reboot: true } as const),
    // On a busy machine the emulated timer misses the kernel's check of it.
    direct: { kernel, initrd, append: "console=ttyS0 panic=10 quiet no_timer_check" },
    disks: [{ file: fixture.disk, format: "raw", bus: "virtio", overlay: true } as const],
  };
  await withVm(options, async (vm) => {
    expect(await vm.waitForExit({ timeout: 600 })).toBe("status 0");
    const said = <T>(name: string): T => saidBy(vm.serialText, name) as T;
    expect(said<Listed>("FIRST-BEFORE").entries.some(({ description }) => description === "debian")).toBe(false);
    expect(said("REFUSED")).toMatch(/BOOT_ENTRY_REFUSED: .*efivarfs is mounted read-only/);
    const reported = said<Listed>("REPORTED");
    const [entry] = reported.entries.filter(({ description }) => description === "debian");
    const drive = { signature: GUID, partition: 2 };
    expect(entry).toMatchObject({ file: "\\EFI\\debian\\shimx64.efi", active: true, drive });
    expect(reported.order[0]).toBe(entry?.number);
    // The next start of the firmware, with the same variables; it has nothing to plan any more.
    expect(said("SECOND-BEFORE")).toEqual(reported);
    const number = entry?.number.toString(16).toUpperCase().padStart(4, "0");
    for (const start of ["FIRST", "SECOND"]) {
      const text = said<string>(`${start}-EFIBOOTMGR`);
      expect(text).toContain(`BootOrder: ${number}`);
      expect(text).toContain(
        `Boot${number}* debian\tHD(2,GPT,${GUID},0x1000,0x20000)/File(\\EFI\\debian\\shimx64.efi)`,
      );
    }
  });
});

/** What the guest said under a name: the first line that came over whole. */
function saidBy(serial: string, name: string): unknown {
  for (const [, sum, text = ""] of serial.matchAll(new RegExp(`ENTRIES (\\w{16}) ${name} (.*?)\\r?\\n`, "g")))
    if (
      createHash("sha256")
        .update(`${name} ${text}`)
        .digest("hex")
        .startsWith(sum ?? "-")
    )
      return JSON.parse(text);
  throw new Error(`the guest did not say ${name}`);
}

interface Listed {
  readonly order: readonly number[];
  readonly entries: readonly { readonly number: number; readonly description: string; readonly file?: string }[];
}
