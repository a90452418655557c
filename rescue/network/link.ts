import * as z from "zod";

/** A network interface as the kernel has it. No node: import: it is a part of the API's contract. */
export const Link = z.object({
  /** The kernel's name: "enp1s0". */
  device: z.string(),
  kind: z.enum(["ethernet", "wifi", "vlan", "bond", "other"]),
  /** The card's own address, also while a bond gives it another one. */
  mac: z.string(),
  mtu: z.int(),
  isUp: z.boolean(),
  /** Cable or access point: undefined while the interface is down, as it cannot be known. */
  hasLink: z.boolean().optional(),
  /** A card; false for what the kernel makes: VLANs, bonds, veth. */
  isHardware: z.boolean(),
  driver: z.string().optional(),
  /** Mbit/s, where the driver tells. */
  speed: z.int().positive().optional(),
  /** The bond that it is a port of. */
  master: z.string().optional(),
  /** With their lengths of prefix, without those that are good on the link only (fe80::). */
  addresses: z.array(z.string()),
  gateways: z.array(z.string()),
  /** The network that it is in. */
  wifi: z.object({ ssid: z.string(), signal: z.number().optional() }).optional(),
  /** Switches that keep the radio off: files of the kernel. */
  radioSwitches: z.array(z.string()).default([]),
});
export type Link = z.infer<typeof Link>;

/** An access point that was heard. */
export const WifiNetwork = z.object({
  ssid: z.string(),
  /** dBm: -30 is next to it, -85 hardly there. */
  signal: z.number(),
  security: z.enum(["open", "wpa", "other"]),
  /** MHz of the strongest access point of this name. */
  frequency: z.number(),
});
export type WifiNetwork = z.infer<typeof WifiNetwork>;
