import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ServedRoot } from "#pxe/net/served-root.ts";
import type { TftpEvent } from "#pxe/tftp/events.ts";
import { type TftpOptions, TftpServer } from "#pxe/tftp/server.ts";

/** A folder with random files of the sizes that are asked for, by name, and a server for it on loopback. */
export async function serveByTftp(files: Readonly<Record<string, number>>, options: Partial<TftpOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-tftp-"));
  const contents = new Map(Object.entries(files).map(([name, size]) => [name, randomBytes(size)]));
  for (const [name, bytes] of contents) await writeFile(join(folder, name), bytes);
  const events: TftpEvent[] = [];
  const onEvent = (event: TftpEvent) => void events.push(event);
  const root = await ServedRoot.open(folder);
  const server = await TftpServer.open({ root, address: "127.0.0.1", port: 0, onEvent, ...options });
  return {
    ...{ folder, root, contents, events, server, port: server.port },
    ends: () => events.filter((event) => event.type === "ended"),
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
