import type { Draft } from "#imaging/installed/draft.ts";
import { say } from "#imaging/words/say.ts";

/** Folders, and what in them says who a DHCP client is: leases, DUIDs (RFC 8415, 11), and secrets that ids are made of. */
const PLACES: readonly (readonly [folder: string, names: RegExp])[] = [
  ["/var/lib/dhcp", /^dhclient.*\.leases?$/],
  ["/var/lib/dhclient", /\.leases?$/],
  ["/var/lib/NetworkManager", /^(secret_key|.*\.lease)$/],
  ["/var/lib/dhcpcd", /^(duid|secret|.*\.lease6?)$/],
  ["/var/lib/dhcpcd5", /^(duid|secret|.*\.lease6?)$/],
  ["/etc", /^dhcpcd\.(duid|secret)$/],
  ["/var/lib/wicked", /^(duid|iaid|lease-.*)\.xml$/],
  ["/var/lib/dhcpv6", /^dhcp6c_duid$/],
];
/** An identity that somebody wrote down by hand. */
const BY_HAND: readonly (readonly [path: string, setting: RegExp])[] = [
  ["/etc/systemd/networkd.conf", /^\s*DUID(RawData|Type)\s*=/m],
  ["/etc/dhcp/dhclient.conf", /^\s*send\s+dhcp-client-identifier\b/m],
  ["/etc/dhcpcd.conf", /^\s*clientid\s+\S/m],
];

/** systemd-networkd has none to forget: it makes its DUID of the machine-id. */
export async function forgetLeases(draft: Draft): Promise<void> {
  for (const [folder, names] of PLACES)
    for (const path of await draft.files(folder, (name) => names.test(name)))
      await draft.remove(path, say("identity.leases"));
  for (const [path, setting] of BY_HAND)
    if (setting.test((await draft.text(path)) ?? "")) draft.notes.push(say("identity.dhcp-by-hand", { path }));
}
