import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { runSecretTool } from "#imaging/system/run-secret-tool.ts";
import { runTool } from "#imaging/system/run-tool.ts";

export interface SftpServer extends AsyncDisposable {
  readonly port: number;
  /** Where its user is at home. */
  readonly home: string;
  /** "ssh-ed25519 AAAA..." */
  readonly hostKey: string;
  /** Nothing more comes from it, and it does not say so: as when a cable is pulled. */
  freeze(): Promise<void>;
}

const UID = 4711;

/** Dropbear with OpenSSH's sftp-server, on loopback, with one user whom this machine does not know. */
export async function startSftpServer(folder: string, user: string, password: string): Promise<SftpServer> {
  const home = join(folder, "home");
  await mkdir(home, { recursive: true });
  await chown(home, UID, UID);
  await chmod(folder, 0o755);
  const { stdout } = await runSecretTool("openssl", ["passwd", "-6", "-stdin"], "make a user", Buffer.from(password));
  await addLine(folder, "passwd", `${user}:x:${UID}:${UID}:Anna:${home}:/bin/sh`);
  await addLine(folder, "shadow", `${user}:${stdout.toString().trim()}:19000:0:99999:7:::`);
  const key = join(folder, "host_key");
  const made = await runTool("dropbearkey", ["-t", "ed25519", "-f", key], "make a host key");
  const port = await freePort();
  const bind = ["passwd", "shadow"].map((name) => `mount --bind '${folder}/${name}' /etc/${name}`).join(" && ");
  const run = `${bind} && exec dropbear -F -E -r '${key}' -p 127.0.0.1:${port} -p [::1]:${port} -P '${folder}/pid'`;
  const child = spawn("unshare", ["--mount", "--propagation", "private", "sh", "-c", run], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  await once(child.stderr, "data"); // "Not backgrounding"
  child.stderr.resume();
  const signal = async (name: NodeJS.Signals) => {
    for (const pid of await familyOf(child.pid as number)) {
      try {
        process.kill(pid, name);
      } catch (error) {
        // The process of a connection that a client has just closed ends by itself.
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
      }
    }
  };
  return {
    ...{ port, home, hostKey: /^ssh-ed25519 \S+/m.exec(made)?.[0] ?? "" },
    freeze: () => signal("SIGSTOP"),
    async [Symbol.asyncDispose]() {
      const ended = once(child, "exit");
      await signal("SIGKILL");
      await ended;
    },
  };
}

/** A process and all that it has started: each connection has a process of its own. */
async function familyOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  const children = text.trim().split(" ").filter(Boolean).map(Number);
  return [pid, ...(await Promise.all(children.map(familyOf))).flat()];
}

async function addLine(folder: string, name: "passwd" | "shadow", line: string): Promise<void> {
  await writeFile(join(folder, name), `${(await readFile(`/etc/${name}`, "utf8")).trimEnd()}\n${line}\n`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
