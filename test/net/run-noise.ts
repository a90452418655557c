import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ackPacket, requestPacket } from "#pxe/tftp/packet.ts";
import { mutate } from "#test/fuzz/mutate.ts";
import { caseRandom, type Random } from "#test/fuzz/random.ts";
import { SparseImage } from "#test/fuzz/sparse-image.ts";
import { target as lease } from "#test/fuzz/targets/dhcp-lease.ts";
import { target as boot } from "#test/fuzz/targets/dhcp-packet.ts";
import { target as tftp } from "#test/fuzz/targets/tftp-packet.ts";
import { type Answers, noiseAnswers } from "./noise-answers.ts";

/**
 * Damaged packets of DHCP and TFTP, and damaged requests of HTTP, to a server that runs, from the namespace in which this runs. Prints what
 * came back: how many answers of each kind, and which should not have been. Options: --cases N, --seed N, --server ADDRESS.
 */
const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    server: { type: "string", default: "10.80.0.1" },
  },
});
const [cases, seed, server] = [Number(values.cases), Number(values.seed), values.server];
/** What may wait to be read by a server that is not to lose it. */
const AT_A_TIME = 50;

/** Milliseconds that a request is answered in. */
const PATIENCE = 200;

/** What clients and loaders ask, and what was seen to be tried. */
const REQUESTS = [
  "GET /bootx64.efi HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  "GET /bootx64.efi HTTP/1.1\r\nHost: a\r\nRange: bytes=10-20\r\nConnection: close\r\n\r\n",
  "HEAD /../secret HTTP/1.0\r\n\r\n",
  'GET /%2e%2e/secret HTTP/1.1\r\nHost: a\r\nIf-None-Match: "x"\r\nConnection: close\r\n\r\n',
  'POST /.lifeboat/report HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 29\r\nConnection: close\r\n\r\n{"kind":"up","text":"is here"}',
  'POST /.lifeboat/report HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n5\r\n{"kin\r\n0\r\n\r\n',
];
const WORDS = [
  "bytes=",
  "-1",
  "0-",
  "..",
  "%2e",
  "%00",
  "\r\n",
  "\0",
  "Content-Length: ",
  "Range: ",
  "9".repeat(40),
  "a".repeat(500),
];

const load = (options: Readonly<Record<string, string>>) =>
  requestPacket({ type: "read", file: "bootx64.efi", mode: "octet", options: new Map(Object.entries(options)) });
const LOADS = [
  load({}),
  load({ tsize: "0", blksize: "1468", windowsize: "4" }),
  load({ blksize: "8", windowsize: "64" }),
];

const inputs = (contents: readonly Uint8Array[]) => contents.map((content) => SparseImage.of(content));
const contentsOf = ({ seeds }: typeof lease) => seeds.flatMap((one) => ("content" in one ? [one.content()] : []));
const SOURCES = {
  dhcp: {
    images: inputs([...contentsOf(lease), ...contentsOf(boot)]),
    dictionary: [...(lease.dictionary ?? []), ...(boot.dictionary ?? [])],
  },
  tftp: {
    images: inputs([...LOADS, ackPacket(0), ackPacket(1), ...contentsOf(tftp)]),
    dictionary: [...(tftp.dictionary ?? []), "bootx64.efi\0"],
  },
  http: { images: inputs(REQUESTS.map((text) => Buffer.from(text))), dictionary: WORDS },
} as const;

function damaged(source: keyof typeof SOURCES, random: Random): Buffer {
  const { images, dictionary } = SOURCES[source];
  const original = random.pick(images);
  const image = original.fork();
  // What is sound leads to where the next damaged packet is looked at.
  if (random.chance(0.2)) return Buffer.from(image.bytes(0, image.size));
  const others = images.filter((one) => one !== original);
  const hot = [{ offset: 0, length: image.size, set: [] }];
  mutate({ image, hot, others, dictionary, json: undefined }, random);
  return Buffer.from(image.bytes(0, Math.min(image.size, 1472)));
}

async function udp(port: number, address: string) {
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  socket.bind(port, address);
  await once(socket, "listening");
  socket.setBroadcast(true);
  socket.on("error", () => {}); // a port that the server has closed
  return socket;
}

const answers: Answers = noiseAnswers();
/** What this computer has broadcast itself comes back to it, and damaged it may look like an answer. */
const judge = (packet: Buffer, from: { readonly address: string }) => {
  if (from.address === server) answers.dhcp(packet);
};
const client = await udp(68, "0.0.0.0");
client.on("message", judge);
const relay = await udp(67, "0.0.0.0");
relay.on("message", judge);
const loader = await udp(0, "0.0.0.0");
/** Where transfers go on, from the newest. */
const transfers: number[] = [];
loader.on("message", (packet, { port }) => {
  answers.tftp(packet);
  if (port !== 69 && transfers.at(-1) !== port) transfers.push(port);
});

async function say(number: number): Promise<void> {
  const random = caseRandom(seed, "noise", number);
  const dice = random.int(10);
  if (dice < 4)
    client.send(
      damaged("dhcp", random),
      random.pick([67, 67, 4011]),
      random.chance(0.5) ? "255.255.255.255" : server,
      () => {},
    );
  else if (dice < 8) {
    const isInside = transfers.length > 0 && random.chance(0.3);
    loader.send(damaged("tftp", random), isInside ? (transfers.at(-1) as number) : 69, server, () => {});
  } else await ask(damaged("http", random));
}

/** @returns when the server has closed the connection, or has said nothing for a while */
async function ask(request: Buffer): Promise<void> {
  const socket = connect(80, server);
  const parts: Buffer[] = [];
  socket.on("data", (part: Buffer) => parts.push(part));
  socket.on("error", () => {}); // a connection that the server cut off
  socket.write(request);
  // A server that waits for the rest is told that none comes; who says so at once is not answered at all (Node's httpAllowHalfOpen).
  const wait = setTimeout(() => socket.end(), PATIENCE);
  socket.setTimeout(10 * PATIENCE, () => socket.destroy());
  await new Promise((resolve) => socket.on("close", resolve));
  clearTimeout(wait);
  answers.http(Buffer.concat(parts));
}

for (let number = 0; number < cases; number += AT_A_TIME) {
  await Promise.all(Array.from({ length: AT_A_TIME }, (_, i) => say(number + i)));
  await nextTurn();
}
// Whoever is asked for a block that long ago was forgotten says so, and the transfer is over.
const over = Buffer.from([0, 5, 0, 0, 0]);
for (let round = 0; round < 3; round++) {
  for (const port of new Set(transfers)) loader.send(over, port, server, () => {});
  await sleep(200);
}
for (const socket of [client, relay, loader]) socket.close();
console.log(JSON.stringify(answers.result()));
