import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { benchDisk } from "./disk/bench-disk.ts";
import { goals } from "./evaluate.ts";
import { describeMachine } from "./machine.ts";
import { readOptions } from "./options.ts";
import { drawPlot } from "./plot.ts";
import type { BenchResult, SubjectResult } from "./result.ts";
import { runSubject } from "./rounds.ts";
import { keepTable, writeTable } from "./table.ts";

/** `make bench`: ours and the peers in turn on the same disk. docs/bench.md says what is measured and how. */
const options = readOptions(process.argv.slice(2));
const out = resolve("out/bench");
const work = join(out, "work");
await rm(work, { recursive: true, force: true });
await mkdir(work, { recursive: true });
await using _ = { [Symbol.asyncDispose]: () => rm(work, { recursive: true, force: true }) };

// A benchmark that is stopped ends its programs, detaches its devices and removes its files.
const stop = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const)
  process.once(name, () => stop.abort(new Error(`stopped by ${name}`)));

const started = Date.now();
const disk = options.disk ?? (await benchDisk());
const subjects: SubjectResult[] = [];
for (const name of options.subjects)
  subjects.push(await runSubject(name, { ...options, disk, folder: work, say: console.log, signal: stop.signal }));
const result: BenchResult = {
  date: new Date().toISOString().slice(0, 10),
  machine: await describeMachine(out),
  rounds: options.rounds,
  cache: options.cache,
  subjects,
};
const table = writeTable(result);
await writeFile(join(out, "result.json"), `${JSON.stringify(result, undefined, 1)}\n`);
await writeFile(join(out, "table.md"), table);
await writeFile(join(out, "plot.svg"), drawPlot(result));
if (options.keep) {
  const page = resolve("docs/bench.md");
  await writeFile(page, keepTable(await readFile(page, "utf8"), table));
}
console.log(`\n${table}`);
console.log(`${out}/result.json, table.md, plot.svg; ${Math.round((Date.now() - started) / 1000)} s`);
const missed = goals(result).filter(({ met }) => !met).length;
console.log(missed === 0 ? "all goals met" : `goals missed: ${missed}`);
