import { hash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync } from "node:fs";

/**
 * One core's speed at one thing, for two seconds: `limit-worker.ts sha256|memcpy|read FILE` prints bytes per second.
 * A process of its own for each core, so that nothing is shared but the memory bus.
 */
const [kind, path = ""] = process.argv.slice(2);
const PIECE = 2 ** 20;
const MILLISECONDS = 2000;

const content = readFileSync(path);
const copy = Buffer.allocUnsafe(PIECE);
const file = openSync(path, "r");
const work: Readonly<Record<string, (piece: Buffer, at: number) => unknown>> = {
  sha256: (piece) => hash("sha256", piece, "buffer"),
  memcpy: (piece) => piece.copy(copy),
  read: (_piece, at) => readSync(file, copy, 0, PIECE, at),
};
const step = work[kind ?? ""];
if (!step) throw new Error(`no such work: ${kind}`);

let bytes = 0;
const start = performance.now();
while (performance.now() - start < MILLISECONDS)
  for (let at = 0; at + PIECE <= content.length; at += PIECE) {
    step(content.subarray(at, at + PIECE), at);
    bytes += PIECE;
  }
console.log(bytes / ((performance.now() - start) / 1000));
closeSync(file);
