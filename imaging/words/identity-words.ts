/** What makes a copied system another machine than its source, and what is to be known of it. */
export const identityWords = {
  // old: the name before, or ""; isToo: in another file as well
  "identity.name": (p: { name: string; old: string; isToo: boolean }) =>
    `Names the machine ${p.name}${p.old === "" ? "" : `, which was ${p.old}`}${p.isToo ? ": here too" : ""}`,
  "identity.no-name": (p: { name: string }) =>
    `"${p.name}" is no name for a machine: letters, digits and dashes, at most 63, no domain`,
  "identity.machine-id": "Lets the system give itself a new machine-id at its next start",
  "identity.dbus-link": "Lets D-Bus use the machine-id of the system, not the copy that it kept of the old one",
  "identity.dbus": "Lets D-Bus give the machine a new id at its next start",
  "identity.entry-token": "Keeps the name by which the boot menu knows this system's kernels",
  "identity.ssh-key":
    "Removes an SSH host key of the machine that this one is a copy of; its clients will be told of new ones",
  "identity.ssh-now": "Makes SSH host keys for this machine",
  "identity.ssh-once": "Has SSH host keys made at the next start, once: this distribution does not do it by itself",
  "identity.ssh-kept": "The SSH host keys stay those of the old machine: there is no ssh-keygen that would make others",
  "identity.dropbear":
    "Keys of the SSH server in the start files (dropbear) stay: without them nobody could unlock the disk from afar",
  "identity.leases": "Forgets who the old machine was to DHCP servers, or both would get the same address",
  "identity.dhcp-by-hand": (p: { path: string }) =>
    `${p.path} gives this system an identity for DHCP by hand: the same on both machines, unless it is changed`,
  "identity.iscsi": "Lets the system give itself a new name for iSCSI at its next start",
  "identity.iscsi-told": (p: { name: string }) =>
    `Storage that lets in ${p.name} over iSCSI has to be told the new name`,
  "identity.nvme": (p: { path: string }) => `${p.path} stays: it is this system's name for NVMe over a network`,
  "identity.seed": "Removes the seed of random numbers that the old machine has too",
  "identity.credentials": (p: { path: string }) =>
    `${p.path} stays: what services have encrypted with it could not be read any more (systemd-creds(1))`,
  "identity.cloud-init": "Lets cloud-init take this machine for a new one",
  "identity.cloud-init-again":
    "cloud-init sets this machine up again at its next start, with what its cloud or its own configuration says: users, keys, network",
  "identity.cloud-init-name": "Keeps cloud-init from giving the machine another name",
  // list: addresses
  "identity.address": (p: { path: string; list: readonly string[] }) =>
    `${p.path} gives the machine the address ${p.list.join(", ")}: change it before both are in one network`,
  "identity.mac": (p: { path: string }) =>
    `${p.path} gives the card an address of its own (MAC): two machines with it must not be in one network`,
  "identity.wireguard": (p: { path: string }) =>
    `${p.path} has the private key of a tunnel: only one machine can use it at a time`,

  "identity.computer": (p: { name: string }) => `the computer is called ${p.name}`,
  "identity.guid": "programs know the computer by a new GUID",
  "identity.wsus": "update servers (WSUS) take it for a new computer",
  "identity.dhcpv6": "DHCPv6 takes it for a new computer",
  "identity.domain": (p: { domain: string }) =>
    `it belongs to ${p.domain}: its account there is that of the computer it was copied from; take it out of the domain and let it join again, and never run both before`,
  "identity.sid":
    "the computer's SID stays as it is: it stands in every access list and in the accounts, and two computers of one SID do not disturb each other outside a domain",
  "identity.fixed": (p: { list: readonly string[] }) =>
    `it has fixed addresses (${p.list.join(", ")}): beside the computer it was copied from, one of both must change`,

  "identity.tailscale": "Tailscale takes both machines for one: `tailscale logout` and `tailscale up` on one of them",
  "identity.zerotier":
    "ZeroTier takes both machines for one: remove identity.secret and identity.public on one of them",
  "identity.netbird": "NetBird takes both machines for one: register one of them anew",
  "identity.snapd": "snapd is registered with the store as the old machine",
  "identity.landscape": "Landscape takes both machines for one: `landscape-config` on one of them",
  "identity.ubuntu-pro": "Ubuntu Pro counts both machines as one: `pro detach` and `pro attach` on one of them",
  "identity.red-hat":
    "Red Hat's subscription is the old machine's: `subscription-manager clean` and register one of them anew",
  "identity.suse": "SUSE's registration is the old machine's: `SUSEConnect --cleanup` and register one of them anew",
  "identity.kerberos":
    "The machine's account in Kerberos or Active Directory is the old one's: join the domain again on one of them",
  "identity.samba": "Samba has the machine's account of a domain: join again on one of them",
  "identity.salt": "Salt takes both machines for one: remove the minion's keys and its id on one of them",
  "identity.puppet": "Puppet knows the machine by its old certificate",
  "identity.kubernetes": "This is a node of a Kubernetes cluster: reset and join one of them anew",
  "identity.docker-swarm": "This is a node of a Docker swarm: leave and join with one of them",
  "identity.hostid": "/etc/hostid stays, since ZFS knows its pools by it",
  "identity.snakeoil":
    "Services use a self-made certificate of the old machine: `make-ssl-cert generate-default-snakeoil --force-overwrite` makes another",
};
