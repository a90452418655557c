import type { Sentence } from "#base/sentence.ts";
import type { Draft } from "#imaging/installed/draft.ts";
import { say } from "#imaging/words/say.ts";

/** What others know this machine by. Path of a file or folder, and what it means when two machines have it. */
const KNOWN: readonly (readonly [path: string, note: Sentence])[] = [
  ["/var/lib/tailscale/tailscaled.state", say("identity.tailscale")],
  ["/var/lib/zerotier-one/identity.secret", say("identity.zerotier")],
  ["/var/lib/netbird", say("identity.netbird")],
  ["/var/lib/snapd/state.json", say("identity.snapd")],
  ["/var/lib/landscape/client/broker.bpickle", say("identity.landscape")],
  ["/var/lib/ubuntu-advantage/private/machine-token.json", say("identity.ubuntu-pro")],
  ["/etc/pki/consumer/cert.pem", say("identity.red-hat")],
  ["/etc/SUSEConnect", say("identity.suse")],
  ["/etc/zypp/credentials.d/SCCcredentials", say("identity.suse")],
  ["/etc/krb5.keytab", say("identity.kerberos")],
  ["/var/lib/samba/private/secrets.tdb", say("identity.samba")],
  ["/etc/salt/pki/minion/minion.pem", say("identity.salt")],
  ["/etc/puppetlabs/puppet/ssl", say("identity.puppet")],
  ["/var/lib/puppet/ssl", say("identity.puppet")],
  ["/var/lib/kubelet/pki", say("identity.kubernetes")],
  ["/var/lib/docker/swarm", say("identity.docker-swarm")],
  ["/etc/hostid", say("identity.hostid")],
  ["/etc/ssl/private/ssl-cert-snakeoil.key", say("identity.snakeoil")],
];
/** Addresses that settings give to a card in place of its own (netplan, NetworkManager, ifcfg, interfaces(5), systemd.link). */
const CLONED_ADDRESS =
  /^\s*(?:cloned-mac-address=[0-9a-f]{2}:|MACADDR=["']?[0-9a-f]{2}:|LLADDR=["']?[0-9a-f]{2}:|hwaddress\s+(?:ether\s+)?[0-9a-f]{2}:)/im;
const NETWORK = [
  "/etc/NetworkManager/system-connections",
  "/etc/sysconfig/network-scripts",
  "/etc/sysconfig/network",
  "/etc/network",
  "/etc/network/interfaces.d",
];

/** What makes two machines one in somebody else's eyes, and is not ours to end: keys of tunnels, memberships, licences. */
export async function tellEnrolments(draft: Draft): Promise<void> {
  for (const [path, note] of KNOWN)
    if ((await draft.tree.kind(path)) !== undefined && !draft.notes.some(({ text }) => text === note.text))
      draft.notes.push(note);
  for (const path of await draft.files("/etc/wireguard", (name) => name.endsWith(".conf")))
    draft.notes.push(say("identity.wireguard", { path }));
  for (const folder of NETWORK)
    for (const path of await draft.files(folder))
      if (CLONED_ADDRESS.test((await draft.text(path)) ?? "")) draft.notes.push(say("identity.mac", { path }));
}
