import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Namespace } from "#test/engine/network/namespace.ts";
import { unpackedPackages } from "#test/fixtures/unpacked-packages.ts";

const PACKAGES = ["isc-dhcp-client", "isc-dhcp-server", "isc-dhcp-relay", "dhcp-helper", "kea-dhcp4-server"];

export type Peers = Awaited<ReturnType<typeof openPeers>>;

/** Clients, relays and servers of others; their packages would start services, so they are only unpacked. */
export async function openPeers() {
  const { folder, environment } = await unpackedPackages("dhcp-peers", PACKAGES);
  const program = (name: string) => {
    const found = ["usr/sbin", "sbin", "usr/bin"]
      .map((place) => join(folder, place, name))
      .find((path) => existsSync(path));
    if (found === undefined) throw new Error(`no ${name} in ${folder}`);
    return found;
  };
  /** A command line for `sh -c`, with its libraries. */
  const command = (name: string) => `env LD_LIBRARY_PATH=${environment.LD_LIBRARY_PATH} ${program(name)}`;
  return { program, command };
}

/** A program that runs in a namespace until it is disposed of. */
export async function startIn(namespace: Namespace, command: string) {
  const enter = ["--target", String(namespace.pid), "--net", "--mount", "--pid", "--"];
  const child = spawn("nsenter", [...enter, "sh", "-c", `exec ${command} 2>&1`], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let text = "";
  child.stdout.on("data", (part) => {
    text += part;
  });
  const ended = once(child, "exit");
  return {
    log: () => text,
    ended,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL"); // nsenter; what runs inside ends with its namespace
      child.stdout.destroy();
      await ended;
    },
  };
}
