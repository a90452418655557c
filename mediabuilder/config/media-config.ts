import * as z from "zod";
import { Branding, settingsFields, Unattended } from "#base/medium-settings.ts";
import { parseBytes } from "#base/units.ts";
import { DEFAULT_MIRROR } from "../linux/debian.ts";

/**
 * What `media.yaml` says: what a medium is made of, and what it is told (base/medium-settings.ts). Nothing in it is secret: passwords
 * are in a file of their own, the environment, or somebody's head. Each option has a row in options.ts, its name, help and flag.
 */

/** Which firmware goes onto the medium: images/rescue/packages-firmware.txt has a section for each class but `any` and `virtual`. */
export const HARDWARE_CLASSES = ["any", "server", "pc", "virtual"] as const;
export type HardwareClass = (typeof HARDWARE_CLASSES)[number];

/** Of this machine; media.yaml's are relative to its folder. */
const Path = z.string().min(1).max(4096);
/** dpkg's grammar for names (Debian policy 5.6.1), or a path to a .deb file. */
const PackageName = Path.regex(
  /^([a-z0-9][a-z0-9+.-]+|.*\.deb)$/,
  "is neither the name of a Debian package nor a .deb file",
);

const Size = z.union([z.number(), z.string()]).transform((value, context) => {
  const bytes = typeof value === "number" ? value : parseBytes(value);
  if (bytes !== undefined && Number.isSafeInteger(bytes) && bytes >= 0) return bytes;
  context.addIssue({ code: "custom", message: "is no size such as 10 GiB, 500M or 0" });
  return z.NEVER;
});

const { version, secrets, branding, unattended, lowSpace, ...fields } = settingsFields;

export const MediaConfig = z.strictObject({
  kind: z.enum(["kiosk", "headless"]).default("kiosk"),
  firmware: z.boolean().default(true),
  hardware: z.enum(HARDWARE_CLASSES).default("any"),
  prove: z.boolean().default(false),
  speech: z.boolean().default(true),
  extraPackages: z.array(PackageName).default([]),
  extraFirmware: z.array(Path).default([]),
  extraDrivers: z.array(Path).default([]),
  ...fields,
  branding: Branding.extend({ logo: Path.optional() }).prefault({}),
  unattended: Unattended.extend({ plan: Path }).optional(),
  lowSpace: Size.prefault("10 GiB"),
  secretsFile: Path.optional(),
  passphraseFile: Path.optional(),
  signingKey: Path.optional(),
  mirror: z.url({ protocol: /^https?$/, error: "is not an http or https address" }).default(DEFAULT_MIRROR),
  /** GRUB and the kernel split it at spaces. */
  kernelParameters: z
    .string()
    .regex(/^[\x20-\x7e]*$/, "has characters that the kernel's command line cannot have")
    .default(""),
});
export type MediaConfig = z.infer<typeof MediaConfig>;
