import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import type { VmOptions } from "#imaging/prove/qemu/options.ts";
import { buildPxe } from "#mediabuilder/build-pxe.ts";
import { MediaConfig } from "#mediabuilder/config/media-config.ts";
import type { DeploymentDetails, MemberView } from "#pxe/fleet/contract.ts";
import { FleetKey } from "#pxe/fleet/fleet-key.ts";
import { openNamespace, until } from "#test/engine/network/namespace.ts";
import { startPxeIn } from "#test/engine/pxe/pxe-network.ts";
import { debianDisk } from "#test/fixtures/debian-disk.ts";
import { mountRange } from "#test/fixtures/mount-partition.ts";
import { type Partition, readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { full } from "#test/sample.ts";
import { waitForMark } from "./iso-guest.ts";
import { startVm } from "./qemu-run/start-vm.ts";
import type { Vm } from "./qemu-run/vm.ts";

const SERVER = "10.79.0.1";
const MIB = 2 ** 20;
/** Emulated machines share the processors of this one: more at once are no quicker. */
const AT_ONCE = 2;
const BOOT_SECONDS = 1800;
const WORK_SECONDS = 3600;
const NAMES = ["pc1", "pc2", "pc3", "pc4"] as const;

const out = join(import.meta.dirname, "../../out");
const folder = join(out, "deployment");
const state = join(folder, "state");
const diskOf = (name: string) => join(folder, `${name}.raw`);
const macOf = (name: string) => `52:54:00:4c:43:0${name.slice(-1)}`;

/** A switch with sockets for machines, and `pxe serve` at it, which gives addresses. */
async function openOffice(root: string) {
  await using stack = new AsyncDisposableStack();
  const office = stack.use(await openNamespace());
  const ip = (line: string) => office.tool("ip", line.split(" "));
  await ip("link add br0 type bridge stp_state 0 forward_delay 0");
  await ip(`address add ${SERVER}/24 brd + dev br0`);
  await ip("link set br0 up");
  // A switch at which nothing is switched on is down, and so is its address.
  await ip("link add up0 type veth peer name up1");
  await ip("link set up0 master br0 up");
  await ip("link set up1 up");
  for (const name of NAMES) {
    await ip(`tuntap add tap-${name} mode tap`);
    await ip(`link set tap-${name} master br0 up`);
  }
  const options = ["--root", root, "--interface", "br0", "--dhcp", "10.79.0.100-10.79.0.110"];
  const pxe = stack.use(await startPxeIn(state, office, ...options));
  if (pxe.lines().length === 0) throw new Error(pxe.errors());
  const kept = stack.move();
  return { pxe, network: office.pid, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

const machineOf = (name: string): VmOptions => ({
  ...{ name: `deployment-${name}`, firmware: "bios", memoryMiB: 1536, reboot: true },
  nics: [{ tap: `tap-${name}`, mac: macOf(name) }],
  disks: [{ file: diskOf(name), format: "raw", bus: "virtio", serial: name.toUpperCase() }],
});

/** What a machine with a new system says when it starts from its own disk, and switches off. */
async function endOf(vm: Vm): Promise<string> {
  await waitForMark(vm, "unattended done", WORK_SECONDS);
  await vm.waitForSerial(/FIXTURE-UP firmware=bios/, { timeout: BOOT_SECONDS });
  await vm.waitForSerial("FIXTURE-DONE\n", { timeout: BOOT_SECONDS });
  expect(await vm.waitForExit({ timeout: 600 })).toBe("status 0");
  return vm.serialText;
}

full(
  "four machines start from the network and restore one image: one is killed at it, one is late; each then starts as a machine of its own",
  async () => {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const fixture = await debianDisk();
    const lifeboat = (...args: string[]) => runTool(join(import.meta.dirname, "../../lifeboat"), args);
    const repository = join(folder, "repo");
    await lifeboat("repo", "init", repository);
    const captured = await lifeboat("capture", fixture.disk, "--to", repository, "--name", "office", "--json");
    const { image } = JSON.parse(captured.stdout) as { image: string };
    for (const name of NAMES) await runTool("truncate", ["--size", String(4300 * MIB), diskOf(name)]);
    const { publicText } = await FleetKey.open(join(state, "pxe/orders.key"));
    const parameter = `lifeboat.orders=${publicText}`;
    const config = MediaConfig.parse({ kind: "headless", firmware: false, speech: false, kernelParameters: parameter });
    const root = join(folder, "srv");
    await buildPxe({ out: root, workDir: join(out, "cache"), config, log: () => {} });

    await using office = await openOffice(root);
    const { pxe, network } = office;
    await writeFile(
      join(folder, "list.csv"),
      `mac,name\n${NAMES.map((name) => `${macOf(name)},${name}`).join("\n")}\n`,
    );
    await pxe.command("machines", "import", join(folder, "list.csv"));
    const options = ["--for", NAMES.join(","), "--hostname-pattern", "lab-{n:02}", "--countdown", "5s"];
    await pxe.command("deploy", "create", "Lab", "--image", image, ...options);
    const members = async () => (await pxe.command<DeploymentDetails>("deploy", "show", "Lab")).members;
    const member = async (name: string) => (await members()).find((one) => one.name === name) as MemberView;
    const start = (name: string) => startVm(machineOf(name), { network });

    const said: Record<string, string> = {};
    const run = async (name: string) => {
      await using vm = await start(name);
      said[name] = await endOf(vm);
    };
    const killedOnce = async (name: string) => {
      {
        await using vm = await start(name);
        await waitForMark(vm, "job running", BOOT_SECONDS);
        await until(
          "it writes",
          async () => (((await member(name)).percent ?? 0) >= 5 ? true : undefined),
          WORK_SECONDS,
        );
      }
      await run(name);
    };
    const waiting = [() => run("pc1"), () => killedOnce("pc2"), () => run("pc3"), () => run("pc4")];
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await next();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));

    expect((await members()).map(({ name, state: now, hostname }) => [name, now, hostname])).toEqual([
      ...[
        ["pc1", "done", "lab-01"],
        ["pc2", "done", "lab-02"],
        ["pc3", "done", "lab-03"],
        ["pc4", "done", "lab-04"],
      ],
    ]);
    expect((await member("pc2")).tries).toBe(2);
    const ids = new Set<string>();
    for (const [at, name] of NAMES.entries()) {
      const text = said[name] ?? "";
      expect(/FIXTURE-FAILED-UNITS (.*)\n/.exec(text)?.[1]?.trim(), name).toBe("");
      for (const part of ["ntfs", "fat"] as const)
        expect(text, name).toContain(`FIXTURE-${part.toUpperCase()} ${fixture.digests[part]}`);
      const place = (await readPartitions(diskOf(name))).find(({ number }) => number === fixture.partitions.root);
      await using mounted = await mountRange(diskOf(name), "ext4", place as Partition, { readOnly: true });
      expect((await readFile(join(mounted.path, "etc/hostname"), "utf8")).trim()).toBe(`lab-0${at + 1}`);
      const id = (await readFile(join(mounted.path, "etc/machine-id"), "utf8")).trim();
      expect(id).toMatch(/^[0-9a-f]{32}$/);
      ids.add(id);
    }
    expect(ids.size).toBe(NAMES.length);
    await rm(folder, { recursive: true });
  },
  2 * 3_600_000,
);
