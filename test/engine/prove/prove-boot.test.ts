import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BootProof } from "#imaging/prove/boot-proof.ts";
import { clearShown } from "#imaging/prove/show-files.ts";
import { clearVmFiles } from "#imaging/prove/vm-files.ts";
import { run } from "#test/engine/filesystem/volume-image.ts";
import { lifeboat, lifeboatError, lifeboatJson, startLifeboat } from "#test/engine/image/command.ts";
import { blankDisk, openWorkspace, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { leftBy, settledLeftBy } from "#test/engine/prove/left-behind.ts";
import { speak } from "#test/engine/prove/speaking-disk.ts";
import { full } from "#test/sample.ts";

const MIB = 1 << 20;
const PANIC = "GRUB loading.\r\nLinux version 6.1\r\nKernel panic - not syncing: the test says so\r\n";

let workspace: Workspace;
/** With a partition, so that an image can be made of it. */
let disk: string;
beforeAll(async () => {
  workspace = await openWorkspace();
  disk = await blankDisk(workspace.path("disk.raw"), 16 * MIB);
  run("mke2fs", "-q", "-F", "-t", "ext4", "-E", `offset=${MIB}`, disk, "8M");
  run("parted", "--script", disk, "mklabel", "msdos", "mkpart", "primary", "ext4", "1MiB", "9MiB");
  await speak(disk, PANIC);
});
afterAll(() => workspace[Symbol.asyncDispose]());

const hashOf = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

/** What the command printed, whatever its exit status. */
async function prove(...args: string[]): Promise<{ proof: BootProof; status: number | undefined }> {
  const { status, stdout, stderr } = await lifeboat("boot", "prove", ...args, "--no-kvm", "--memory", "64", "--json");
  if (stdout === "") throw new Error(stderr);
  return { proof: JSON.parse(stdout) as BootProof, status };
}

test("a disk is started, what it writes is thrown away, and the report has picture, log and line", async () => {
  const before = hashOf(disk);
  const overlay = workspace.path("overlay");
  await mkdir(overlay);
  const report = workspace.path("report");
  const { proof, status } = await prove(disk, "--report", report, "--overlay", overlay, "--overlay-size", "64M");
  expect(status).toBe(4);
  expect(proof).toMatchObject({
    verdict: "kernel",
    cause: "kernel-panic",
    reached: "kernel",
    firmware: "bios",
    bus: "ahci",
  });
  expect(proof.evidence).toBe("Kernel panic - not syncing: the test says so");
  expect(proof.writtenBytes).toBe(512);
  expect(hashOf(disk)).toBe(before);
  expect(readdirSync(overlay)).toEqual([]);
  expect(readFileSync(`${report}/screen.png`).subarray(1, 4).toString()).toBe("PNG");
  expect(readFileSync(`${report}/serial.log`, "utf8")).toContain("Kernel panic");
  expect(JSON.parse(readFileSync(`${report}/report.json`, "utf8"))).toEqual(proof);
});

full("from a point of an encrypted repository, without restoring it", async () => {
  const [repository, password] = [workspace.path("repository"), workspace.path("password")];
  await writeAt(await blankDisk(password, 6), 0, new TextEncoder().encode("secret"));
  await lifeboatJson("repo", "init", repository, "--encrypt", "--password-file", password);
  const captured = await lifeboatJson<{ file?: string }>(
    "capture",
    disk,
    "--to",
    repository,
    "--password-file",
    password,
  );
  const [name = ""] = readdirSync(`${repository}/points`);
  expect(captured).toBeTruthy();
  const before = hashOf(`${repository}/points/${name}`);
  const { proof } = await prove(`${repository}/points/${name}`, "--password-file", password);
  expect(proof).toMatchObject({ verdict: "kernel", cause: "kernel-panic", writtenBytes: 512 });
  expect(hashOf(`${repository}/points/${name}`)).toBe(before);
  expect(readdirSync(`${repository}/leases`)).toEqual([]);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 130],
] as const)("%s ends it, and nothing is left", async (signal, status) => {
  const { child, result } = startLifeboat("boot", "prove", disk, "--no-kvm", "--memory", "64");
  for (let said = ""; !said.includes("firmware"); )
    said += String((await once(child.stderr as NodeJS.EventEmitter, "data"))[0]);
  child.kill(signal);
  expect((await result).status).toBe(status);
  expect(await settledLeftBy(child.pid as number)).toEqual([]);
});

test("a kill leaves no machine, and what mounts it leaves are taken away by the next proof", async () => {
  const { child, result } = startLifeboat("boot", "prove", disk, "--no-kvm", "--memory", "64");
  for (let said = ""; !said.includes("firmware"); )
    said += String((await once(child.stderr as NodeJS.EventEmitter, "data"))[0]);
  const pid = child.pid as number;
  expect(leftBy(pid).some((line) => line.startsWith("process"))).toBe(true);
  child.kill("SIGKILL");
  await result;
  await clearShown();
  await clearVmFiles();
  expect(await settledLeftBy(pid)).toEqual([]);
});

full("killed at any moment, also while a volume of the copy is mounted", async () => {
  for (let delay = 200; delay < 3000; delay += 200) {
    const { child, result } = startLifeboat("boot", "prove", disk, "--no-kvm", "--memory", "64");
    await new Promise((done) => setTimeout(done, delay));
    child.kill("SIGKILL");
    await result;
    await clearShown();
    await clearVmFiles();
    expect(await settledLeftBy(child.pid as number)).toEqual([]);
  }
});

test("what cannot be done is refused before anything is started", async () => {
  expect(await lifeboatError("boot", "prove", disk, "--memory", "99999999")).toMatchObject({
    ...{ status: 3, code: "PROOF_NO_MEMORY" },
  });
  expect(await lifeboatError("boot", "prove", disk, "--overlay", "/nonexistent")).toMatchObject({
    code: "OPEN_FAILED",
  });
  expect(await lifeboatError("boot", "prove", workspace.path("none"))).toMatchObject({ code: "NOT_FOUND" });
  expect(await lifeboatError("boot", "prove", disk, "--bus", "floppy")).toMatchObject({ code: "USAGE" });
  expect(existsSync(workspace.path("report2"))).toBe(false);
});
