import { chmod, mkdir, mkdtemp, open as openFile, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Place, placeSecret } from "#base/medium/place.ts";
import { readManifest } from "#imaging/image/image-reader.ts";
import { readMountTable } from "#imaging/inventory/mount-table.ts";
import { ImageLibrary } from "#rescue/images/image-library.ts";
import { noMounter } from "#rescue/images/mounter.ts";
import type { Share } from "#rescue/shares/share.ts";
import { Shares } from "#rescue/shares/shares.ts";
import { memoryLog } from "#test/doubles/rescue.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { noisyDisk } from "#test/engine/image/workspace.ts";
import { type SftpServer, startSftpServer } from "./sftp-server.ts";

/** Everything that somebody's shell or file of options could trip over, and more than ASCII. */
const PASSWORD = `pä ss;'"\`$(touch /tmp/x)\\,=#% пароль`;
const NAME = "Bilder des Büros; 'Ж'";

let folder: string;
let server: SftpServer;
let shares: Shares;
let places: Place[];
let lowSpace = 0;

const share = (more: object = {}): Share =>
  Place.parse({
    ...{ kind: "sftp", name: NAME, server: "127.0.0.1", port: server.port, user: "anna" },
    ...{ hostKey: server.hostKey, ...more },
  }) as Share;
const secret = (place: Share) => placeSecret(place)?.name ?? "";
const open = (known: Record<string, string> = {}) =>
  new Shares({
    ...{ places: () => places, secret: (name) => known[name], lowSpace: () => lowSpace, log: memoryLog() },
    ...{ root: join(folder, "shares"), work: join(folder, "work") },
  });
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "connected",
    (error: { code?: string }) => error.code,
  );

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-shares-"));
  server = await startSftpServer(folder, "anna", PASSWORD);
  places = [];
  lowSpace = 0;
  shares = open();
});
afterEach(async () => {
  await shares.close();
  expect((await readMountTable()).filter(({ point }) => point.startsWith(folder))).toEqual([]);
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

test("a share under an odd name and password: an image is captured into it, found on it, and stays when our server goes", async () => {
  await mkdir(join(server.home, "Bilder 2; 'x'"));
  const place = share({ path: "Bilder 2; 'x'" });
  places = [place];
  shares = open({ [secret(place)]: PASSWORD });
  await shares.connectAll();
  const [state] = await shares.list();
  expect(state).toMatchObject({
    state: "connected",
    isLow: false,
    folder: expect.stringContaining("Bilder-des-Büros"),
  });
  const disk = await noisyDisk(join(folder, "source.raw"), 8 << 20, 1);
  await chmod(join(server.home, "Bilder 2; 'x'"), 0o777); // the server's user is another one than the test's
  await lifeboatJson("capture", disk, "--to", join(state?.folder ?? "", "office.lbi"));
  expect(await readdir(join(server.home, "Bilder 2; 'x'"))).toEqual(["office.lbi"]);

  const again = open({ [secret(place)]: PASSWORD });
  const library = new ImageLibrary({
    ...{ listDisks: async () => [], holdingDisk: async () => undefined, readManifest, mounter: noMounter },
    ...{ readMountTable, folders: () => again.folders(), isTarget: () => false, log: memoryLog() },
    keys: { unlock: async () => new Uint8Array(), learn: async () => {} },
  });
  expect(await library.list()).toMatchObject([{ fileName: "office.lbi", place: NAME, diskId: "" }]);
});

describe("a test says what is wrong, in the words of its cause", () => {
  test("the right password, room, and whether it may write", async () => {
    const room = { size: expect.any(Number), free: expect.any(Number) };
    expect(await shares.test(share(), PASSWORD)).toEqual({ room, isLow: false });
    lowSpace = Number.MAX_SAFE_INTEGER;
    await mkdir(join(server.home, "locked"), { mode: 0o755 });
    expect(await shares.test(share({ path: "locked" }), PASSWORD)).toMatchObject({
      ...{ isLow: true, readOnly: { code: "SHARE_READ_ONLY" } },
    });
    expect(await shares.test(share({ path: "locked", readOnly: true }), PASSWORD)).not.toHaveProperty("readOnly");
    expect(await readdir(server.home)).toEqual(["locked"]); // nothing of the test is left
  });

  test.each<[string, object, string]>([
    ["another password", {}, "SHARE_DENIED"],
    ["another user", { user: "bert" }, "SHARE_DENIED"],
    ["a name that nobody knows", { server: "nas.invalid" }, "SHARE_NAME_UNKNOWN"],
    ["an address where nobody is", { server: "2001:db8::77" }, "SHARE_NO_ANSWER"],
    ["a port where nothing is", { port: 1 }, "SHARE_NOT_SERVED"],
    ["a server that nobody has confirmed", { hostKey: undefined }, "SHARE_HOST_KEY_UNKNOWN"],
    [
      "another machine at its address",
      { hostKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==" },
      "SHARE_HOST_KEY_CHANGED",
    ],
  ])("%s", async (_what, more, code) => {
    expect(await codeOf(shares.test(share(more), "wrong"))).toBe(code);
  });

  test("a folder that is not there", async () => {
    expect(await codeOf(shares.test(share({ path: "none" }), PASSWORD))).toBe("SHARE_FOLDER_MISSING");
  });

  test("an unknown key is shown as ssh-keygen shows it, and connects once it is accepted; by IPv6 and by name too", async () => {
    const refusal = await shares.test(share({ hostKey: undefined }), PASSWORD).catch((error) => error);
    expect(refusal.details).toMatchObject({
      hostKey: server.hostKey,
      fingerprint: expect.stringMatching(/^SHA256:\S{43}$/),
    });
    for (const host of ["::1", "localhost"])
      expect(await codeOf(shares.test(share({ server: host, hostKey: refusal.details.hostKey }), PASSWORD))).toBe(
        "connected",
      );
  });
});

test("no password stands where others could read it", async () => {
  const place = share();
  places = [place];
  shares = open({ [secret(place)]: PASSWORD });
  await shares.connectAll();
  const commands = await Promise.all(
    (await readdir("/proc"))
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  expect(commands.some((line) => line.includes("sshfs"))).toBe(true);
  expect(commands.join("\n")).not.toContain("пароль");
  const files = await readdir(join(folder, "work"), { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    expect([path, (await stat(path)).mode & 0o077]).toEqual([path, 0]);
  }
});

test("a password that is missing is named; one that fails is in the list, and does not keep others from being connected", async () => {
  const [locked, wrong, right] = [share({ name: "a" }), share({ name: "b", port: 1 }), share({ name: "c", path: "." })];
  places = [locked, wrong, right];
  shares = open({ [secret(wrong)]: "x" });
  expect(await codeOf(shares.connect("a"))).toBe("SECRET_MISSING");
  shares = open({ [secret(right)]: PASSWORD });
  await shares.connectAll();
  const states = (await shares.list()).map(({ id, state, problem }) => [id, state, problem?.code]);
  expect(states).toEqual([
    ["a", "connected", undefined], // the same server and user as c
    ["b", "not-connected", "SECRET_MISSING"],
    ["c", "connected", undefined],
  ]);
});

test("a share that is in use stays; one whose server is gone is let go", { timeout: 120_000 }, async () => {
  const place = share();
  places = [place];
  shares = open({ [secret(place)]: PASSWORD });
  await shares.connectAll();
  const [state] = await shares.list();
  await writeFile(join(server.home, "x"), "");
  const held = await openFile(join(state?.folder ?? "", "x"), "r");
  expect(await codeOf(shares.disconnect(state?.id ?? ""))).toBe("SHARE_IN_USE");
  await held.close();
  await server.freeze();
  expect((await shares.list())[0]?.state).toBe("no-answer");
  await shares.disconnect(state?.id ?? "");
  expect((await shares.list())[0]?.state).toBe("not-connected");
});
