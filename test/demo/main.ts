import { mkdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { formatBytes, formatDuration } from "#base/units.ts";
import { buildIso } from "#mediabuilder/build-iso.ts";
import { MediaConfig } from "#mediabuilder/config/media-config.ts";
import { bootRestored } from "#test/demo/boot-restored.ts";
import { firstRescue } from "#test/demo/first-rescue.ts";
import { checkDisk } from "#test/fixtures/check-disk.ts";
import { debianDisk } from "#test/fixtures/debian-disk.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

/** The product's promise, once, in front of the user: capture, rescue ISO, restore by keyboard, boot the result. */
const out = resolve("out/demo");
const log = (line: string) => console.log(line);
const started = performance.now();

log("1. Building the rescue system");
const iso = await buildIso({
  out: resolve("out/lifeboat.iso"),
  workDir: resolve("out/cache"),
  config: MediaConfig.parse({}),
  log: (line) => log(`   ${line}`),
});

log("2. Building a Debian system to lose (reused when it is there)");
const fixture = await debianDisk();

log("3. Capturing its disk");
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const image = join(out, "debian.lbi");
const capture = await lifeboat<{ capturedBytes: number; seconds: number }>("capture", fixture.disk, "--to", image);
const verify = await lifeboat<{ seconds: number }>("image", "verify", image);

log("4. Starting the rescue system in QEMU, with the image on a USB stick, an empty disk, and one not to be touched");
const { size } = await stat(fixture.disk);
const rescue = await firstRescue({
  iso: iso.out,
  image,
  targetSize: size,
  directory: out,
  firmware: "bios",
  memoryMiB: 2048,
  log,
});
for (const [what, [before, after]] of Object.entries({ neighbour: rescue.neighbourHashes, stick: rescue.stickHashes }))
  if (before !== after) throw new Error(`the ${what}'s disk was changed`);

log("5. Checking the restored disk, and booting it under BIOS and UEFI");
const checks = await checkDisk(rescue.target);
const boots = [];
for (const firmware of ["bios", "uefi"] as const) boots.push(await bootRestored(rescue.target, firmware, fixture, out));

const imageBytes = (await stat(image)).size;
log(`
It worked, in ${formatDuration((performance.now() - started) / 1000)}.
  captured   ${formatBytes(capture.capturedBytes)} of a ${formatBytes(size)} disk in ${formatDuration(capture.seconds)}
  image      ${formatBytes(imageBytes)} (${Math.round((imageBytes / capture.capturedBytes) * 100)} % of what was used), verified in ${formatDuration(verify.seconds)}
  kiosk      painted ${formatDuration(rescue.seconds.painted)} after power-on, restored after ${formatDuration(rescue.seconds.restored)} (emulated processor)
  restored   boots under ${boots.map((boot) => `${boot.firmware} (${formatDuration(boot.seconds)})`).join(" and ")}, every file as it was; clean: ${checks.map((c) => c.tool).join(", ")}
  untouched  the other disk and the stick, to the bit
  ISO        ${iso.out}, ${formatBytes(iso.bytes)}: write it to a stick or CD
  pictures   ${[...rescue.screenshots, ...boots.map((boot) => boot.screenshot)].join("\n             ")}`);

async function lifeboat<T>(...args: string[]): Promise<T> {
  const { stdout } = await runTool(resolve("lifeboat"), [...args, "--json"]);
  return JSON.parse(stdout) as T;
}
