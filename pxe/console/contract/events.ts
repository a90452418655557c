import * as z from "zod";
import { sentenceFields } from "#base/sentence.ts";

/**
 * Server-sent events at `eventsPath`, for viewers: `data` is a ConsoleEvent. Whoever connects again with Last-Event-ID gets what it missed, or
 * "missed" first, where that is too much: then everything is to be asked for anew.
 */
export const eventsPath = "/api/v1/events";

export const ConsoleEvent = z.discriminatedUnion("kind", [
  /** Something about machines has changed: at most one a second. */
  z.object({ kind: z.literal("machines") }),
  /** Something about deployments has changed on this server: at most one a second. What others do to the same database is not told. */
  z.object({ kind: z.literal("deployments") }),
  /** Rules of a repository are applied, have gone on, or have ended on this server: at most one a second. */
  z.object({ kind: z.literal("repositories") }),
  /** One line of what the services do, as `pxe serve` prints it. */
  z.object({
    kind: z.literal("step"),
    at: z.number(),
    service: z.enum(["dhcp", "tftp", "http", "menu", "interface"]),
    /** MAC or address of the machine. */
    machine: z.string(),
    ...sentenceFields,
    isTrouble: z.boolean(),
  }),
  /** What would be sent to people: a job has ended, the server is in trouble. */
  z.object({
    kind: z.literal("notice"),
    at: z.number(),
    topic: z.string(),
    machine: z.string().optional(),
    ...sentenceFields,
  }),
  z.object({ kind: z.literal("missed") }),
]);
export type ConsoleEvent = z.infer<typeof ConsoleEvent>;
