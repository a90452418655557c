import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Namespace } from "./namespace.ts";

export interface DhcpServer extends AsyncDisposable {
  /** What it has said so far. */
  log(): string;
}

/** dnsmasq in a namespace: DHCP, router advertisements and names on the given interface. */
export async function startDnsmasq(namespace: Namespace, device: string, options: readonly string[]) {
  const args = [
    ...["--keep-in-foreground", "--conf-file=/dev/null", "--pid-file=", "--log-facility=-", "--log-dhcp"],
    ...["--no-resolv", "--no-hosts", "--dhcp-leasefile=/dev/null", "--user=root", "--bind-interfaces"],
    ...[`--interface=${device}`, "--except-interface=lo", ...options],
  ];
  const enter = ["--target", String(namespace.pid), "--net", "--mount", "--pid", "--"];
  const child: ChildProcess = spawn("nsenter", [...enter, "dnsmasq", ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let text = "";
  child.stderr?.on("data", (part) => {
    text += part;
  });
  await Promise.race([once(child.stderr as NodeJS.EventEmitter, "data"), once(child, "error")]);
  const server: DhcpServer = {
    log: () => text,
    async [Symbol.asyncDispose]() {
      const ended = once(child, "exit");
      child.kill("SIGKILL"); // nsenter; dnsmasq itself ends with its namespace
      child.stderr?.destroy();
      await ended;
    },
  };
  return server;
}
