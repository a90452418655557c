import type { SentencesOf } from "#ui/i18n/tell.ts";

export const identityWords: SentencesOf<"identity"> = {
  "identity.name": (p) =>
    `Appeler l’ordinateur ${p.name}${p.old === "" ? "" : `, qui était ${p.old}`}${p.isToo ? " : ici aussi" : ""}`,
  "identity.no-name": (p) =>
    `« ${p.name} » n’est pas un nom d’ordinateur : lettres, chiffres et tirets, 63 au plus, sans domaine`,
  "identity.machine-id": "Laisser le système se donner un nouveau machine-id au prochain démarrage",
  "identity.dbus-link":
    "Faire utiliser à D-Bus le machine-id du système, et non la copie qu’il avait gardée de l’ancien",
  "identity.dbus": "Laisser D-Bus donner à l’ordinateur un nouvel identifiant au prochain démarrage",
  "identity.entry-token": "Garder le nom sous lequel le menu de démarrage connaît les noyaux de ce système",
  "identity.ssh-key":
    "Enlever une clé d’hôte SSH de l’ordinateur dont celui-ci est une copie ; ses clients seront avertis des nouvelles",
  "identity.ssh-now": "Créer des clés d’hôte SSH pour cet ordinateur",
  "identity.ssh-once":
    "Faire créer des clés d’hôte SSH au prochain démarrage, une seule fois : cette distribution ne le fait pas d’elle-même",
  "identity.ssh-kept":
    "Les clés d’hôte SSH restent celles de l’ancien ordinateur : il n’y a pas de ssh-keygen pour en créer d’autres",
  "identity.dropbear":
    "Les clés du serveur SSH dans l’initramfs (dropbear) restent : sans elles, personne ne pourrait déverrouiller le disque à distance",
  "identity.leases":
    "Oublier qui était l’ancien ordinateur pour les serveurs DHCP, sinon les deux auraient la même adresse",
  "identity.dhcp-by-hand": (p) =>
    `${p.path} donne à la main une identité DHCP à ce système : la même sur les deux ordinateurs, tant qu’elle n’est pas changée`,
  "identity.iscsi": "Laisser le système se donner un nouveau nom pour iSCSI au prochain démarrage",
  "identity.iscsi-told": (p) => `Le stockage qui admet ${p.name} par iSCSI doit apprendre le nouveau nom`,
  "identity.nvme": (p) => `${p.path} reste : c’est le nom de ce système pour NVMe par le réseau`,
  "identity.seed": "Enlever la graine de nombres aléatoires que l’ancien ordinateur a aussi",
  "identity.credentials": (p) =>
    `${p.path} reste : ce que des services ont chiffré avec ne pourrait plus être lu (systemd-creds(1))`,
  "identity.cloud-init": "Faire prendre cet ordinateur pour un nouveau par cloud-init",
  "identity.cloud-init-again":
    "cloud-init reconfigure cet ordinateur au prochain démarrage, avec ce que dit son nuage ou sa propre configuration : utilisateurs, clés, réseau",
  "identity.cloud-init-name": "Empêcher cloud-init de donner un autre nom à l’ordinateur",
  "identity.address": (p) =>
    `${p.path} donne à l’ordinateur l’adresse ${p.list.join(", ")} : changez-la avant que les deux soient dans un même réseau`,
  "identity.mac": (p) =>
    `${p.path} donne à la carte une adresse à elle (MAC) : deux ordinateurs qui l’ont ne doivent pas être dans un même réseau`,
  "identity.wireguard": (p) =>
    `${p.path} contient la clé privée d’un tunnel : un seul ordinateur à la fois peut l’utiliser`,
  "identity.computer": (p) => `L’ordinateur s’appelle ${p.name}`,
  "identity.guid": "Les programmes connaissent l’ordinateur par un nouveau GUID",
  "identity.wsus": "Les serveurs de mises à jour (WSUS) le prennent pour un nouvel ordinateur",
  "identity.dhcpv6": "DHCPv6 le prend pour un nouvel ordinateur",
  "identity.domain": (p) =>
    `L’ordinateur appartient à ${p.domain} : son compte y est celui de l’ordinateur dont il est la copie ; retirez-le du domaine, faites-l’y entrer de nouveau, et ne faites jamais fonctionner les deux avant`,
  "identity.sid":
    "Le SID de l’ordinateur reste tel quel : il figure dans toutes les listes d’accès et dans les comptes, et deux ordinateurs d’un même SID ne se gênent pas hors d’un domaine",
  "identity.fixed": (p) =>
    `L’ordinateur a des adresses fixes (${p.list.join(", ")}) : à côté de l’ordinateur dont il est la copie, l’un des deux doit les changer`,
  "identity.tailscale":
    "Tailscale prend les deux ordinateurs pour un seul : lancez `tailscale logout` et `tailscale up` sur l’un d’eux",
  "identity.zerotier":
    "ZeroTier prend les deux ordinateurs pour un seul : enlevez identity.secret et identity.public sur l’un d’eux",
  "identity.netbird": "NetBird prend les deux ordinateurs pour un seul : enregistrez l’un d’eux de nouveau",
  "identity.snapd": "snapd est enregistré auprès de la boutique comme l’ancien ordinateur",
  "identity.landscape": "Landscape prend les deux ordinateurs pour un seul : lancez `landscape-config` sur l’un d’eux",
  "identity.ubuntu-pro":
    "Ubuntu Pro compte les deux ordinateurs pour un : lancez `pro detach` et `pro attach` sur l’un d’eux",
  "identity.red-hat":
    "L’abonnement Red Hat est celui de l’ancien ordinateur : lancez `subscription-manager clean` et enregistrez l’un d’eux de nouveau",
  "identity.suse":
    "L’enregistrement SUSE est celui de l’ancien ordinateur : lancez `SUSEConnect --cleanup` et enregistrez l’un d’eux de nouveau",
  "identity.kerberos":
    "Le compte de l’ordinateur dans Kerberos ou Active Directory est celui de l’ancien : faites de nouveau entrer l’un d’eux dans le domaine",
  "identity.samba": "Samba a le compte de l’ordinateur dans un domaine : faites-y entrer l’un d’eux de nouveau",
  "identity.salt":
    "Salt prend les deux ordinateurs pour un seul : enlevez les clés du minion et son identifiant sur l’un d’eux",
  "identity.puppet": "Puppet connaît l’ordinateur par son ancien certificat",
  "identity.kubernetes":
    "C’est un nœud d’une grappe Kubernetes : réinitialisez l’un d’eux et faites-le entrer de nouveau",
  "identity.docker-swarm": "C’est un nœud d’un swarm Docker : faites-en sortir l’un d’eux, puis entrer de nouveau",
  "identity.hostid": "/etc/hostid reste, car ZFS reconnaît par lui ses pools",
  "identity.snakeoil":
    "Des services utilisent un certificat fait par l’ancien ordinateur : `make-ssl-cert generate-default-snakeoil --force-overwrite` en fait un autre",
};
