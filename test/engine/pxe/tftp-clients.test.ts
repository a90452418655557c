import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { sample } from "#test/sample.ts";
import { lossyPath } from "./lossy-path.ts";
import { serveByTftp } from "./tftp-folder.ts";

const run = promisify(execFile);
/** Around the ends of blocks, and with more blocks than have numbers (512 bytes x 65536 are 32 MiB). */
const SIZES = { empty: 0, one: 1, "short.bin": 511, "block.bin": 512, "more.bin": 513, mid: 1_234_567 };
const LARGE = (33 << 20) + 77;

type Client = (port: number, file: string, to: string) => Promise<unknown>;
const atftp =
  (...options: string[]): Client =>
  (port, file, to) =>
    run("atftp", [...options, "--get", "--remote-file", file, "--local-file", to, "127.0.0.1", String(port)]);
/** npm's `tftp`: it asks for blocks of 1468 bytes, windows of four, the size and a timeout. It speaks in Node's own words, untyped. */
const NPM_TFTP = `const [port, file, to] = process.argv.slice(1);
  require("tftp").createClient({ host: "127.0.0.1", port: Number(port) }).get(file, to, (error) => { if (error) throw error; });`;
const CLIENTS: Readonly<Record<string, Client>> = {
  "tftp-hpa": (port, file, to) => run("tftp", ["-m", "binary", "127.0.0.1", String(port), "-c", "get", file, to]),
  atftp: atftp(),
  "atftp with options": atftp("--option", "blksize 1428", "--option", "tsize 0", "--option", "timeout 2"),
  "atftp with windows": atftp("--option", "blksize 1428", "--option", "windowsize 8"),
  "atftp with windows of small blocks": atftp("--option", "windowsize 8"),
  "atftp with large blocks": atftp("--option", "blksize 65464"),
  curl: (port, file, to) => run("curl", ["-sS", "-o", to, `tftp://127.0.0.1:${port}/${file}`]),
  "curl with large blocks": (port, file, to) =>
    run("curl", ["-sS", "--tftp-blksize", "1468", "-o", to, `tftp://127.0.0.1:${port}/${file}`]),
  "npm tftp": (port, file, to) =>
    run(process.execPath, ["--input-type=commonjs", "--eval", NPM_TFTP, String(port), file, to]),
  busybox: (port, file, to) =>
    run("busybox", ["tftp", "-g", "-b", "1468", "-r", file, "-l", to, "127.0.0.1", String(port)]),
};

let served: Awaited<ReturnType<typeof serveByTftp>>;
beforeAll(async () => {
  served = await serveByTftp({ ...SIZES, large: LARGE });
});
afterAll(() => served[Symbol.asyncDispose]());
let scratch: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "lifeboat-got-"));
});
afterEach(() => rm(scratch, { recursive: true }));

async function gets(client: Client, port: number, file: string): Promise<void> {
  const to = join(scratch, file);
  await client(port, file, to);
  const got = await readFile(to);
  expect(got.length).toBe(served.contents.get(file)?.length);
  expect(got.equals(served.contents.get(file) as Buffer)).toBe(true);
}

const named = Object.entries(CLIENTS);
test.each(named)("%s gets files of all lengths", async (name, client) => {
  // curl 7.88 fails on an empty file, of dnsmasq's server too ("getpeername() failed").
  const files = Object.keys(SIZES).filter((file) => file !== "empty" || !name.startsWith("curl"));
  for (const file of files) await gets(client, served.port, file);
});

test.each(sample(["atftp with windows of small blocks", "tftp-hpa", "curl"], 1))(
  "%s gets a file with more blocks than numbers",
  async (name) => {
    await gets(CLIENTS[name] as Client, served.port, "large");
    expect(served.ends().at(-1)).toMatchObject({ outcome: "complete", bytes: LARGE, size: LARGE });
  },
);

// Each waits some seconds for a packet that does not come, whatever the server does: few are lost.
test.each(sample(["atftp with windows", "curl with large blocks", "tftp-hpa"], 2))(
  "%s gets its file over a way that loses, doubles and delays",
  async (name) => {
    await using quick = await serveByTftp({}, { pause: 40, root: served.root });
    using path = await lossyPath({ address: "127.0.0.1", port: quick.port }, { lost: 0.02, twice: 0.05, late: 0.05 });
    await gets(CLIENTS[name] as Client, path.port, "mid");
    expect(path.counts.lost).toBeGreaterThan(5);
    // The client's last word may be lost: the server then finds out by itself that it has gone.
    await expect.poll(() => quick.ends()[0]?.resent ?? 0).toBeGreaterThan(0);
  },
);

test("what is not there is said so, in each client's words", async () => {
  const url = `tftp://127.0.0.1:${served.port}`;
  await expect(run("curl", ["-sS", `${url}/none`])).rejects.toMatchObject({ code: 68 }); // CURLE_TFTP_NOTFOUND
  await expect(run("curl", ["-sS", "--path-as-is", `${url}/../etc/passwd`])).rejects.toMatchObject({ code: 69 }); // CURLE_TFTP_PERM
  await expect(run("curl", ["-sS", "-T", join(served.folder, "mid"), `${url}/new`])).rejects.toMatchObject({
    code: 69,
  });
  const text = await run("tftp", [
    "-m",
    "ascii",
    "127.0.0.1",
    String(served.port),
    "-c",
    "get",
    "mid",
    join(scratch, "x"),
  ]);
  expect(text.stdout).toContain("only binary transfers");
});
