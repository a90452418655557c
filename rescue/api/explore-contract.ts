import * as z from "zod";
import { route } from "#base/http/contract.ts";
import { unprintableIn } from "#base/printable.ts";
import { Sentence } from "#base/sentence.ts";

/** The part of the API that looks into one image, and keeps what is known of it. A part of contract.ts; no node: import may appear here. */

const Empty = z.strictObject({});
/** Longer than anybody's password. */
const Password = z.string().min(1).max(4096);
/** "/2-ext4-root/etc": it begins with the name of a volume. */
const Path = z.string().max(16_384);
const isPlain = (text: string) => unprintableIn(text.replaceAll("\n", "")) === undefined;
const PLAIN = "has a control character";

export const ImageVolume = z.object({
  name: z.string(),
  partition: z.int(),
  size: z.number(),
  filesystem: z.string().optional(),
  label: z.string().optional(),
  /** Its files can be looked at; otherwise `reason` says why not. */
  isShown: z.boolean(),
  reason: Sentence.optional(),
  /** It is encrypted with a key of its own, and what is in it is not shown. */
  isLocked: z.boolean(),
});
export type ImageVolume = z.infer<typeof ImageVolume>;

export const ImageEntry = z.object({
  name: z.string(),
  kind: z.enum(["file", "folder", "link", "other"]),
  /** Bytes. */
  size: z.number(),
  /** Seconds since 1970. */
  modified: z.number(),
});
export type ImageEntry = z.infer<typeof ImageEntry>;

export const ImageFolder = z.object({
  entries: z.array(ImageEntry),
  /** How many more there are. */
  more: z.int().nonnegative(),
});
export type ImageFolder = z.infer<typeof ImageFolder>;

/** One of the keys that open an image. */
export const ImageKey = z.object({
  slotId: z.int(),
  kind: z.enum(["password", "recovery", "unknown"]),
  created: z.string().optional(),
});
export type ImageKey = z.infer<typeof ImageKey>;

/** What is noted beside a point of a repository. */
export const PointMark = z.strictObject({
  /** It stays, whatever a clean-up is told to keep. */
  pinned: z.boolean(),
  note: z.string().max(4096).refine(isPlain, PLAIN).optional(),
  labels: z.array(z.string().min(1).max(60).refine(isPlain, PLAIN)).max(32),
});
export type PointMark = z.infer<typeof PointMark>;

const Count = z.int().nonnegative().max(10_000);
export const RetentionRequest = z.strictObject({
  ...{ last: Count, daily: Count, weekly: Count, monthly: Count, yearly: Count },
});
export type RetentionRequest = z.infer<typeof RetentionRequest>;

/** What a clean-up would do with a point. */
export const RetentionRow = z.object({
  name: z.string(),
  createdAt: z.string(),
  /** Why it stays; none: it would go. */
  reasons: z.array(Sentence),
});
export type RetentionRow = z.infer<typeof RetentionRow>;

export const exploreApi = {
  /** Mounts what is in the image, until nobody has looked for a while. */
  imageVolumes: route("GET", "/api/v1/images/:imageId/volumes", Empty, z.array(ImageVolume)),
  imageFolder: route("POST", "/api/v1/images/:imageId/folder", z.strictObject({ path: Path }), ImageFolder),
  imageKeys: route("GET", "/api/v1/images/:imageId/keys", Empty, z.array(ImageKey)),
  addImageKey: route(
    "POST",
    "/api/v1/images/:imageId/keys",
    z.strictObject({ existing: Password, added: Password }),
    z.array(ImageKey),
  ),
  /** The key is told this once. */
  addRecoveryKey: route(
    "POST",
    "/api/v1/images/:imageId/recovery-key",
    z.strictObject({ existing: Password }),
    z.object({ recoveryKey: z.string() }),
  ),
  removeImageKey: route(
    "POST",
    "/api/v1/images/:imageId/keys/remove",
    z.strictObject({ existing: Password, slotId: z.int().nonnegative() }),
    z.array(ImageKey),
  ),
  /** Of a point of a repository. */
  pointMark: route("GET", "/api/v1/images/:imageId/mark", Empty, PointMark),
  setPointMark: route("POST", "/api/v1/images/:imageId/mark", PointMark, PointMark),
  /** Of all points of its repository; nothing is deleted. */
  retention: route("POST", "/api/v1/images/:imageId/retention", RetentionRequest, z.array(RetentionRow)),
} as const;

/** `?path=/2-ext4-root/etc`: a file as it is, a folder as a tar archive. */
export const downloadPath = "/api/v1/images/:imageId/download";
