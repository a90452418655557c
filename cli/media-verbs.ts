import { resolve } from "node:path";
import type { Command } from "commander";
import { formatBytes, formatDuration } from "#base/units.ts";
import { type ConfigOption, partsOptions } from "#cli/media-build.ts";
import { addMediaListVerb } from "#cli/media-list-verb.ts";
import { withMediaOptions } from "#cli/media-options.ts";
import { table } from "#cli/output.ts";
import type { Environment } from "#cli/password-input.ts";
import { addUsbVerb } from "#cli/usb-verb.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { addWinpeVerb } from "#cli/winpe-verb.ts";
import type { IsoReport } from "#mediabuilder/build-iso.ts";
import type { PxeReport } from "#mediabuilder/build-pxe.ts";
import { configText } from "#mediabuilder/config/config-text.ts";

interface BuildVerbOptions extends ConfigOption {
  out: string;
}

export function addMediaVerbs(program: Command, environment: Environment): void {
  const media = program.command("media").description("build rescue media");
  addIsoVerb(media, environment);
  addPxeVerb(media, environment);
  verb(media, "config", "print a file with all options of a medium: defaults, explanations, examples").action(
    (_options: unknown, command: Command) =>
      outputOf(command).result({ text: configText() }, () => configText().trimEnd()),
  );
  addCheckVerb(media);
  addUsbVerb(media, environment);
  addWinpeVerb(media, environment);
  addMediaListVerb(media);
}

function addIsoVerb(media: Command, environment: Environment): void {
  const iso = verb(media, "iso", "build the rescue system as a hybrid ISO for CD and USB stick").requiredOption(
    "--out <file>",
    "the ISO file to write; replaces only an ISO of Lifeboat",
  );
  withMediaOptions(iso).action(async (options: BuildVerbOptions, command: Command) => {
    const output = outputOf(command);
    // Loaded on use: the rescue system's own copy of the command carries no builder.
    const { buildIso } = await import("#mediabuilder/build-iso.ts");
    const { checkIsoOut } = await import("#mediabuilder/iso/check-out.ts");
    const out = resolve(options.out);
    const parts = await partsOptions(options, command, environment, output);
    await checkIsoOut(out);
    const report = await buildIso({ ...parts, out });
    output.result(report, () => describeIso(report));
  });
}

function addPxeVerb(media: Command, environment: Environment): void {
  const pxe = verb(
    media,
    "pxe",
    "build what computers load when they start from the network: one folder for TFTP and HTTP",
  )
    .requiredOption("--out <folder>", "the folder to make; replaces only a set of Lifeboat")
    .option(
      "--url <url>",
      "where the folder will be over HTTP (default: at the root of the server that offers it by TFTP)",
    );
  withMediaOptions(pxe).action(async (options: BuildVerbOptions & { url?: string }, command: Command) => {
    const output = outputOf(command);
    const { buildPxe } = await import("#mediabuilder/build-pxe.ts");
    const { checkPxeOut } = await import("#mediabuilder/pxe/check-out.ts");
    const out = resolve(options.out);
    const parts = await partsOptions(options, command, environment, output);
    await checkPxeOut(out);
    const report = await buildPxe({ ...parts, out, url: options.url });
    output.result(report, () => describePxe(report));
  });
}

function addCheckVerb(media: Command): void {
  verb(media, "check", "check an ISO or a PXE set against its signed manifest")
    .argument("<path>", "the ISO file, or the folder of the set")
    .option(
      "--key <file>",
      "the public key that it must be signed by (lifeboat.pub of a build; default: that of this machine's builds)",
    )
    .action(async (path: string, { key }: { key?: string }, command: Command) => {
      const { checkMedium } = await import("#mediabuilder/manifest/check-medium.ts");
      const { WORK_DIR } = await import("#mediabuilder/build-parts.ts");
      const report = await checkMedium(
        resolve(path),
        key === undefined ? { workDir: WORK_DIR } : { keyFile: resolve(key) },
      );
      outputOf(command).result(report, () => `${path} is as it was built: ${report.files} files, build ${report.id}.`);
    });
}

const describeParts = ({ parts, stages }: Pick<IsoReport, "parts" | "stages">): string[] => [
  table(parts.map(({ name, bytes }) => [`  ${name}`, formatBytes(bytes)])),
  table(stages.map(({ name, reused, seconds }) => [`  ${name}`, reused ? "reused" : formatDuration(seconds)])),
];

const describeIso = (report: IsoReport): string =>
  [
    `Built ${report.out}: ${formatBytes(report.bytes)} in ${formatDuration(report.seconds)}`,
    `  SHA-256 ${report.sha256}`,
    ...describeParts(report),
    "Write it to a CD, or byte by byte to a USB stick (this erases the stick), and start the computer from it. `lifeboat media usb` makes a stick that has room for images, too.",
  ].join("\n");

const describePxe = (report: PxeReport): string =>
  [
    `Built ${report.out}: ${formatBytes(report.bytes)} in ${formatDuration(report.seconds)}`,
    ...describeParts(report),
    "Offer the folder by TFTP and by HTTP; dnsmasq.conf in it shows how, docs/media.md tells more.",
  ].join("\n");
