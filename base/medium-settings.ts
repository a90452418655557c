import * as z from "zod";
import { Network, proxySecret, wifiSecret } from "#base/medium/network.ts";
import { Place, placeSecret } from "#base/medium/place.ts";
import { SealedBox, type SecretUse } from "#base/medium/secret.ts";
import { Colour, FileName, Text } from "#base/medium/text.ts";

/**
 * What a rescue medium is told when it is built: `settings.json`, which the rescue system reads when it starts. A medium without the file
 * is one with all defaults. No node: import, the user interface may read it too. Explained for people in docs/media.md.
 */

/** In the rescue system. Files that the settings name (logo, plan) lie beside it, and nowhere else. */
export const SETTINGS_FOLDER = "/etc/lifeboat";
export const SETTINGS_FILE = `${SETTINGS_FOLDER}/settings.json`;

/** Drivers that the medium brings: universal restore looks here without being told. */
export const DRIVERS_FOLDER = "/usr/share/lifeboat/drivers";

export const LANGUAGES = ["en", "nl", "ru", "de", "es", "fr", "pt"] as const;

/** As XKB names them (/usr/share/X11/xkb/rules/base.lst): "de" and "nodeadkeys", "us" and "intl". */
export const Keyboard = z.strictObject({
  layout: z
    .string()
    .regex(/^[a-z]{2,}(_[a-z0-9]+)?$/, "is not the name of an XKB layout, such as us, de or ru")
    .default("us"),
  variant: z
    .string()
    .regex(/^[a-zA-Z0-9_-]*$/, "is not the name of an XKB variant, such as nodeadkeys")
    .default(""),
});

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
};

/** What somebody may do with this machine from another one. By default nothing listens. */
const RemoteAccess = z.strictObject({
  /** pairing: the pages are served to the network, to whoever types the code that the machine's own screen shows. */
  pages: z.enum(["off", "pairing"]).default("off"),
  /** Lines of OpenSSH public keys ("ssh-ed25519 AAAA... name"): their owners may log in as root. None: no SSH server runs. */
  sshKeys: z
    .array(Text.regex(/^(ssh|ecdsa|sk)-\S+ [A-Za-z0-9+/]+=*( .*)?$/, "is not a line of an OpenSSH public key"))
    .default([]),
});

export const Branding = z.strictObject({
  /** Shown instead of "Lifeboat" on the pages and in the boot menu. */
  name: Text.min(1).max(40).default("Lifeboat"),
  /** SVG or PNG beside settings.json. */
  logo: FileName.optional(),
  colours: z
    .strictObject({ accent: Colour.optional(), background: Colour.optional(), text: Colour.optional() })
    .prefault({}),
});

/** A job that begins by itself. Any warning, and any key, stops the countdown for good. */
export const Unattended = z.strictObject({
  /** A plan template beside settings.json. */
  plan: FileName,
  countdownSeconds: z.int().min(5).max(3600).default(30),
});

const GIB = 1024 ** 3;

/** Each field by itself: what a medium is built with (mediabuilder/config) has the same ones, and a few of its own. */
export const settingsFields = {
  version: z.literal(1).default(1),
  language: z.enum(LANGUAGES).default("en"),
  keyboard: Keyboard.prefault({}),
  /** "Europe/Amsterdam" */
  timeZone: z.string().refine(isTimeZone, "is not a time zone, such as Europe/Amsterdam or UTC").default("UTC"),
  network: Network.prefault({}),
  /** Where images are looked for and written to, besides the disks of the machine; offered in this order. */
  places: z.array(Place).superRefine(checkNames).default([]),
  remoteAccess: RemoteAccess.prefault({}),
  branding: Branding.prefault({}),
  unattended: Unattended.optional(),
  /** Bytes: a place with less free room than this is shown with a warning. 0: never. */
  lowSpace: z
    .int()
    .nonnegative()
    .default(10 * GIB),
  secrets: SealedBox.optional(),
};

export const MediumSettings = z.strictObject(settingsFields);
export type MediumSettings = z.infer<typeof MediumSettings>;

function checkNames(places: readonly Place[], context: z.RefinementCtx): void {
  const names = places.map(({ name }) => name);
  for (const [at, name] of names.entries())
    if (names.indexOf(name) < at)
      context.addIssue({ code: "custom", path: [at, "name"], message: `two places are called ${name}` });
}

/** Every secret that the settings speak of, in the order in which they do. */
export function secretsOf(settings: Pick<MediumSettings, "network" | "places">): SecretUse[] {
  const { interfaces, proxy } = settings.network;
  const uses = [
    ...(interfaces === "auto" ? [] : interfaces.map(wifiSecret)),
    proxy && proxySecret(proxy),
    ...settings.places.map(placeSecret),
  ];
  return uses.filter((use) => use !== undefined);
}
