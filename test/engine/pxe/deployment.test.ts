import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newKeyPair } from "#base/deployment/keys.ts";
import { IMAGE_PATH, ORDER_PATH, ORDER_REPORT_PATH } from "#base/deployment/order.ts";
import type { CaptureReport } from "#imaging/capture/capture-request.ts";
import type { DeploymentDetails } from "#pxe/fleet/contract.ts";
import { FleetKey } from "#pxe/fleet/fleet-key.ts";
import { swarmTokenOf } from "#pxe/fleet/fleet-orders.ts";
import type { Machine } from "#pxe/machines/machine.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { usedBytesDiffer } from "#test/engine/image/compare-disks.ts";
import { makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { blankDisk, openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { until } from "#test/engine/network/namespace.ts";
import { full } from "#test/sample.ts";
import { type FleetMachine, openFleetNetwork, SERVER, startRescue } from "./fleet-network.ts";
import { startPxeIn } from "./pxe-network.ts";

let space: Workspace;
let network: Awaited<ReturnType<typeof openFleetNetwork>>;
let [disk, point, other, state] = ["", "", "", ""];
beforeAll(async () => {
  space = await openWorkspace();
  network = await openFleetNetwork(4);
  disk = await makeSampleDisk(space.path("disk.img"), SMALL_DISK);
  await mkdir(space.path("srv"));
  await writeFile(space.path("srv/bootx64.efi"), "a loader");
  await lifeboatJson("repo", "init", space.path("repo"));
  const capture = (...more: string[]) =>
    lifeboatJson<CaptureReport>("capture", disk, "--to", space.path("repo"), ...more).then(({ image }) => image);
  [point, other] = [await capture("--name", "office"), await capture("--name", "secret")];
  const rows = network.machines.map(({ name, mac }) => `${mac},${name}`);
  await writeFile(space.path("list.csv"), `mac,name\n${rows.join("\n")}\n`);
}, 900_000);
afterAll(async () => {
  await network[Symbol.asyncDispose]();
  await space[Symbol.asyncDispose]();
});
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), "lifeboat-state-"));
  return () => rm(state, { recursive: true, force: true });
});

const serve = () =>
  startPxeIn(state, network.server, "--root", space.path("srv"), "--interface", "br0", "--no-dhcp", "--tftp-port", "0");
type Pxe = Awaited<ReturnType<typeof serve>>;
const show = (pxe: Pxe) => pxe.command<DeploymentDetails>("deploy", "show", "Lab");
const stateOf = async (pxe: Pxe, name: string) => (await show(pxe)).members.find((one) => one.name === name);
const create = (pxe: Pxe, ...more: string[]) =>
  pxe.command<DeploymentDetails>("deploy", "create", "Lab", "--image", point, "--countdown", "1s", ...more);

async function prepare(pxe: Pxe): Promise<string> {
  await pxe.command("machines", "import", space.path("list.csv"));
  return (await pxe.command<{ key: string }>("deploy", "key")).key;
}

async function rescue(machine: FleetMachine, key: string) {
  const folder = await mkdtemp(join(space.path("."), `${machine.name}-`));
  const target = space.path(`${machine.name}.img`);
  return startRescue(machine, folder, target, key);
}
const blank = (machine: FleetMachine) => blankDisk(space.path(`${machine.name}.img`), SMALL_DISK.size);

// Once in four runs, beside much else, the table of one disk was not the image's at the end; why is not known yet. The test says which.
full(
  "four machines restore one image: one is killed at it and comes again, one is late, and the server is killed meanwhile",
  async () => {
    const [one, two, three, four] = network.machines as [FleetMachine, FleetMachine, FleetMachine, FleetMachine];
    for (const machine of network.machines) await blank(machine);
    let pxe = await serve();
    await using stack = new AsyncDisposableStack();
    stack.defer(() => pxe[Symbol.asyncDispose]());
    const key = await prepare(pxe);
    await create(pxe, "--for", "pc1,pc2,pc3,pc4", "--limit-each", "384K");
    const start = async (machine: FleetMachine) => stack.use(await rescue(machine, key));
    const first = await start(one);
    const killed = await start(two);
    const third = await start(three);
    await until(
      "three machines are at it",
      async () =>
        (await show(pxe)).members.filter(({ phase }) => phase === "running").length === 3 ? true : undefined,
      900,
    );
    await killed.kill();
    await pxe.kill();
    pxe = await serve();
    const again = await start(two);
    await first.ended;
    const late = await start(four);
    await Promise.all([third.ended, again.ended, late.ended]);
    for (const client of [first, third, again, late])
      expect(client.lines().at(-1), client.said()).toEqual({ power: "restart" });
    const clients = { pc1: first, pc2: again, pc3: third, pc4: late };
    for (const [name, client] of Object.entries(clients)) {
      const target = space.path(`${name}.img`);
      const start = (await readFile(target)).toString("latin1", 0, 160);
      expect(await usedBytesDiffer(point, disk, target), `${name}, ${start}\n${client.said()}`).toEqual([]);
    }
    const done = await show(pxe);
    expect(done.members.map(({ name, state: now }) => [name, now])).toEqual(
      ["pc1", "pc2", "pc3", "pc4"].map((name) => [name, "done"]),
    );
    // A job that copies waits for the server; one that was still reading its plan from it then has failed, and its order comes again.
    const [byFirst, byKilled, byThird, byLate] = done.members.map(({ tries }) => tries);
    expect([byKilled, byLate]).toEqual([2, 1]);
    for (const tries of [byFirst, byThird]) expect([1, 2]).toContain(tries);
    expect(done.state).toBe("over");
    const machines = await pxe.command<Machine[]>("machines", "list");
    expect(machines.map(({ policy }) => policy)).toEqual(["never", "never", "never", "never"]);
  },
  1_800_000,
);

full(
  "a machine is paused and cancelled from the server, and says what it could not do",
  async () => {
    await using pxe = await serve();
    const key = await prepare(pxe);
    const [one, two] = network.machines as [FleetMachine, FleetMachine];
    await blank(one);
    await blankDisk(space.path("pc2.img"), 8 << 20);
    await create(pxe, "--for", "pc1,pc2", "--limit-each", "512K", "--retries", "0");
    await using small = await rescue(two, key);
    await until(
      "the small disk's machine has said why",
      async () => ((await stateOf(pxe, "pc2"))?.state === "failed" ? true : undefined),
      900,
    );
    expect(await stateOf(pxe, "pc2")).toMatchObject({ code: "LAYOUT_TOO_SMALL", tries: 1 });
    expect(small.lines().some(({ mark }) => mark === "job running")).toBe(false);
    await using client = await rescue(one, key);
    const seen = (what: string, is: (line: { phase: string; isHeld: boolean }) => boolean) =>
      until(
        what,
        async () => {
          const view = client.lines().findLast((line) => line.view)?.view;
          return view && is(view) ? true : undefined;
        },
        900,
      );
    await seen("it writes", ({ phase }) => phase === "running");
    await pxe.command("deploy", "pause", "Lab");
    await seen("it stands still", ({ isHeld }) => isHeld);
    await pxe.command("deploy", "resume", "Lab");
    await seen("it goes on", ({ phase, isHeld }) => phase === "running" && !isHeld);
    await pxe.command("deploy", "cancel", "Lab");
    await seen("it has stopped", ({ phase }) => phase === "waiting");
    expect((await show(pxe)).state).toBe("cancelled");
    expect(client.lines().at(-1)?.power).toBeUndefined();
  },
  1_800_000,
);

test("who is not the machine gets no order, no image and no word", async () => {
  await using pxe = await serve();
  const key = await prepare(pxe);
  const made = await create(pxe, "--for", "pc1");
  const [one, two] = network.machines as [FleetMachine, FleetMachine];
  const status = async ({ namespace }: FleetMachine, path: string, ...args: string[]) =>
    (
      await namespace.tool("curl", ["-sS", "-o", "/dev/null", "-w", "%{http_code}", ...args, `http://${SERVER}${path}`])
    ).trim();
  const ask = (machine: FleetMachine, body: object) =>
    status(machine, ORDER_PATH, "-H", "content-type: application/json", "-d", JSON.stringify(body));
  const request = { version: 1, key: newKeyPair("x25519").publicText, nonce: "A".repeat(22), macs: [one.mac] };
  // Another machine says that it is this one; what is no question; a machine that nobody knows.
  expect(await ask(two, request)).toBe("403");
  expect(await ask(one, { ...request, macs: ["no"] })).toBe("400");
  expect(await ask(one, { ...request, macs: [two.mac] })).toBe("403");
  await pxe.command("machines", "approve", "pc1", "--refuse");
  await until("the refusal counts", async () => ((await status(one, "/bootx64.efi")) === "403" ? true : undefined));
  expect(await ask(one, request)).toBe("403");
  const report = {
    deployment: made.id,
    member: 1,
    key: request.key,
    sequence: 1,
    body: '{"phase":"done","text":""}',
    proof: "",
  };
  expect(
    await status(one, ORDER_REPORT_PATH, "-H", "content-type: application/json", "-d", JSON.stringify(report)),
  ).toBe("403");
  const image = `${IMAGE_PATH}/${made.id}`;
  const file = `${image}/points/${point.split("/").at(-1)}`;
  const token = swarmTokenOf(await FleetKey.open(join(state, "pxe/orders.key")), made.id);
  const bearer = ["-H", `authorization: Bearer ${token}`];
  expect(await status(one, file)).toBe("401");
  expect(await status(one, file, "-H", "authorization: Bearer x")).toBe("401");
  expect(await status(one, file.replace(made.id, "0000"), ...bearer)).toBe("401");
  expect(await status(one, file, ...bearer)).toBe("200");
  expect(await status(one, `${image}/index/`, ...bearer)).toBe("200");
  expect(await status(one, `${image}/points/${other.split("/").at(-1)}`, ...bearer)).toBe("403");
  expect(await status(one, `${image}/points/`, ...bearer)).toBe("403");
  expect(await status(one, `${image}/packs/..%2f..%2fdisk.img`, ...bearer)).toBe("403");
  expect((await show(pxe)).members).toMatchObject([{ state: "waiting", tries: 0 }]);
  await pxe.command("deploy", "cancel", "Lab");
  await until("a cancelled deployment hands out nothing", async () =>
    (await status(one, file, ...bearer)) === "404" ? true : undefined,
  );
  expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
}, 900_000);
