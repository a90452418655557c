import type { Draft } from "#imaging/installed/draft.ts";

/** What others know this machine by. Path of a file or folder, and what it means when two machines have it. */
const KNOWN: readonly (readonly [path: string, text: string])[] = [
  [
    "/var/lib/tailscale/tailscaled.state",
    "Tailscale takes both machines for one: `tailscale logout` and `tailscale up` on one of them",
  ],
  [
    "/var/lib/zerotier-one/identity.secret",
    "ZeroTier takes both machines for one: remove identity.secret and identity.public on one of them",
  ],
  ["/var/lib/netbird", "NetBird takes both machines for one: register one of them anew"],
  ["/var/lib/snapd/state.json", "snapd is registered with the store as the old machine"],
  [
    "/var/lib/landscape/client/broker.bpickle",
    "Landscape takes both machines for one: `landscape-config` on one of them",
  ],
  [
    "/var/lib/ubuntu-advantage/private/machine-token.json",
    "Ubuntu Pro counts both machines as one: `pro detach` and `pro attach` on one of them",
  ],
  [
    "/etc/pki/consumer/cert.pem",
    "Red Hat's subscription is the old machine's: `subscription-manager clean` and register one of them anew",
  ],
  [
    "/etc/SUSEConnect",
    "SUSE's registration is the old machine's: `SUSEConnect --cleanup` and register one of them anew",
  ],
  [
    "/etc/zypp/credentials.d/SCCcredentials",
    "SUSE's registration is the old machine's: `SUSEConnect --cleanup` and register one of them anew",
  ],
  [
    "/etc/krb5.keytab",
    "The machine's account in Kerberos or Active Directory is the old one's: join the domain again on one of them",
  ],
  ["/var/lib/samba/private/secrets.tdb", "Samba has the machine's account of a domain: join again on one of them"],
  [
    "/etc/salt/pki/minion/minion.pem",
    "Salt takes both machines for one: remove the minion's keys and its id on one of them",
  ],
  ["/etc/puppetlabs/puppet/ssl", "Puppet knows the machine by its old certificate"],
  ["/var/lib/puppet/ssl", "Puppet knows the machine by its old certificate"],
  ["/var/lib/kubelet/pki", "This is a node of a Kubernetes cluster: reset and join one of them anew"],
  ["/var/lib/docker/swarm", "This is a node of a Docker swarm: leave and join with one of them"],
  ["/etc/hostid", "/etc/hostid stays, since ZFS knows its pools by it"],
  [
    "/etc/ssl/private/ssl-cert-snakeoil.key",
    "Services use a self-made certificate of the old machine: `make-ssl-cert generate-default-snakeoil --force-overwrite` makes another",
  ],
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
  for (const [path, text] of KNOWN)
    if ((await draft.tree.kind(path)) !== undefined && !draft.notes.includes(text)) draft.notes.push(text);
  for (const path of await draft.files("/etc/wireguard", (name) => name.endsWith(".conf")))
    draft.notes.push(`${path} has the private key of a tunnel: only one machine can use it at a time`);
  for (const folder of NETWORK)
    for (const path of await draft.files(folder))
      if (CLONED_ADDRESS.test((await draft.text(path)) ?? ""))
        draft.notes.push(
          `${path} gives the card an address of its own (MAC): two machines with it must not be in one network`,
        );
}
