import { mkdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Contest, type Measured, printContest } from "#test/bench/contest.ts";
import { measure } from "#test/bench/measure.ts";
import { partcloneCommands } from "#test/bench/partclone.ts";
import { debianDisk } from "#test/fixtures/debian-disk.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";

/**
 * Our engine against `partclone | zstd -T0 -3` on the same disk, alternating in one run: a busy machine disturbs both
 * alike, and CPU ratios are steadier than wall ratios. Usage: main.ts [ROUNDS] [DISK_FILE]
 */
const rounds = Number(process.argv[2] ?? 3);
const disk = process.argv[3] ? resolve(process.argv[3]) : (await debianDisk()).disk;
const folder = resolve("out/bench");
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

await using source = await attachLoop(disk, { readOnly: true });
await using resources = new AsyncDisposableStack();
const peer = await partcloneCommands(disk, folder, resources);
const image = join(folder, "ours.lbi");
const target = join(folder, "target.img");
const lifeboat = resolve("lifeboat");
const { size } = await stat(disk);

const emptyTarget = async () => {
  await rm(target, { force: true });
  await writeFile(target, "");
  await truncate(target, size);
};

/** "restore, read back" has no counterpart in the peer: it is shown against the peer's plain restore. */
const contests: Contest[] = [
  {
    name: "capture",
    goal: 0.6,
    ours: { prepare: () => rm(image, { force: true }), command: `${lifeboat} capture ${source.path} --to ${image}` },
    peer: { command: peer.capture },
  },
  {
    name: "restore",
    goal: 0.4,
    ours: {
      prepare: emptyTarget,
      command: `${lifeboat} restore ${image} --to ${target} --no-verify --yes-erase ${target}`,
    },
    peer: { prepare: peer.removeTargets, command: peer.restore },
  },
  {
    name: "restore, read back",
    ours: { prepare: emptyTarget, command: `${lifeboat} restore ${image} --to ${target} --yes-erase ${target}` },
    peer: { prepare: peer.removeTargets, command: peer.restore },
  },
  {
    name: "verify",
    goal: 0.3,
    ours: { command: `${lifeboat} image verify ${image}` },
    peer: { command: peer.verify },
  },
];

console.log(`disk ${disk}: ${peer.description}; ${rounds} rounds, ours and the peer's in turn`);
for (const contest of contests) {
  const ours: Measured[] = [];
  const theirs: Measured[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await measure(contest.ours));
    theirs.push(await measure(contest.peer));
  }
  printContest(contest, ours, theirs);
}
const imageSize = (await stat(image)).size;
const peerSize = await peer.imageSize();
console.log(`image size: ours ${imageSize}, peer ${peerSize}, ratio ${(imageSize / peerSize).toFixed(3)}`);
await rm(folder, { recursive: true });
