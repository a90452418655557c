import { join } from "node:path";
import type { Command } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { type DhcpFlags, dhcpConfigOfFlags, readDhcpConfig } from "#pxe/dhcp/lease/read-dhcp-config.ts";
import type { AddressesToGive } from "#pxe/serve/plan-cards.ts";

/** Which addresses `pxe serve` gives out. */
export interface AddressOptions {
  /** False: not even boot files are named. Undefined: those, and no addresses. */
  dhcp?: readonly string[] | false;
  dhcpFile?: string;
  exclude?: readonly string[];
  router?: string;
  dns?: readonly string[];
  ntp?: readonly string[];
  domain?: string;
  lease?: string;
  reserve?: readonly string[];
  leaseFile?: string;
}

/** One after the other, or with commas. */
export const each = (text: string, before: readonly string[] | boolean | undefined): readonly string[] => [
  ...(Array.isArray(before) ? (before as readonly string[]) : []),
  ...text.split(",").map((part) => part.trim()),
];
const whole = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

export const addAddressOptions = (command: Command): Command =>
  command
    .option(
      "--dhcp <pool>",
      "give addresses, too: 10.0.0.100-10.0.0.200, of an interface's network; also several",
      each,
    )
    .option("--exclude <range>", "addresses of the pool that nobody gets", each)
    .option(
      "--reserve <client=address[,name]>",
      "one client's own: by its MAC, UUID, or id:01525400... (client identifier)",
      whole,
    )
    .option("--router <address>", "the way out that clients are told (none unless it is given)")
    .option("--dns <addresses>", "DNS servers that clients are told", each)
    .option("--ntp <addresses>", "time servers that clients are told", each)
    .option("--domain <name>", "the domain that clients are told")
    .option("--lease <time>", "how long an address is a client's: 30m, 12h (1h)")
    .option("--dhcp-file <file>", "instead: several networks, those behind relays too (docs/pxe.md)")
    .option("--lease-file <file>", "where leases are kept (default: in /var/lib/lifeboat/pxe)");

/** Where leases are kept, if there are any. */
export const leasesOf = ({ leaseFile }: AddressOptions, folder: string): string =>
  leaseFile ?? join(folder, "leases.sqlite");

/** Undefined: no address is given. @throws USAGE, OPEN_FAILED, PXE_DHCP_INVALID */
export async function addressesOf(options: AddressOptions): Promise<AddressesToGive | undefined> {
  const flags = flagsOf(options);
  const given = Object.keys(flags);
  if (options.dhcp === false && (given.length > 0 || options.dhcpFile !== undefined))
    throw usage("--no-dhcp gives none");
  if (options.dhcpFile !== undefined) {
    if (given.length > 0) throw usage("--dhcp-file has them, so leave --dhcp, --router and the like out");
    return { config: await readDhcpConfig(options.dhcpFile), source: options.dhcpFile };
  }
  if (given.length === 0) return undefined;
  const config = dhcpConfigOfFlags(flags);
  if (!flags.pools && !flags.reservations) throw usage("--dhcp or --reserve is missing, which say which ones");
  return { config, source: "the options of DHCP" };
}

const usage = (why: string) => new LifeboatError("USAGE", { problem: `addresses that are given out: ${why}` });

function flagsOf(options: AddressOptions): DhcpFlags {
  const { dhcp, exclude, reserve, router, dns, ntp, domain, lease } = options;
  const flags = {
    ...{ pools: dhcp === false ? undefined : dhcp, exclude, reservations: reserve?.map(reservation) },
    ...{ router, dns, ntp, domain, lease },
  };
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}

/** "52:54:00:12:34:56=10.0.0.5,pc7" */
function reservation(text: string): object {
  const [, client = "", address, name] = /^([^=]+)=([^,]+)(?:,(.+))?$/.exec(text) ?? [];
  const key = client.startsWith("id:") ? "clientId" : client.length === 36 ? "uuid" : "mac";
  return { [key]: client.replace(/^id:/, ""), address, ...(name === undefined ? {} : { name }) };
}
