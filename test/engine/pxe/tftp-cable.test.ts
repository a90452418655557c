import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPxeNetwork, SERVER, startPxe } from "./pxe-network.ts";

const content = randomBytes(6_000_000);
let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "lifeboat-cable-"));
  await writeFile(join(scratch, "bootx64.efi"), "a loader");
  await writeFile(join(scratch, "large"), content);
});
afterAll(() => rm(scratch, { recursive: true }));

test("windows go over a cable that takes their blocks at once, in parts only, or slowly", async () => {
  await using network = await openPxeNetwork();
  const { server, client } = network;
  await client.tool("ip", ["address", "add", "10.77.0.9/24", "dev", "eth0"]);
  // Slower than we send: what has no room in the socket waits. A busy client may lose some all the same.
  const slow = ["root", "tbf", "rate", "200mbit", "burst", "64kb", "limit", "4mb"];
  await server.tool("tc", ["qdisc", "add", "dev", "to-client", ...slow]);
  await using serving = await startPxe(server, "--no-dhcp", "--root", scratch, "--interface", "br0");
  const to = join(scratch, "got");
  let times = 0;
  for (const [blockSize, windowSize] of [
    [1428, 64],
    [1468, 5],
    [4000, 16], // each in three fragments: the kernel cuts no packets that are cut again
    [65_464, 1],
    [16_000, 60], // a window is five times what waits in a socket
  ]) {
    const options = ["timeout 5", `blksize ${blockSize}`, `windowsize ${windowSize}`];
    const asked = options.flatMap((option) => ["--option", option]);
    await client.tool("atftp", [...asked, "--get", "--remote-file", "large", "--local-file", to, SERVER, "69"]);
    expect((await readFile(to)).equals(content)).toBe(true);
    await expect.poll(() => ends(serving).length).toBe(++times);
    expect(ends(serving).at(-1)).toMatchObject({ outcome: "complete", bytes: content.length });
  }
});

const ends = (serving: Awaited<ReturnType<typeof startPxe>>) =>
  serving
    .lines()
    .map((line) => line["event"] as Record<string, unknown> | undefined)
    .filter((event) => event?.["type"] === "ended");
