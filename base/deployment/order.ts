import * as z from "zod";

/** How machines that a server has started ask it what to do, and tell it how that goes: JSON over HTTP. */

export const ORDER_PATH = "/.lifeboat/order";
export const ORDER_REPORT_PATH = "/.lifeboat/order/report";
/** Folder of a deployment's image on the server: behind it its id. */
export const IMAGE_PATH = "/.lifeboat/image";

/** The parameter of the kernel that says whose orders are followed: a key of `publicText`. Absent: nobody's. */
export const ORDERS_PARAMETER = "lifeboat.orders";

const base64url = (bytes: number) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}$`));
export const Mac = z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/);

/** Body of `POST /.lifeboat/order`. */
export const OrderRequest = z.strictObject({
  version: z.literal(1),
  /** X25519 (RFC 7748), new for each order: what the answer is sealed for. */
  key: base64url(32),
  /** Stands in the order that answers it: an older one is none. */
  nonce: base64url(16),
  macs: z.array(Mac).min(1).max(64),
  serial: z.string().max(300).optional(),
});
export type OrderRequest = z.infer<typeof OrderRequest>;

/** What is signed. Nothing in it is a secret. */
export const Order = z.strictObject({
  version: z.literal(1),
  deployment: z.strictObject({ id: z.string().max(64), name: z.string().max(63) }),
  /** The machine's place in the deployment, from 1. */
  member: z.int().positive(),
  /** Network cards of the machine that it is for. */
  macs: z.array(Mac).min(1),
  serial: z.string().max(300).optional(),
  key: base64url(32),
  nonce: base64url(16),
  /** A `Task`, sealed for the machine's key (`seal.ts`). */
  task: z.string().max(100_000),
});
export type Order = z.infer<typeof Order>;

/** What the task of an order is sealed for: it opens in no other order. */
export const orderBinding = (deployment: string, member: number, nonce: string): string =>
  JSON.stringify([deployment, member, nonce]);

/** Its answer. Times are in seconds. */
export const OrderAnswer = z.discriminatedUnion("state", [
  /** Nothing is to be done here now. */
  z.strictObject({ state: z.literal("nothing"), askAgain: z.int().min(1).max(3600) }),
  /** It belongs to a deployment, and waits for something: for people. */
  z.strictObject({ state: z.literal("wait"), text: z.string().max(500), askAgain: z.int().min(1).max(3600) }),
  /** A person has to say on the server that the machine shows this code (`pairingCode`). */
  z.strictObject({ state: z.literal("confirm"), text: z.string().max(500), askAgain: z.int().min(1).max(3600) }),
  /** `order` is the JSON of an `Order`, as it was signed (Ed25519, RFC 8032; base64url). */
  z.strictObject({ state: z.literal("order"), order: z.string().max(200_000), signature: z.string().max(200) }),
]);
export type OrderAnswer = z.infer<typeof OrderAnswer>;

export const PHASES = ["preparing", "countdown", "running", "done", "failed", "stopped"] as const;

/** How far a machine is. */
export const OrderProgress = z.strictObject({
  /** failed: it may be tried again; stopped: a doubt or a person at the machine has stopped it, and nobody but a person goes on. */
  phase: z.enum(PHASES),
  text: z.string().max(2000),
  /** Of an error. */
  code: z
    .string()
    .regex(/^[A-Z0-9_]{1,80}$/)
    .optional(),
  percent: z.number().min(0).max(100).optional(),
});
export type OrderProgress = z.infer<typeof OrderProgress>;

/** Body of `POST /.lifeboat/order/report`; and its answer, whose `body` is the JSON of a `Directive`. */
export const OrderReport = z.strictObject({
  deployment: z.string().max(64),
  member: z.int().positive(),
  key: base64url(32),
  /** Grows with each report: one that was seen is none. */
  sequence: z.int().positive(),
  /** The JSON of an `OrderProgress`, as it was proved. */
  body: z.string().max(10_000),
  proof: z.string().max(100),
});
export type OrderReport = z.infer<typeof OrderReport>;

export const Directive = z.strictObject({ action: z.enum(["go-on", "pause", "cancel"]) });
export type Directive = z.infer<typeof Directive>;

export const ReportAnswer = z.strictObject({ body: z.string().max(1000), proof: z.string().max(100) });
export type ReportAnswer = z.infer<typeof ReportAnswer>;
