import type { Client } from "./client.ts";

/** What happened to a client of the DHCP server, or to the server. */
export type LeaseEvent =
  | ({ readonly mac: string; readonly address: string } & (
      | { readonly type: "offered" | "bound" | "renewed" | "released" | "declined" }
      | { readonly type: "refused"; readonly reason: string }
      /** Another computer, with this hardware address where it is known, uses an address that was to be offered. */
      | { readonly type: "conflict"; readonly user: string }
    ))
  | { readonly type: "no address free"; readonly mac: string; readonly subnet: string }
  | { readonly type: "unknown network"; readonly mac: string; readonly relay: string }
  | { readonly type: "other server"; readonly server: string; readonly mac?: string | undefined }
  | { readonly type: "not saved"; readonly reason: string };

/** Looks whether a computer uses an address. @returns what is known of it; undefined when nobody answers */
export type InUse = (address: string, client: Client, isLocal: boolean) => Promise<string | undefined>;
