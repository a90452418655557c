import * as z from "zod";
import { Empty, Reason } from "#base/http/contract.ts";
import { ServedInterface } from "../../serve/served-interface.ts";
import { Diagnosis, TimelineEntry } from "./machines.ts";
import { KeptRules, RetentionWork } from "./retention.ts";
import { routeFor } from "./role.ts";

/** The server itself: what it offers, how it is, whom it tells. */

export const ServerView = z.object({
  name: z.string(),
  /** When it last said that it lives. */
  at: z.number(),
  /** What it offers at each of its network cards. */
  interfaces: z.array(ServedInterface),
  root: z.string(),
  /** File by architecture. */
  loaders: z.record(z.string(), z.string()),
  script: z.string().optional(),
  needsApproval: z.boolean(),
  /** It was stopped as it should be. */
  ended: z.boolean().optional(),
});
export type ServerView = z.infer<typeof ServerView>;

export const RepositoryView = z.object({
  /** Path below the root: as machines ask for it. */
  name: z.string(),
  /** Its own, which a copy of it has too. Absent where it cannot be read. */
  id: z.string().optional(),
  /** On the server: a point is `folder`/points/NAME.lbi there. */
  folder: z.string(),
  /** Bytes of all of its files. */
  bytes: z.number(),
  isEncrypted: z.boolean(),
  points: z.array(
    z.object({
      name: z.string(),
      /** Absent where it cannot be read, or not without its password. */
      createdAt: z.string().optional(),
      /** Model and size of the disk. */
      disk: z.object({ model: z.string(), size: z.number() }).optional(),
      note: z.string().optional(),
      problem: z.object({ code: z.string(), text: z.string() }).optional(),
    }),
  ),
  /** What keeps it from being read. */
  problem: z.object({ code: z.string(), text: z.string() }).optional(),
  /** One figure a day, the oldest first. `day`: "2026-11-30". */
  growth: z.array(z.object({ day: z.string(), bytes: z.number(), points: z.number() })),
  /** Which points stay. Absent: all. */
  retention: KeptRules.optional(),
  /** They are being applied. */
  work: RetentionWork.optional(),
});
export type RepositoryView = z.infer<typeof RepositoryView>;

/** A stick's or a disc's content among the files that are served. */
export const MediaFile = z.object({
  /** Below the root, with slashes: below `mediaFilesPath` it is loaded by a GET, in parts too. */
  name: z.string(),
  bytes: z.number(),
  modified: z.number(),
});
export type MediaFile = z.infer<typeof MediaFile>;

/** For viewers: what `media` names. */
export const mediaFilesPath = "/api/v1/media/files";

const Channel = z.object({
  name: z.string(),
  kind: z.enum(["mail", "webhook"]),
  /** The addresses that mail goes to, or the host of the webhook: no secret. */
  to: z.string(),
  /** Kinds of notices that it gets. */
  kinds: z.array(z.string()),
  /** Notices that wait, and how the last one went. */
  waiting: z.int(),
  lastSent: z.number().optional(),
  lastProblem: z.string().optional(),
  lastReason: Reason.optional(),
});

export const SettingsView = z.object({
  /** As the server runs: the file, and flags before it. Without secrets. */
  config: z.record(z.string(), z.unknown()),
  channels: z.array(Channel),
});
export type SettingsView = z.infer<typeof SettingsView>;

/** Lines for a DHCP server of somebody else, in the network of one of our cards. */
const SnippetView = z.object({
  /** The DHCP server's. */
  name: z.string(),
  title: z.string(),
  /** The card that they lead to: name and address. */
  interface: z.string(),
  text: z.string(),
});

export const serverApi = {
  /** All that share the database. */
  servers: routeFor("viewer", "GET", "/api/v1/servers", Empty, z.array(ServerView)),
  serverTimeline: routeFor("viewer", "GET", "/api/v1/servers/timeline", Empty, z.array(TimelineEntry)),
  diagnoseServer: routeFor("viewer", "GET", "/api/v1/servers/doctor", Empty, z.array(Diagnosis)),
  /** For DHCP servers of others. */
  snippets: routeFor(...(["viewer", "GET", "/api/v1/snippets"] as const), Empty, z.array(SnippetView)),
  repositories: routeFor("viewer", "GET", "/api/v1/repositories", Empty, z.array(RepositoryView)),
  media: routeFor("viewer", "GET", "/api/v1/media", Empty, z.array(MediaFile)),
  settings: routeFor("admin", "GET", "/api/v1/settings", Empty, SettingsView),
  /** Sent at once; an error says why it did not arrive. */
  testChannel: routeFor("admin", "POST", "/api/v1/settings/channels/:name/test", Empty, Empty),
} as const;
