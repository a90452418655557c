import * as z from "zod";

/** More than a computer that keeps 8 GiB would ever say at once. */
const MOST_KEYS = 16_384;
const Keys = z.array(z.string().max(4400)).max(MOST_KEYS);

export const From = z.union([z.literal("origin"), z.strictObject({ peer: z.string().max(300) })]);

/** Body of `POST /swarm/report`: what a computer has, wants, and could not load. */
export const PeerReport = z.strictObject({
  /** Where it serves others; its address is that from which it asks. */
  port: z.int().min(1).max(65_535),
  have: Keys,
  gone: Keys,
  failed: z.array(z.strictObject({ piece: z.string().max(4400), from: From, isGone: z.boolean() })).max(MOST_KEYS),
  wants: Keys,
  loading: Keys,
  slots: z.int().min(0).max(64),
});
export type PeerReport = z.infer<typeof PeerReport>;

/** Its answer. A piece that the server does not have in this version is `missing`. */
export const Orders = z.strictObject({
  orders: z.array(
    z.union([
      z.strictObject({ piece: z.string(), from: From, sha256: z.string().regex(/^[\da-f]{64}$/) }),
      z.strictObject({ piece: z.string(), missing: z.literal(true) }),
    ]),
  ),
});
export type Orders = z.infer<typeof Orders>;
export type Order = Orders["orders"][number];

/** Of the tracker, and of computers for each other. */
export const REPORT_PATH = "/swarm/report";
export const PIECE_PATH = "/swarm/piece";
