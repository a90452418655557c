import { isIP } from "node:net";
import * as z from "zod";
import { parseDuration } from "#base/units.ts";
import { DhcpConfig } from "../dhcp/lease/subnet-config.ts";
import { TOPICS } from "../notify/notice.ts";

/** The file that `lifeboat serve --config` reads: each key is explained in docs/server.md. */

const Text = z.string().min(1, "is empty").max(1000, "is longer than 1000 characters");
const Port = z.int().min(0, "is no port").max(65_535, "is no port");
const Seconds = (least: number) =>
  z.union([z.number(), z.string()]).transform((given, context) => {
    const seconds = typeof given === "number" ? given : parseDuration(given);
    if (seconds !== undefined && seconds >= least && seconds <= 31_536_000) return Math.floor(seconds);
    context.addIssue({ code: "custom", message: `is not a time such as 30m or 12h, from ${least} s to a year` });
    return z.NEVER;
  });
const ChannelName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "is not a name of small letters, digits and dashes");
const Topics = z
  .array(z.enum(TOPICS))
  .min(1, "is empty")
  .default([...TOPICS]);

/** proxy: boot files, and no addresses. none: not even those are named. Else: the networks that addresses are given in. */
const Dhcp = z.union([z.enum(["proxy", "none"]), DhcpConfig], "is one of proxy, none, or has `subnets`");

const Pxe = z.strictObject({
  root: Text,
  /** Name or IPv4 address of one, or several of them: each may have `dhcp` of its own. */
  interface: z.union([
    Text,
    z.array(z.union([Text, z.strictObject({ name: Text, dhcp: Dhcp.optional() })])).min(1, "is empty"),
  ]),
  tftpPort: Port.default(69),
  httpPort: Port.default(80),
  /** At interfaces that have none of their own. */
  dhcp: Dhcp.default("proxy"),
  /** Absent: in `state`. */
  leases: Text.optional(),
  /** Boot files for approved machines alone. */
  approve: z.boolean().default(false),
  swarmTokenFile: Text.optional(),
  /** What computers may choose from. Absent: the menus of the folder, as they are. */
  menu: Text.optional(),
});

const Tls = z.union(
  [
    /** own: a certificate that vouches for itself. off: plain HTTP, for a proxy on this machine. */
    z.enum(["own", "off"]),
    z.strictObject({ certificate: Text, key: Text }),
  ],
  "is one of own, off, or has `certificate` and `key`",
);

const Console = z.strictObject({
  /** 127.0.0.1: this machine alone. 0.0.0.0 and ::, all of its addresses. */
  listen: z
    .string()
    .refine((text) => isIP(text) !== 0, "is not an IPv4 or IPv6 address")
    .default("127.0.0.1"),
  port: Port.default(8443),
  tls: Tls.default("own"),
  /** Plain HTTP at this port leads browsers to that one. */
  redirectPort: Port.optional(),
  /** What people call this server in their browsers, besides its addresses and its host name. */
  names: z.array(z.hostname("is not a name such as lifeboat.example")).default([]),
  /** A login ends after so long without a request, and after so long in any case. */
  idle: Seconds(60).default(2 * 3600),
  lifetime: Seconds(300).default(24 * 3600),
});

const Mail = z
  .strictObject({
    name: ChannelName.default("mail"),
    server: Text,
    /** Absent: 465 with tls, else 587; 25 with none. */
    port: Port.optional(),
    security: z.enum(["tls", "starttls", "none"]).default("starttls"),
    user: Text.optional(),
    passwordFile: Text.optional(),
    /** PEM of who vouches for the server, where that is nobody whom Node trusts. */
    authority: Text.optional(),
    from: z.email("is no mail address"),
    to: z.array(z.email("is no mail address")).min(1, "is empty"),
    topics: Topics,
    quiet: Seconds(0).default(3600),
  })
  .refine(({ user, passwordFile }) => (user === undefined) === (passwordFile === undefined), {
    path: ["passwordFile"],
    message: "user and passwordFile go together",
  })
  .refine(({ user, security }) => user === undefined || security !== "none", {
    path: ["security"],
    message: "a login over a connection without TLS would show the password to the network",
  });

const Webhook = z.strictObject({
  name: ChannelName,
  url: z.url({ protocol: /^https?$/, error: "is not an address such as https://chat.example/hook" }),
  secretFile: Text.optional(),
  topics: Topics,
  quiet: Seconds(0).default(3600),
});

export const ServerConfig = z
  .strictObject({
    pxe: Pxe,
    /** Absent: two files in `state`. Else "postgresql://...", for machines and users. */
    database: z
      .string()
      .regex(/^postgres(ql)?:\/\//, "is not an address such as postgresql://lifeboat@db/lifeboat")
      .optional(),
    /** Folder of what the server keeps. */
    state: Text.optional(),
    console: Console.prefault({}),
    mail: z.array(Mail).default([]),
    webhooks: z.array(Webhook).default([]),
  })
  .superRefine(({ mail, webhooks, database }, context) => {
    const names = [...mail, ...webhooks].map(({ name }) => name);
    for (const [at, name] of names.entries())
      if (names.indexOf(name) < at) {
        const path = at < mail.length ? ["mail", at, "name"] : ["webhooks", at - mail.length, "name"];
        context.addIssue({ code: "custom", path, message: `two channels are called ${name}` });
      }
    if (database !== undefined && /:\/\/[^/@]*:[^/@]*@|[?&]password=/.test(database))
      context.addIssue({
        ...{ code: "custom", path: ["database"] },
        message: "has a password: put it into PGPASSWORD or ~/.pgpass",
      });
  });
export type ServerConfig = z.infer<typeof ServerConfig>;

/** The interfaces that are served, however they were written. */
export const interfacesOf = ({ interface: given }: ServerConfig["pxe"]) =>
  (typeof given === "string" ? [given] : given).map((one) => (typeof one === "string" ? { name: one } : one));
