import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { runTool } from "#imaging/system/run-tool.ts";
import type { RunTool } from "#rescue/network/run-steps.ts";

/** A computer of its own as far as the network goes: its interfaces, processes, /sys and the places where dhcpcd writes. */
export interface Namespace extends AsyncDisposable {
  readonly tool: RunTool;
  /** Of its first process, for `ip link set ... netns`. */
  readonly pid: number;
}

const PRIVATE_FOLDERS = ["/run/dhcpcd", "/var/lib/dhcpcd"];

/** @param resolvConf what its programs read as /etc/resolv.conf */
export async function openNamespace(resolvConf?: string): Promise<Namespace> {
  const script = [
    "mount -t sysfs sysfs /sys",
    ...PRIVATE_FOLDERS.map((folder) => `mkdir -p ${folder} && mount -t tmpfs tmpfs ${folder}`),
    ...(resolvConf === undefined ? [] : [`mount --bind '${resolvConf}' /etc/resolv.conf`]),
    "ip link set lo up",
    "echo ready",
    "exec sleep infinity",
  ].join(" && ");
  const args = ["--net", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc"];
  const child = spawn("unshare", [...args, "sh", "-c", script], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  const pid = Number((await readFile(`/proc/${child.pid}/task/${child.pid}/children`, "utf8")).trim().split(" ")[0]);
  const enter = ["--target", String(pid), "--net", "--mount", "--pid", "--"];
  return {
    pid,
    tool: (tool, arguments_) => runTool("nsenter", [...enter, tool, ...arguments_], "run a tool in a namespace"),
    async [Symbol.asyncDispose]() {
      const ended = once(child, "exit");
      child.kill("SIGKILL"); // with it goes, by --kill-child, all that runs inside
      await ended;
    },
  };
}

/** A cable between two namespaces: `device` in the first one, `peer` in the second one. */
export async function connect(
  [one, device]: readonly [Namespace, string],
  [other, peer]: readonly [Namespace, string],
  mac: string,
): Promise<void> {
  const end = (namespace: Namespace) => ["netns", String(namespace.pid)];
  const peerEnd = ["peer", "name", peer, ...end(other)];
  const args = ["link", "add", "name", device, ...end(one), "address", mac, "type", "veth", ...peerEnd];
  await runTool("ip", args, "lay a cable between two namespaces");
}

/** Waits until `look` returns something. @throws Error naming what was waited for */
export async function until<T>(what: string, look: () => Promise<T | undefined>, seconds = 120): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`not seen in ${seconds} s: ${what}`);
    await sleep(200);
  }
}
