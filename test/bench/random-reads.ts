import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { benchDisk } from "#test/bench/disk/bench-disk.ts";
import { median, pairedRatio } from "#test/bench/statistics.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

/**
 * Reads of 4 KiB at random places of a mounted image, against qemu-nbd on a compressed qcow2 of the same disk, in turn;
 * and how long the first listing of a folder takes when nothing of the image is in memory. `node test/bench/random-reads.ts`.
 * docs/bench.md says what is measured; the figures go there by hand.
 */
const { values } = parseArgs({
  options: {
    disk: { type: "string" },
    reads: { type: "string", default: "2000" },
    rounds: { type: "string", default: "5" },
  },
});
const work = resolve("out/bench/random-reads");
const lifeboat = resolve("lifeboat");
const script = resolve("test/bench/random_reads.py");

await rm(work, { recursive: true, force: true });
await mkdir(work, { recursive: true });
const disk = values.disk ?? (await benchDisk());
const file = join(work, "disk.lbi");
const repository = join(work, "repository");
const qcow2 = join(work, "disk.qcow2");
const socket = join(work, "nbd.socket");
await runTool(lifeboat, ["capture", disk, "--to", file]);
await runTool(lifeboat, ["repo", "init", repository]);
const captured = await runTool(lifeboat, ["capture", disk, "--to", repository, "--json"]);
const { image: point } = JSON.parse(captured.stdout) as { image: string };
// What is deleted on the disk is in no image of ours: all sides read what is used.
const used = join(work, "used.raw");
await runTool("truncate", [`--reference=${disk}`, used]);
await runTool(lifeboat, ["restore", file, "--to", used, "--yes-erase", `file:${used}`, "--no-undo"]);
const convert = ["convert", "-f", "raw", "-O", "qcow2", "-c", "-o", "compression_type=zstd", used, qcow2];
await runTool("qemu-img", convert);

const server = spawn("qemu-nbd", ["--read-only", "--persistent", "--format=qcow2", `--socket=${socket}`, qcow2]);
try {
  while (!existsSync(socket)) await sleep(50);
  const sides = [
    { name: "qemu-nbd, qcow2-zstd", source: `nbd:${socket}`, seconds: [] as number[] },
    {
      name: "image file, chunks of 1 MiB",
      source: join(await mount(file, "file"), "disk.img"),
      seconds: [] as number[],
    },
    {
      name: "point, chunks of 256 KiB",
      source: join(await mount(point, "point"), "disk.img"),
      seconds: [] as number[],
    },
  ] as const;
  for (let round = 0; round < Number(values.rounds); round++)
    for (let turn = 0; turn < sides.length; turn++) {
      // Other places in each round: nothing that it reads was kept from the one before.
      const { source, seconds } = sides[(round + turn) % sides.length] as (typeof sides)[number];
      const { stdout } = await runTool("python3", [script, source, used, values.reads, String(round + 1)]);
      seconds.push(Number(stdout));
    }
  const [peer] = sides;
  for (const { name, seconds } of sides) {
    const ratio = pairedRatio(peer.seconds, seconds);
    const each = (1e6 * median(seconds)) / Number(values.reads);
    console.log(`| ${name} | ${each.toFixed(0)} µs a read | ${ratio.toFixed(2)} |`);
  }
} finally {
  server.kill();
  for (const name of ["file", "point"]) await runTool(lifeboat, ["image", "unmount", join(work, name)]).catch(() => {});
}

for (const image of [file, point]) {
  const { stdout } = await runTool(lifeboat, ["image", "ls", image, "/"]);
  const volume = /[^\s/]*-ext4-[^\s/]*/.exec(stdout)?.[0] ?? "";
  const seconds: number[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    await writeFile("/proc/sys/vm/drop_caches", "3");
    const started = performance.now();
    await runTool(lifeboat, ["image", "ls", image, `/${volume}`]);
    seconds.push((performance.now() - started) / 1000);
  }
  const { size } = await stat(image);
  console.log(
    `first listing, cold, ${image} (${size} bytes): ${median(seconds).toFixed(2)} s, at most ${Math.max(...seconds).toFixed(2)} s`,
  );
}
await rm(work, { recursive: true, force: true });

async function mount(image: string, name: string): Promise<string> {
  const folder = join(work, name);
  await runTool(lifeboat, ["image", "mount", image, folder, "--background"]);
  return folder;
}
