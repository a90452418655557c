import * as z from "zod";
import { BucketPlace } from "#base/medium/bucket.ts";
import { PasswordFrom, type SecretUse, secretName } from "#base/medium/secret.ts";
import { secretWords } from "#base/medium/secret-words.ts";
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

/** A bucket of S3-compatible object storage, or the part of it whose keys begin with the folder. */
const S3 = z
  .strictObject({
    kind: z.literal("s3"),
    ...common,
    ...BucketPlace.shape,
    folder: Folder.default(""),
    accessKeyId: Text.min(1).max(256),
    /** Where the key's secret comes from: without one no request is taken. */
    password: PasswordFrom.exclude(["none"]).default("ask"),
  })
  .refine(({ endpoint, region }) => endpoint !== undefined || region !== undefined, {
    path: ["region"],
    message: "is needed where no endpoint is named",
  });

export const Place = z.discriminatedUnion(
  "kind",
  [OnMedium, Smb, Nfs, Sftp, S3, Http],
  "kind is folder, smb, nfs, sftp, s3 or http",
);
export type Place = z.infer<typeof Place>;

/** The password that a place asks for; undefined for guests and where there is none. */
export function placeSecret(place: Place): SecretUse | undefined {
  if (place.kind === "folder" || place.kind === "nfs" || place.password === "none") return undefined;
  const user = place.kind === "s3" ? place.accessKeyId : place.user;
  if (user === undefined) return undefined;
  const what = secretWords[place.kind === "s3" ? "secret.bucket" : "secret.place"]({ name: place.name });
  return { name: placeSecretName(place, user), key: ["places", place.name], what, from: place.password };
}

function placeSecretName(place: Exclude<Place, { kind: "folder" | "nfs" }>, user: string): string {
  if (place.kind === "smb") return secretName("smb", place.server, place.share, place.domain ?? "", user);
  if (place.kind === "sftp") return secretName("sftp", place.server, place.port, place.hostKey ?? "", user);
  if (place.kind === "http") return secretName("http", new URL(place.url).origin, user);
  const server = place.endpoint === undefined ? "" : new URL(place.endpoint).origin;
  return secretName("s3", server, place.bucket, user);
}
