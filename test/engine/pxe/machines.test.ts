import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#pxe/machines/entry.ts";
import type { Machine } from "#pxe/machines/machine.ts";
import { until } from "#test/engine/network/namespace.ts";
import { openPxeNetwork, SERVER, startClient, startPxe } from "./pxe-network.ts";

const MAC = "02:00:00:00:c0:01";
const POOL = ["--dhcp", "10.77.0.100-10.77.0.110"];
type Pxe = Awaited<ReturnType<typeof startPxe>>;
interface Shown {
  readonly machine: Machine;
  readonly timeline: readonly Entry[];
}

let folder: string;
let network: Awaited<ReturnType<typeof openPxeNetwork>>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-machines-"));
  await writeFile(join(folder, "bootx64.efi"), Buffer.alloc(100_000));
  await writeFile(join(folder, "vmlinuz"), Buffer.alloc(300_000));
  network = await openPxeNetwork();
});
afterEach(async () => {
  await network[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});
const serve = (...more: string[]) => startPxe(network.server, "--root", folder, "--interface", "br0", ...more);
const curl = (...args: string[]) => network.client.tool("curl", ["-sS", "-o", "/dev/null", ...args]);
const show = (pxe: Pxe) => pxe.command<Shown>("machines", "show", MAC);
const timelineWith = (pxe: Pxe, kind: Entry["kind"]) =>
  until(`${kind} on the timeline`, async () => {
    const shown = await show(pxe);
    return shown.timeline.some((entry) => entry.kind === kind) ? shown : undefined;
  });

test("a start is seen from the first question to the rescue system, beside the running server, and survives its kill", async () => {
  await using pxe = await serve(...POOL);
  await startClient(network.client, 7, "boot");
  await network.client.tool("tftp", ["-m", "binary", SERVER, "-c", "get", "bootx64.efi", join(folder, "got")]);
  await curl("-A", "GRUB 2.12", `http://${SERVER}/vmlinuz`);
  const report = JSON.stringify({ kind: "up", serial: "PF3ABCDE", memory: 2 ** 31, secureBoot: true });
  const post = ["-f", "-H", "Content-Type: application/json", "-d", report, `http://${SERVER}/.lifeboat/report`];
  await curl(...post);
  const { machine, timeline } = await timelineWith(pxe, "up");
  expect(timeline.map(({ kind }) => kind)).toEqual([
    ...["discover", "offer", "offer", "address", "tftp", "http", "kernel", "up"],
  ]);
  expect(machine).toMatchObject({
    ...{ macs: [MAC], firmware: "uefi", architecture: "x64", address: "10.77.0.100" },
    ...{ serial: "PF3ABCDE", memory: 2 ** 31, secureBoot: true, approval: "unknown" },
  });
  await pxe.kill();
  expect((await show(pxe)).timeline).toHaveLength(8);
});

test("with --approve a machine is recorded and gets nothing, by whichever way, until somebody approves it", async () => {
  await using pxe = await serve(...POOL, "--approve");
  const { offers } = await startClient(network.client, 7, "boot");
  expect(offers).toMatchObject([{ yiaddr: "10.77.0.100", file: "" }]);
  await expect(curl("-f", `http://${SERVER}/bootx64.efi`)).rejects.toThrow(/403/);
  const got = await network.client.tool("tftp", [
    "-m",
    "binary",
    SERVER,
    "-c",
    "get",
    "bootx64.efi",
    join(folder, "got"),
  ]);
  expect(got).toContain("not approved");
  const { timeline } = await timelineWith(pxe, "tftp");
  expect(timeline).toContainEqual(expect.objectContaining({ kind: "no offer", reason: "not approved" }));
  await pxe.command("machines", "approve", MAC);
  await until("an offer with a file", async () => {
    const again = await startClient(network.client, 7, "discover");
    return again.offers[0]?.file === "bootx64.efi" ? true : undefined;
  });
  await curl("-f", `http://${SERVER}/bootx64.efi`);
});

test("boot once: after its job a machine is told of no file any more", async () => {
  await using pxe = await serve(...POOL);
  await startClient(network.client, 7, "boot");
  await timelineWith(pxe, "address");
  await pxe.command("machines", "policy", "once", MAC);
  expect((await startClient(network.client, 7, "discover")).offers).toMatchObject([{ file: "bootx64.efi" }]);
  const done = JSON.stringify({ kind: "done", text: "restore" });
  await curl("-f", "-H", "Content-Type: application/json", "-d", done, `http://${SERVER}/.lifeboat/report`);
  await until("an offer without a file", async () => {
    const again = await startClient(network.client, 7, "discover");
    return again.offers[0]?.yiaddr === "10.77.0.100" && again.offers[0].file === "" ? true : undefined;
  });
  expect((await show(pxe)).machine.policy).toBe("never");
});

const EAR = `
import socket, sys
ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
ear.bind(("0.0.0.0", 9))
open(sys.argv[1], "w").close()
ear.settimeout(60)
print(ear.recvfrom(2000)[0].hex())
`;

test("wake-on-LAN: the magic packet comes out of the interface that is named", async () => {
  await using pxe = await serve(...POOL);
  await startClient(network.client, 7, "boot");
  await timelineWith(pxe, "address");
  const ready = join(folder, "ready");
  const heard = network.client.tool("python3", ["-c", EAR, ready]);
  await until("the ear", async () => existsSync(ready) || undefined);
  await pxe.command("machines", "wake", MAC, "--interface", "br0");
  expect((await heard).trim()).toBe("ff".repeat(6) + MAC.replaceAll(":", "").repeat(16));
  await timelineWith(pxe, "wake");
});

test("lists go in and out, and a mistake changes nothing", async () => {
  await using pxe = await serve(...POOL);
  const list = join(folder, "list.csv");
  await writeFile(list, `mac,name,group\n${MAC},pc7,office\n52:54:00:00:00:99,pc8,\n`);
  expect(await pxe.command("machines", "import", list)).toEqual({ added: 2, changed: 0 });
  await startClient(network.client, 7, "discover");
  const { machine } = await timelineWith(pxe, "discover");
  expect(machine).toMatchObject({ name: "pc7", group: "office", architecture: "x64" });
  await writeFile(list, `mac,name\n${MAC},pc9\n52:54:00:00:00:99\n52:54,x\n`);
  await expect(pxe.command("machines", "import", list)).rejects.toThrow(/PXE_IMPORT_INVALID.*line 4/s);
  expect((await pxe.command<Machine[]>("machines", "list")).map(({ name }) => name)).toEqual(["pc7", "pc8"]);
});
