import type { SentencesOf } from "#ui/i18n/tell.ts";

export const identityWords: SentencesOf<"identity"> = {
  "identity.name": (p) =>
    `Den Computer ${p.name} nennen${p.old === "" ? "" : `, der ${p.old} hieß`}${p.isToo ? ": auch hier" : ""}`,
  "identity.no-name": (p) =>
    `„${p.name}“ ist kein Name für einen Computer: Buchstaben, Ziffern und Bindestriche, höchstens 63, keine Domäne`,
  "identity.machine-id": "Das System sich beim nächsten Start eine neue Machine-ID geben lassen",
  "identity.dbus-link":
    "D-Bus die Machine-ID des Systems benutzen lassen, nicht die Kopie, die es von der alten behalten hat",
  "identity.dbus": "D-Bus dem Computer beim nächsten Start eine neue Kennung geben lassen",
  "identity.entry-token": "Den Namen behalten, unter dem das Startmenü die Kernel dieses Systems kennt",
  "identity.ssh-key":
    "Einen SSH-Hostschlüssel des Computers entfernen, von dem dieser eine Kopie ist; seine Clients werden auf neue hingewiesen",
  "identity.ssh-now": "SSH-Hostschlüssel für diesen Computer erzeugen",
  "identity.ssh-once":
    "Beim nächsten Start einmalig SSH-Hostschlüssel erzeugen lassen: Diese Distribution tut es nicht von selbst",
  "identity.ssh-kept":
    "Die SSH-Hostschlüssel bleiben die des alten Computers: Es gibt kein ssh-keygen, das andere erzeugen könnte",
  "identity.dropbear":
    "Schlüssel des SSH-Servers im initramfs (dropbear) bleiben: Ohne sie könnte niemand den Datenträger aus der Ferne entsperren",
  "identity.leases": "Vergessen, wer der alte Computer für DHCP-Server war, sonst bekämen beide dieselbe Adresse",
  "identity.dhcp-by-hand": (p) =>
    `${p.path} gibt diesem System von Hand eine Kennung für DHCP: auf beiden Computern dieselbe, wenn sie nicht geändert wird`,
  "identity.iscsi": "Das System sich beim nächsten Start einen neuen Namen für iSCSI geben lassen",
  "identity.iscsi-told": (p) => `Speicher, der ${p.name} über iSCSI einlässt, muss den neuen Namen erfahren`,
  "identity.nvme": (p) => `${p.path} bleibt: Das ist der Name dieses Systems für NVMe über ein Netzwerk`,
  "identity.seed": "Den Startwert für Zufallszahlen entfernen, den auch der alte Computer hat",
  "identity.credentials": (p) =>
    `${p.path} bleibt: Was Dienste damit verschlüsselt haben, ließe sich nicht mehr lesen (systemd-creds(1))`,
  "identity.cloud-init": "cloud-init diesen Computer für einen neuen halten lassen",
  "identity.cloud-init-again":
    "cloud-init richtet diesen Computer beim nächsten Start neu ein, mit dem, was seine Cloud oder seine eigene Konfiguration sagt: Benutzer, Schlüssel, Netzwerk",
  "identity.cloud-init-name": "cloud-init davon abhalten, dem Computer einen anderen Namen zu geben",
  "identity.address": (p) =>
    `${p.path} gibt dem Computer die Adresse ${p.list.join(", ")}: Ändern Sie sie, bevor beide in einem Netzwerk sind`,
  "identity.mac": (p) =>
    `${p.path} gibt der Karte eine eigene Adresse (MAC): Zwei Computer damit dürfen nicht in einem Netzwerk sein`,
  "identity.wireguard": (p) =>
    `${p.path} enthält den geheimen Schlüssel eines Tunnels: Nur ein Computer zugleich kann ihn benutzen`,
  "identity.computer": (p) => `Der Computer heißt ${p.name}`,
  "identity.guid": "Programme kennen den Computer an einer neuen GUID",
  "identity.wsus": "Update-Server (WSUS) halten ihn für einen neuen Computer",
  "identity.dhcpv6": "DHCPv6 hält ihn für einen neuen Computer",
  "identity.domain": (p) =>
    `Der Computer gehört zu ${p.domain}: Sein Konto dort ist das des Computers, von dem er kopiert wurde; nehmen Sie ihn aus der Domäne, lassen Sie ihn neu beitreten, und lassen Sie vorher nie beide laufen`,
  "identity.sid":
    "Die SID des Computers bleibt, wie sie ist: Sie steht in jeder Zugriffsliste und in den Konten, und zwei Computer mit einer SID stören einander außerhalb einer Domäne nicht",
  "identity.fixed": (p) =>
    `Der Computer hat feste Adressen (${p.list.join(", ")}): Neben dem Computer, von dem er kopiert wurde, muss einer von beiden sie ändern`,
  "identity.tailscale":
    "Tailscale hält beide Computer für einen: `tailscale logout` und `tailscale up` auf einem von ihnen",
  "identity.zerotier":
    "ZeroTier hält beide Computer für einen: Entfernen Sie auf einem von ihnen identity.secret und identity.public",
  "identity.netbird": "NetBird hält beide Computer für einen: Melden Sie einen von ihnen neu an",
  "identity.snapd": "snapd ist beim Store als der alte Computer angemeldet",
  "identity.landscape": "Landscape hält beide Computer für einen: `landscape-config` auf einem von ihnen",
  "identity.ubuntu-pro": "Ubuntu Pro zählt beide Computer als einen: `pro detach` und `pro attach` auf einem von ihnen",
  "identity.red-hat":
    "Das Abonnement bei Red Hat ist das des alten Computers: `subscription-manager clean`, und melden Sie einen von ihnen neu an",
  "identity.suse":
    "Die Registrierung bei SUSE ist die des alten Computers: `SUSEConnect --cleanup`, und melden Sie einen von ihnen neu an",
  "identity.kerberos":
    "Das Konto des Computers in Kerberos oder Active Directory ist das des alten: Lassen Sie einen von ihnen der Domäne neu beitreten",
  "identity.samba": "Samba hat das Konto des Computers in einer Domäne: Lassen Sie einen von ihnen neu beitreten",
  "identity.salt":
    "Salt hält beide Computer für einen: Entfernen Sie auf einem von ihnen die Schlüssel des Minions und seine Kennung",
  "identity.puppet": "Puppet kennt den Computer an seinem alten Zertifikat",
  "identity.kubernetes":
    "Das ist ein Knoten eines Kubernetes-Clusters: Setzen Sie einen von ihnen zurück, und lassen Sie ihn neu beitreten",
  "identity.docker-swarm":
    "Das ist ein Knoten eines Docker-Swarms: Lassen Sie einen von ihnen austreten und neu beitreten",
  "identity.hostid": "/etc/hostid bleibt, da ZFS seine Pools daran erkennt",
  "identity.snakeoil":
    "Dienste benutzen ein selbst gemachtes Zertifikat des alten Computers: `make-ssl-cert generate-default-snakeoil --force-overwrite` macht ein anderes",
};
