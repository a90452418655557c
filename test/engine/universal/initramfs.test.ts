import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { Draft } from "#imaging/installed/draft.ts";
import { systemTree } from "#imaging/installed/system-tree.ts";
import { readInitramfs } from "#imaging/universal/linux/initramfs-content.ts";
import { findKernels, type InstalledKernel, moduleName } from "#imaging/universal/linux/kernels.ts";
import { lackingDrivers, loadableDrivers } from "#imaging/universal/linux/storage-drivers.ts";
import { openWorkspace } from "#test/engine/image/workspace.ts";
import { adaptDisk } from "#test/engine/universal/adapt-disk.ts";
import { ROOT } from "#test/fixtures/debian/layout.ts";
import { mountRange } from "#test/fixtures/mount-partition.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { universalDisk } from "#test/fixtures/universal-debian.ts";
import { sample } from "#test/sample.ts";

const SYSTEMS = sample(
  [
    // The first is the fixture of test/vm/universal.test.ts too, which takes minutes to make.
    { tool: "initramfs-tools", filesystem: "ext4", list: "lsinitramfs", command: /^update-initramfs / },
    { tool: "dracut", filesystem: "btrfs", list: "lsinitrd", command: /^dracut / },
  ] as const,
  1,
);

/** Programs of the system make them, kernel by kernel. */
const MAKING = { timeout: 1_200_000 };

describe.each(SYSTEMS)("start files by $tool", ({ tool, filesystem, list, command }) => {
  let fixture: string;
  beforeAll(async () => {
    fixture = await universalDisk(tool, filesystem);
  }, MAKING.timeout);

  /** What each start file holds, by our own reader; it must be what the system's own tool says. */
  const kernelsOf = async (disk: string): Promise<{ kernel: InstalledKernel; held: ReadonlySet<string> }[]> => {
    await using root = await mountRange(disk, filesystem, ROOT, { readOnly: false });
    const tree = systemTree(root.path);
    const system = { kind: "linux", name: "", root: root.path, mounts: [], efi: [], volumes: [], missing: [] } as const;
    const found: { kernel: InstalledKernel; held: ReadonlySet<string> }[] = [];
    for (const kernel of await findKernels(system, new Draft(tree))) {
      const path = kernel.initramfs ?? "";
      const { modules, versions, unread } = await readInitramfs(join(root.path, path));
      expect(unread).toBeUndefined();
      expect([...versions]).toEqual([kernel.version]);
      const said = (await runTool("chroot", [root.path, list, path])).stdout.split("\n");
      expect(modules).toEqual(new Set(said.flatMap((line) => moduleName(line.trim().split(/\s+/).at(-1) ?? "") ?? [])));
      found.push({ kernel, held: modules });
    }
    return found;
  };

  test("hold the drivers of one machine, and of all when they are made anew", MAKING, async () => {
    await using space = await openWorkspace();
    const disk = space.path("disk.raw");
    await runTool("cp", ["--sparse=always", fixture, disk]);
    const before = await kernelsOf(disk);
    expect(before.length).toBe(tool === "dracut" ? 1 : 2);
    for (const { kernel, held } of before) {
      expect(held).toContain("virtio_blk");
      for (const name of ["nvme", "megaraid_sas", "mptsas", "sym53c8xx"]) expect(held).not.toContain(name);
      expect(lackingDrivers(kernel, held)).toEqual(expect.arrayContaining(["vmw_pvscsi", "hv_storvsc"]));
    }

    const { steps, problems } = await adaptDisk(disk, { universal: {} });
    expect(problems).toEqual([]);
    expect(steps.filter(({ what }) => command.test(what ?? "")).length).toBe(before.length);

    const after = await kernelsOf(disk);
    for (const { kernel, held } of after) {
      expect(lackingDrivers(kernel, held)).toEqual([]);
      // A kernel for clouds has no other drivers than clouds need.
      const isForAll = !kernel.version.includes("cloud");
      expect(loadableDrivers(kernel).includes("megaraid_sas")).toBe(isForAll);
      if (isForAll)
        for (const name of ["nvme", "ahci", "megaraid_sas", "mptsas", "sym53c8xx"]) expect(held).toContain(name);
    }
    {
      await using root = await mountRange(disk, filesystem, ROOT, { readOnly: true });
      expect(await readdir(join(root.path, "var/lib/lifeboat/test/etc"))).toContain("fstab");
    }

    const again = await adaptDisk(disk, { universal: {}, dryRun: true });
    expect(again.steps.filter(({ what }) => !command.test(what ?? ""))).toEqual([]);
  });
});
