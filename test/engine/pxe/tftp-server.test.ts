import { truncate } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { ackPacket, errorPacket } from "#pxe/tftp/packet.ts";
import { TftpServer } from "#pxe/tftp/server.ts";
import { rawClient } from "./raw-client.ts";
import { serveByTftp } from "./tftp-folder.ts";

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !holds(); i++) await sleep(10);
  if (!holds()) throw new Error(`not seen: ${what}`);
}

test("a probe for the size, as UEFI makes it, is called so", async () => {
  await using served = await serveByTftp({ file: 5000 });
  using client = await rawClient();
  client.ask(served.port, "/file", { tsize: "0", blksize: "1468" });
  const [oack] = await client.have(1);
  expect(oack).toMatchObject({
    type: "oack",
    options: new Map([
      ["tsize", "5000"],
      ["blksize", "1468"],
    ]),
  });
  client.send(errorPacket(8, "User aborted the transfer"), oack?.port ?? 0);
  await until("the end", () => served.ends().length === 1);
  expect(served.events).toMatchObject([
    { type: "started", file: "file", size: 5000, blockSize: 1468 },
    { outcome: "probed", bytes: 0, reason: "the client said: User aborted the transfer" },
  ]);
});

test("who does not answer is asked again with longer and longer pauses, then given up", async () => {
  await using served = await serveByTftp({ file: 5000 }, { pause: 10 });
  using client = await rawClient();
  client.ask(served.port, "file");
  await until("the end", () => served.ends().length === 1);
  expect(client.got.map((packet) => packet.type === "data" && packet.block)).toEqual([1, 1, 1, 1, 1, 1, 1]);
  expect(served.ends()[0]).toMatchObject({ outcome: "no answer", resent: 6, bytes: 0 });
  expect(served.ends()[0]?.seconds).toBeGreaterThan((10 * (1 + 2 + 4 + 8 + 16 + 32 + 64)) / 1000);
  expect(served.server.stats.running).toBe(0);
});

test("what is longer than a block of the smallest size comes in one piece all the same", async () => {
  await using served = await serveByTftp({ file: 100 });
  using client = await rawClient();
  client.ask(served.port, "file", { blksize: "8", windowsize: "64" });
  const [oack] = await client.have(1);
  const options = new Map(Object.entries({ blksize: "8", windowsize: "64" }));
  expect(oack).toMatchObject({ type: "oack", options });
  client.send(ackPacket(0), oack?.port ?? 0);
  await client.have(14);
  client.send(Buffer.concat([Buffer.from([0, 3, 0, 1]), Buffer.alloc(8)]), oack?.port ?? 0);
  await client.have(15);
  expect(client.got.at(-1)).toMatchObject({ type: "error", message: "this transfer goes the other way" });
});

test("a forged request makes no more than one packet at a time come out: windows are for who has answered", async () => {
  await using served = await serveByTftp({ file: 500_000 }, { pause: 20 });
  using client = await rawClient();
  client.ask(served.port, "file", { windowsize: "64", blksize: "1468" });
  await client.have(3);
  expect(client.got.every(({ type }) => type === "oack")).toBe(true);
});

test("the same request again is one transfer; another file from the same port ends the first without a word", async () => {
  await using served = await serveByTftp({ file: 5000, other: 10 });
  using client = await rawClient();
  for (let i = 0; i < 3; i++) client.ask(served.port, "file");
  await client.have(1);
  client.ask(served.port, "other");
  await client.have(2);
  await sleep(50);
  expect(client.got.map(({ type }) => type)).toEqual(["data", "data"]);
  client.send(ackPacket(1), client.got[1]?.port ?? 0);
  await until("both ends", () => served.ends().length === 2);
  expect(served.ends().map(({ file, outcome }) => [file, outcome])).toEqual([
    ["file", "replaced"],
    ["other", "complete"],
  ]);
});

test("an acknowledgement inside of a window goes on behind it, a second one asks once, and one of the future is nothing", async () => {
  await using served = await serveByTftp({ file: 8 * 100 });
  using client = await rawClient();
  client.ask(served.port, "file", { blksize: "8", windowsize: "4" });
  const [oack] = await client.have(1);
  const blocks = () => client.got.flatMap((packet) => (packet.type === "data" ? [packet.block] : []));
  const say = (block: number) => client.send(ackPacket(block), oack?.port ?? 0);
  say(0);
  await until("a window", () => blocks().length === 4);
  say(90);
  await sleep(30);
  expect(blocks()).toEqual([1, 2, 3, 4]);
  say(2);
  await until("the next", () => blocks().length === 8);
  expect(blocks().slice(4)).toEqual([3, 4, 5, 6]);
  say(6);
  await until("the next", () => blocks().length === 12);
  for (let i = 0; i < 5; i++) say(6);
  await sleep(50);
  expect(blocks().slice(8)).toEqual([7, 8, 9, 10, 7, 8, 9, 10]);
});

test("late acknowledgements of single blocks double nothing (the sorcerer's apprentice)", async () => {
  await using served = await serveByTftp({ file: 5000 });
  using client = await rawClient();
  client.ask(served.port, "file");
  const [first] = await client.have(1);
  for (let i = 0; i < 5; i++) client.send(ackPacket(1), first?.port ?? 0);
  await sleep(80);
  expect(client.got.map((packet) => packet.type === "data" && packet.block)).toEqual([1, 2]);
});

test("one client has no more than its share, and all together no more than there is", async () => {
  await using served = await serveByTftp({ file: 5000 }, { mostForOne: 3 });
  const clients = await Promise.all(Array.from({ length: 4 }, () => rawClient()));
  for (const client of clients.slice(0, 3)) client.ask(served.port, "file");
  await until("three", () => served.server.stats.running === 3);
  clients[3]?.ask(served.port, "file");
  const [answer] = (await clients[3]?.have(1)) ?? [];
  expect(answer).toMatchObject({ type: "error", message: "too many transfers of this client go on: try again later" });
  expect(served.server.stats).toMatchObject({ running: 3, refused: 1 });
  for (const client of clients) client[Symbol.dispose]();
});

test("a client whose port is closed is noticed at once", async () => {
  await using served = await serveByTftp({ file: 5000 }, { pause: 30 });
  const client = await rawClient();
  client.ask(served.port, "file");
  await client.have(1);
  client[Symbol.dispose]();
  await until("the end", () => served.ends().length === 1);
  expect(served.ends()[0]?.outcome).toBe("gone");
});

test("others cannot put a word into a transfer", async () => {
  await using served = await serveByTftp({ file: 5000 });
  using client = await rawClient();
  using other = await rawClient();
  client.ask(served.port, "file");
  const [first] = await client.have(1);
  other.send(ackPacket(1), first?.port ?? 0);
  other.send(errorPacket(0, "stop"), first?.port ?? 0);
  await sleep(50);
  expect(client.got.length).toBe(1);
  expect(served.server.stats.running).toBe(1);
});

test("a file that becomes shorter ends the transfer in words, and never with other bytes", async () => {
  await using served = await serveByTftp({ file: 2_000_000 });
  using client = await rawClient();
  client.ask(served.port, "file", { blksize: "60000" });
  const [oack] = await client.have(1);
  await truncate(join(served.folder, "file"), 1000);
  client.send(ackPacket(0), oack?.port ?? 0);
  const [, error] = await client.have(2);
  expect(error).toMatchObject({ type: "error", message: "the file has become shorter while it was sent" });
  await until("the end", () => served.ends()[0]?.outcome === "failed");
});

test("to close it lets transfers end, and says to the others that it goes", async () => {
  await using served = await serveByTftp({ file: 600 });
  using quick = await rawClient();
  using slow = await rawClient();
  for (const client of [quick, slow]) client.ask(served.port, "file");
  const [first] = await quick.have(1);
  await slow.have(1);
  const closed = served.server.close(300);
  quick.send(ackPacket(1), first?.port ?? 0);
  await quick.have(2);
  quick.send(ackPacket(2), first?.port ?? 0);
  await closed;
  await slow.have(2);
  expect(slow.got.at(-1)).toMatchObject({ type: "error", message: "the server is being stopped" });
  expect(served.ends().map(({ outcome }) => outcome)).toEqual(["complete", "stopped"]);
  using late = await rawClient();
  late.ask(served.port, "file");
  await sleep(50);
  expect(late.got).toEqual([]);
});

test("noise gets no answer; what is for a transfer gets told that none goes on", async () => {
  await using served = await serveByTftp({});
  using client = await rawClient();
  client.send(Buffer.from("\0\u0009noise"), served.port);
  client.send(Buffer.from([0, 1]), served.port);
  client.send(errorPacket(0, "an error"), served.port);
  client.send(ackPacket(1), served.port);
  client.send(Buffer.concat([Buffer.from([0, 3, 0, 1]), Buffer.alloc(512)]), served.port);
  await client.have(2);
  await sleep(50);
  expect(client.got.map((packet) => packet.type === "error" && packet.code)).toEqual([5, 5]);
});

test("a port that is taken names the program that has it", async () => {
  await using served = await serveByTftp({});
  const again = TftpServer.open({ root: served.root, address: "127.0.0.1", port: served.port });
  const owner = expect.stringMatching(new RegExp(`\\(process ${process.pid}\\)$`));
  await expect(again).rejects.toMatchObject({ code: "PXE_PORT_TAKEN", details: { port: served.port, owner } });
});
