import { createConnection } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isLifeboatError } from "#base/errors.ts";
import { createPairingCode, pairingKey } from "#imaging/clone/remote/pairing-code.ts";
import { PeerConnection } from "#imaging/clone/remote/peer-connection.ts";
import { secureConnection } from "#imaging/clone/remote/secure-channel.ts";
import { cloneRequest, MOST_READ, REQUEST } from "#imaging/clone/remote/wire.ts";
import { type Offer, offer } from "#test/engine/clone-net/offer.ts";
import { errorOf, lifeboatError } from "#test/engine/image/command.ts";
import { makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { blankDisk, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");
let space: Workspace;
let disk: string;
let target: string;
let offered: Offer;
beforeAll(async () => {
  space = await openWorkspace();
  disk = await makeSampleDisk(space.path("served.img"), SMALL_DISK);
  target = await blankDisk(space.path("target.img"), SMALL_DISK.size);
  offered = await offer(disk);
});
afterAll(async () => {
  await offered[Symbol.asyncDispose]();
  await space[Symbol.asyncDispose]();
});

const peer = () => ({ host: "127.0.0.1", port: offered.port });
const receive = (host: string, ...more: string[]) =>
  lifeboatError("clone", "receive", host, "--to", target, "--yes-erase", target, ...more);

test("a wrong code is refused, and nothing is written", async () => {
  const before = await sha256File(target);
  expect(await receive(offered.host, "--code", createPairingCode())).toMatchObject({
    ...{ status: 7, code: "PAIRING_REFUSED", details: { peer: offered.host } },
  });
  expect(await sha256File(target)).toBe(before);
});

full("no code, and what is none, are told apart from a wrong one", async () => {
  expect((await receive(offered.host)).code).toBe("PAIRING_CODE_MISSING");
  expect((await receive(offered.host, "--code", "1234")).code).toBe("KEY_INVALID");
  expect((await receive("127.0.0.1:0", "--code", offered.code)).code).toBe("USAGE");
});

test("where nobody listens, that is said at once", async () => {
  const nobody = { host: "127.0.0.1", port: 9 };
  const error: unknown = await PeerConnection.open(nobody, await pairingKey(offered.code)).catch((e: unknown) => e);
  expect((error as Error).message).toBe("PEER_UNREACHABLE: cannot connect to 127.0.0.1:9: nothing listens there");
});

/** All that a server sends to somebody, until it closes. */
const heard = (socket: NodeJS.ReadableStream): Promise<Buffer> =>
  new Promise((resolve) => {
    const pieces: Buffer[] = [];
    socket.on("data", (piece: Buffer) => pieces.push(piece));
    socket.on("error", () => {});
    socket.on("close", () => resolve(Buffer.concat(pieces)));
  });

test("who has no code gets no byte of the disk: over TCP, and over TLS without a key", async () => {
  const plain = createConnection(peer());
  plain.write(cloneRequest.serialise({ magic: "LBRQ", kind: REQUEST.hello, tag: 1, length: 1, offset: 7 }));
  expect((await heard(plain)).length).toBeLessThan(16); // an alert of TLS
  for (const maxVersion of ["TLSv1.2", "TLSv1.3"] as const)
    expect((await heard(connect({ ...peer(), maxVersion, rejectUnauthorized: false }))).length).toBe(0);
});

test("who has the code, and asks for what there is not, is disconnected; nobody else notices", async () => {
  const key = await pairingKey(offered.code);
  const size = SMALL_DISK.size;
  for (const [kind, length, offset] of [
    [REQUEST.read, 512, size],
    [REQUEST.read, MOST_READ + 1, 0],
    [REQUEST.read, 0, 0],
    [REQUEST.describe, 64, 2 ** 40],
    [REQUEST.hash, 65, 0],
    [REQUEST.hash, 1, 1],
    [99, 1, 0],
    [REQUEST.hello, 1, 0],
  ] as const) {
    const socket = await secureConnection(peer(), key);
    const ended = heard(socket);
    socket.write(cloneRequest.serialise({ magic: "LBRQ", kind: REQUEST.hello, tag: 1, length: 1, offset: 7 }));
    socket.write(cloneRequest.serialise({ magic: "LBRQ", kind, tag: 2, length, offset }));
    expect((await ended).length, `${kind} ${length} ${offset}`).toBeLessThan(200);
  }
  const silent = await secureConnection(peer(), key);
  silent.write(cloneRequest.serialise({ magic: "LBRQ", kind: REQUEST.read, tag: 1, length: 512, offset: 0 }));
  expect((await heard(silent)).length).toBe(0);
  const garbage = await secureConnection(peer(), key);
  garbage.write(Buffer.alloc(5000, "no request"));
  expect((await heard(garbage)).length).toBe(0);
  const { connection, head } = await PeerConnection.open(peer(), key);
  await using held = connection;
  expect(head.size).toBe(size);
  expect((await held.describe(head)).length).toBeGreaterThan(500);
});

full("a second receiver is told to wait", async () => {
  const key = await pairingKey(offered.code);
  const { connection } = await PeerConnection.open(peer(), key);
  await using _held = connection;
  expect((await receive(offered.host, "--code", offered.code)).code).toBe("PEER_BUSY");
});

test("after ten wrong codes nobody is served any longer", async () => {
  const wrong = await pairingKey(createPairingCode());
  for (let attempt = 0; attempt < 10; attempt++) {
    const error = await secureConnection(peer(), wrong).catch((e: unknown) => e);
    // By then the serving side may have had enough: another test has used up a guess.
    expect(isLifeboatError(error, attempt < 5 ? "PAIRING_REFUSED" : undefined)).toBe(true);
    await sleep(5);
  }
  const result = await offered.result;
  expect(errorOf(result, ["serve"])).toMatchObject({ status: 7, code: "PAIRING_ATTEMPTS" });
});
