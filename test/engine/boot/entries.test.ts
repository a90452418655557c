import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { applyEntries } from "#imaging/boot/entries/apply-entries.ts";
import { efivarfs } from "#imaging/boot/entries/efi-variables.ts";
import { listEntries } from "#imaging/boot/entries/list-entries.ts";
import { planEntries } from "#imaging/boot/entries/plan-entries.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { readPartitionTable } from "#imaging/disk/partition-table.ts";
import { run } from "#test/engine/filesystem/volume-image.ts";
import { openWorkspace } from "#test/engine/image/workspace.ts";
import { debianDisk } from "#test/fixtures/debian-disk.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const NAME = "Boot0000-8be4df61-93ca-11d2-aa0d-00e098032b8c";

test("efibootmgr reads what we write, and we what it writes; both write the same bytes", async () => {
  await using space = await openWorkspace();
  const fixture = await debianDisk();
  const [theirs, ours] = [space.path("theirs"), space.path("ours")];
  for (const folder of [theirs, ours]) {
    await mkdir(folder);
    // libefivar wants a file system of its own there.
    run("mount", "-t", "tmpfs", "-o", "size=1m", "efivars", folder);
  }
  try {
    const efibootmgr = (folder: string, ...args: string[]) =>
      runTool("env", [`EFIVARFS_PATH=${folder}/`, "efibootmgr", ...args]);
    {
      await using disk = await attachLoop(fixture.disk, { readOnly: true });
      const loader = "\\EFI\\debian\\shimx64.efi";
      await efibootmgr(theirs, "-c", "-d", disk.path, "-p", "2", "-L", "debian", "-l", loader);
    }
    await using device = await openDevice(fixture.disk);
    const table = await readPartitionTable(device);
    const loaders = [{ partition: 2, path: "/EFI/debian/shimx64.efi", label: "debian" }];
    const known = new Set(table.partitions.flatMap(({ guid }) => guid ?? []));
    const plan = async (folder: string) =>
      planEntries({ now: await listEntries(efivarfs(folder)), table, loaders, known });
    expect((await plan(theirs)).changes).toEqual([]);
    await applyEntries(efivarfs(ours), (await plan(ours)).changes);
    const [a, b] = await Promise.all([theirs, ours].map((folder) => readFile(join(folder, NAME))));
    expect(a?.toString("hex")).toBe(b?.toString("hex"));
    const { stdout } = await efibootmgr(ours, "-v");
    expect(stdout).toMatch(/BootOrder: 0000/);
    expect(stdout).toMatch(/Boot0000\* debian\s+HD\(2,GPT,4c494645-0000-4000-8000-000000000002,0x1000,0x20000\)/);
  } finally {
    for (const folder of [theirs, ours]) run("umount", folder);
  }
});
