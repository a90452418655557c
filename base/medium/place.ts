import * as z from "zod";
import { PasswordFrom, type SecretUse, secretName } from "#base/medium/secret.ts";
import { Server, Text } from "#base/medium/text.ts";

/** Where images lie. Parts of an address have fields of their own: no part needs to be quoted to be told from another. */

const common = {
  /** For people, and unique: "Images of the office". */
  name: Text.min(1).max(80),
  /** Images are read from it; nothing is written to it. */
  readOnly: z.boolean().default(false),
};
const Port = z.int().min(1).max(65535);
/** Below the share or the root of the server; "" is itself. */
const Folder = Text.max(4096).refine((path) => !path.split("/").includes(".."), "must not lead out of its share by ..");

/** A folder on the rescue medium itself: on the stick's partition for images, on a CD below its root. */
const OnMedium = z.strictObject({ kind: z.literal("folder"), ...common, path: Folder });

const Smb = z.strictObject({
  kind: z.literal("smb"),
  ...common,
  server: Server,
  share: Text.min(1)
    .max(255)
    .regex(/^[^/\\]+$/, "is the name of a share, without / or \\"),
  folder: Folder.default(""),
  /** Absent: as guest. */
  user: Text.min(1).max(256).optional(),
  domain: Text.min(1).max(256).optional(),
  password: PasswordFrom.default("ask"),
});

const Nfs = z.strictObject({
  kind: z.literal("nfs"),
  ...common,
  server: Server,
  /** The exported path: "/srv/images". */
  path: Text.max(4096).startsWith("/"),
  version: z.enum(["3", "4"]).default("4"),
});

const Sftp = z.strictObject({
  kind: z.literal("sftp"),
  ...common,
  server: Server,
  port: Port.default(22),
  /** Relative ones begin in the user's home. */
  path: Text.max(4096).default(""),
  user: Text.min(1).max(256),
  password: PasswordFrom.default("ask"),
  /** "ssh-ed25519 AAAA...": the server's key. Absent: it is shown, and asked about, at the first use. */
  hostKey: Text.regex(/^(ssh|ecdsa)-\S+ [A-Za-z0-9+/]+=*$/, "is not a key such as ssh-ed25519 AAAA...").optional(),
});

const Http = z.strictObject({
  kind: z.literal("http"),
  ...common,
  /** Without user and password. */
  url: z
    .url({ protocol: /^https?$/, error: "is not an http or https address" })
    .refine((url) => !/^https?:\/\/[^/]*@/.test(url), "must not have a user or a password in it"),
  user: Text.min(1).max(256).optional(),
  password: PasswordFrom.default("ask"),
});

export const Place = z.discriminatedUnion(
  "kind",
  [OnMedium, Smb, Nfs, Sftp, Http],
  "kind is folder, smb, nfs, sftp or http",
);
export type Place = z.infer<typeof Place>;

/** The password that a place asks for; undefined for guests and where there is none. */
export function placeSecret(place: Place): SecretUse | undefined {
  if (place.kind === "folder" || place.kind === "nfs") return undefined;
  if (place.user === undefined || place.password === "none") return undefined;
  const name = placeSecretName(place, place.user);
  return { name, key: ["places", place.name], what: `the password for ${place.name}`, from: place.password };
}

function placeSecretName(place: Exclude<Place, { kind: "folder" | "nfs" }>, user: string): string {
  if (place.kind === "smb") return secretName("smb", place.server, place.share, place.domain ?? "", user);
  if (place.kind === "sftp") return secretName("sftp", place.server, place.port, place.hostKey ?? "", user);
  return secretName("http", new URL(place.url).origin, user);
}
