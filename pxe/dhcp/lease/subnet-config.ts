import { isIPv4 } from "node:net";
import * as z from "zod";
import { parseDuration } from "#base/units.ts";

/** How a user says which addresses are given out: each key is an option of `pxe serve`, and a line of a file. */

const HEX_PAIRS = /^[0-9a-f]{2}(:?[0-9a-f]{2})*$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const HOST_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;
/** Below, clients do little but renew. Above, a computer that is gone keeps its address for years. */
const LEAST_SECONDS = 10;
const MOST_SECONDS = 365 * 86_400;

const Address = z.ipv4("is not an IPv4 address");
/** "10.0.0.100-10.0.0.200", or one address. */
export const Range = z
  .string()
  .refine(
    (text) => text.split("-").length <= 2 && text.split("-").every(isIPv4),
    "is not a range such as 10.0.0.100-10.0.0.200",
  );
/** All that a client is told has to fit into the smallest message that clients take. */
const MOST_SERVERS = 8;
const Servers = z.array(Address).max(MOST_SERVERS, `has more than ${MOST_SERVERS} addresses`).default([]);
const Name = z.string().max(253).regex(HOST_NAME, "is not a name such as lab.example");

const LeaseTime = z.union([z.number(), z.string()]).transform((given, context) => {
  const seconds = typeof given === "number" ? given : parseDuration(given);
  if (seconds !== undefined && seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS) return Math.floor(seconds);
  context.addIssue({ code: "custom", message: "is not a time such as 30m or 12h, from 10 s to a year" });
  return z.NEVER;
});

export const ReservationConfig = z
  .strictObject({
    mac: z
      .string()
      .toLowerCase()
      .regex(/^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/, "is not an address such as 52:54:00:12:34:56")
      .optional(),
    /** As the client sends it, in hexadecimal. */
    clientId: z
      .string()
      .toLowerCase()
      .regex(HEX_PAIRS, "is not a client identifier such as 01:52:54:00:12:34:56")
      .optional(),
    /** Of the machine, as its firmware tells it. */
    uuid: z.string().toLowerCase().regex(UUID, "is not a UUID").optional(),
    address: Address,
    name: Name.max(63, "is longer than 63 characters").optional(),
  })
  .refine(
    ({ mac, clientId, uuid }) => [mac, clientId, uuid].filter((one) => one !== undefined).length === 1,
    "has to name its client by one of mac, clientId and uuid",
  );

export const SubnetConfig = z.strictObject({
  /** Absent: that of the interface. */
  subnet: z.cidrv4("is not a network such as 10.0.0.0/24").optional(),
  pools: z.array(Range).default([]),
  exclude: z.array(Range).default([]),
  reservations: z.array(ReservationConfig).default([]),
  router: Address.optional(),
  dns: Servers,
  ntp: Servers,
  domain: Name.max(127, "is longer than 127 characters").optional(),
  lease: LeaseTime.default(3600),
});
export type SubnetConfig = z.infer<typeof SubnetConfig>;

export const DhcpConfig = z.strictObject({ subnets: z.array(SubnetConfig).min(1, "is empty") });
export type DhcpConfig = z.infer<typeof DhcpConfig>;
