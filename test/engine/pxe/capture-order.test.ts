import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import type { Task } from "#base/deployment/task.ts";
import { readMountTable } from "#imaging/inventory/mount-table.ts";
import { openOrders } from "#rescue/deployment/open-orders.ts";
import { diskSource } from "#rescue/disk-source.ts";
import { JobRegistry } from "#rescue/jobs/job-registry.ts";
import type { Log } from "#rescue/log.ts";
import { openOrderServer, sampleOrder, signer, TASK } from "#test/doubles/order-server.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { usedBytesDiffer } from "#test/engine/image/compare-disks.ts";
import { makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { openWorkspace } from "#test/engine/image/workspace.ts";
import { startSftpServer } from "#test/engine/shares/sftp-server.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const LIFEBOAT = fileURLToPath(new URL("../../../lifeboat.ts", import.meta.url));
const PASSWORD = "geheim 'und' mehr";

/** The files of a machine that `openOrders` reads. */
async function machineFolder(folder: string, url: string): Promise<void> {
  const card = join(folder, "sys/class/net/eth0");
  for (const one of [card, join(folder, "proc"), join(folder, "run")]) await mkdir(one, { recursive: true });
  await writeFile(join(card, "type"), "1\n");
  await writeFile(join(card, "address"), "52:54:00:00:00:0a\n");
  await writeFile(join(folder, "proc/cmdline"), `quiet lifeboat.orders=${signer.publicText}\n`);
  await writeFile(join(folder, "run/boot-url"), `${url}/lifeboat\n`);
}

test("an order to capture: into a repository on a share, with the password that only the order has; then it is switched off", async () => {
  await using space = await openWorkspace();
  // Its user may not look into folders of ours.
  const home = await mkdtemp(join(tmpdir(), "lifeboat-sftp-"));
  await using _home = { [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true }) };
  await using sftp = await startSftpServer(home, "anna", PASSWORD);
  await using server = await openOrderServer();
  const disk = await makeSampleDisk(space.path("disk.img"), SMALL_DISK);
  const repository = join(sftp.home, "pcs/repo");
  await mkdir(join(sftp.home, "pcs"));
  await lifeboatJson("repo", "init", repository);
  await runTool("chown", ["-R", "--reference", sftp.home, join(sftp.home, "pcs")]);
  const task: Task = {
    ...{ ...TASK, afterwards: "shut-down" },
    work: {
      ...{ kind: "capture", from: "only", repository: "repo", name: "pc7", leaveOutPageFiles: true },
      place: {
        ...{ kind: "sftp", name: "Store", readOnly: false, server: "127.0.0.1", port: sftp.port, path: "pcs" },
        ...{ user: "anna", password: "ask", hostKey: sftp.hostKey },
      },
      placePassword: PASSWORD,
    },
  };
  let isGiven = false;
  server.answer = (request) => {
    if (isGiven) return { state: "nothing", askAgain: 1 };
    isGiven = true;
    return sampleOrder(request, { task });
  };
  const machine = space.path("machine");
  await machineFolder(machine, server.url);
  const power = vi.fn(async () => {});
  await using orders = await openOrders({
    ...{
      root: machine,
      runFolder: join(machine, "run"),
      command: [process.execPath, LIFEBOAT],
      jobs: new JobRegistry(),
    },
    images: { rescan: async () => [], open: () => Promise.reject(new Error("none")), release: async () => {} },
    listDisks: diskSource({ diskFiles: [disk], onlyFiles: true }),
    ...{ power, mark: async () => {}, second: 50 },
    log: { info: () => {}, warn: () => {}, error: () => {} } as unknown as Log,
  });
  orders?.start();
  const isOver = () => ["done", "failed", "stopped"].includes(server.reports.at(-1)?.phase ?? "");
  await expect.poll(isOver, { timeout: 120_000 }).toBe(true);
  expect(server.reports.at(-1)).toMatchObject({ phase: "done" });
  await expect.poll(() => power.mock.calls, { timeout: 30_000 }).toEqual([["shut-down"]]);
  const points = await readdir(join(repository, "points"));
  expect(points).toEqual([expect.stringMatching(/^pc7-.*\.lbi$/)]);
  const target = space.path("target.img");
  await runTool("truncate", ["--size", String(SMALL_DISK.size), target]);
  const point = join(repository, "points", points[0] ?? "");
  await lifeboatJson("restore", point, "--to", target, "--yes-erase", `file:${target}`, "--no-undo");
  expect(await usedBytesDiffer(point, disk, target)).toEqual([]);
  expect(JSON.stringify(server.reports)).not.toContain("geheim");
  await orders?.[Symbol.asyncDispose]();
  expect((await readMountTable()).filter(({ point: mounted }) => mounted.startsWith(machine))).toEqual([]);
  expect(existsSync(join(machine, "run/order/share"))).toBe(false);
});

test("a machine whose start files name no server's key asks nobody", async () => {
  await using space = await openWorkspace();
  const machine = space.path("machine");
  await machineFolder(machine, "http://127.0.0.1:9");
  const open = () =>
    openOrders({ root: machine, runFolder: join(machine, "run") } as unknown as Parameters<typeof openOrders>[0]);
  expect(await open()).toBeDefined();
  await writeFile(join(machine, "proc/cmdline"), "quiet lifeboat.url=http://10.0.0.1\n");
  expect(await open()).toBeUndefined();
  await machineFolder(machine, "");
  expect(await open()).toBeUndefined();
});
