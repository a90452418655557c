import type { SentencesOf } from "#ui/i18n/tell.ts";

export const identityWords: SentencesOf<"identity"> = {
  "identity.name": (p) =>
    `De computer ${p.name} noemen${p.old === "" ? "" : `, die ${p.old} heette`}${p.isToo ? ": ook hier" : ""}`,
  "identity.no-name": (p) =>
    `“${p.name}” is geen naam voor een computer: letters, cijfers en streepjes, hoogstens 63, geen domein`,
  "identity.machine-id": "Het systeem zichzelf bij de volgende start een nieuwe machine-id laten geven",
  "identity.dbus-link":
    "D-Bus de machine-id van het systeem laten gebruiken, niet de kopie die het van de oude had bewaard",
  "identity.dbus": "D-Bus de computer bij de volgende start een nieuw kenmerk laten geven",
  "identity.entry-token": "De naam bewaren waaronder het opstartmenu de kernels van dit systeem kent",
  "identity.ssh-key":
    "Een SSH-hostsleutel verwijderen van de computer waarvan deze een kopie is; de clients krijgen nieuwe te zien",
  "identity.ssh-now": "SSH-hostsleutels voor deze computer maken",
  "identity.ssh-once":
    "Bij de volgende start eenmalig SSH-hostsleutels laten maken: deze distributie doet het niet vanzelf",
  "identity.ssh-kept":
    "De SSH-hostsleutels blijven die van de oude computer: er is geen ssh-keygen dat andere kan maken",
  "identity.dropbear":
    "Sleutels van de SSH-server in de initramfs (dropbear) blijven: zonder hen kan niemand de schijf op afstand ontgrendelen",
  "identity.leases": "Vergeten wie de oude computer voor DHCP-servers was, anders krijgen beide hetzelfde adres",
  "identity.dhcp-by-hand": (p) =>
    `${p.path} geeft dit systeem met de hand een kenmerk voor DHCP: op beide computers hetzelfde, tenzij het wordt veranderd`,
  "identity.iscsi": "Het systeem zichzelf bij de volgende start een nieuwe naam voor iSCSI laten geven",
  "identity.iscsi-told": (p) => `Opslag die ${p.name} via iSCSI toelaat, moet de nieuwe naam te weten komen`,
  "identity.nvme": (p) => `${p.path} blijft: dat is de naam van dit systeem voor NVMe over een netwerk`,
  "identity.seed": "De beginwaarde voor toevalsgetallen verwijderen die de oude computer ook heeft",
  "identity.credentials": (p) =>
    `${p.path} blijft: wat diensten ermee hebben versleuteld, zou niet meer te lezen zijn (systemd-creds(1))`,
  "identity.cloud-init": "cloud-init deze computer voor een nieuwe laten houden",
  "identity.cloud-init-again":
    "cloud-init richt deze computer bij de volgende start opnieuw in, met wat zijn cloud of zijn eigen configuratie zegt: gebruikers, sleutels, netwerk",
  "identity.cloud-init-name": "Voorkomen dat cloud-init de computer een andere naam geeft",
  "identity.address": (p) =>
    `${p.path} geeft de computer het adres ${p.list.join(", ")}: verander het voordat beide in één netwerk zijn`,
  "identity.mac": (p) =>
    `${p.path} geeft de kaart een eigen adres (MAC): twee computers daarmee mogen niet in één netwerk zijn`,
  "identity.wireguard": (p) =>
    `${p.path} bevat de geheime sleutel van een tunnel: maar één computer tegelijk kan hem gebruiken`,
  "identity.computer": (p) => `De computer heet ${p.name}`,
  "identity.guid": "Programma’s kennen de computer aan een nieuwe GUID",
  "identity.wsus": "Updateservers (WSUS) houden hem voor een nieuwe computer",
  "identity.dhcpv6": "DHCPv6 houdt hem voor een nieuwe computer",
  "identity.domain": (p) =>
    `De computer hoort bij ${p.domain}: zijn account daar is dat van de computer waarvan hij is gekopieerd; haal hem uit het domein, laat hem opnieuw lid worden, en laat tot dan nooit beide draaien`,
  "identity.sid":
    "De SID van de computer blijft zoals hij is: hij staat in elke toegangslijst en in de accounts, en buiten een domein storen twee computers met één SID elkaar niet",
  "identity.fixed": (p) =>
    `De computer heeft vaste adressen (${p.list.join(", ")}): naast de computer waarvan hij is gekopieerd, moet een van beide ze veranderen`,
  "identity.tailscale":
    "Tailscale houdt beide computers voor één: voer op een ervan `tailscale logout` en `tailscale up` uit",
  "identity.zerotier":
    "ZeroTier houdt beide computers voor één: verwijder op een ervan identity.secret en identity.public",
  "identity.netbird": "NetBird houdt beide computers voor één: meld een ervan opnieuw aan",
  "identity.snapd": "snapd is bij de winkel aangemeld als de oude computer",
  "identity.landscape": "Landscape houdt beide computers voor één: voer op een ervan `landscape-config` uit",
  "identity.ubuntu-pro": "Ubuntu Pro telt beide computers als één: voer op een ervan `pro detach` en `pro attach` uit",
  "identity.red-hat":
    "Het abonnement bij Red Hat is dat van de oude computer: voer `subscription-manager clean` uit en meld een ervan opnieuw aan",
  "identity.suse":
    "De aanmelding bij SUSE is die van de oude computer: voer `SUSEConnect --cleanup` uit en meld een ervan opnieuw aan",
  "identity.kerberos":
    "Het account van de computer in Kerberos of Active Directory is dat van de oude: laat een ervan opnieuw lid worden van het domein",
  "identity.samba": "Samba heeft het account van de computer in een domein: laat een ervan opnieuw lid worden",
  "identity.salt":
    "Salt houdt beide computers voor één: verwijder op een ervan de sleutels van de minion en zijn kenmerk",
  "identity.puppet": "Puppet kent de computer aan zijn oude certificaat",
  "identity.kubernetes":
    "Dit is een knooppunt van een Kubernetes-cluster: zet een ervan terug en laat het opnieuw lid worden",
  "identity.docker-swarm":
    "Dit is een knooppunt van een Docker-swarm: laat een ervan de swarm verlaten en opnieuw lid worden",
  "identity.hostid": "/etc/hostid blijft, want ZFS kent er zijn pools aan",
  "identity.snakeoil":
    "Diensten gebruiken een zelfgemaakt certificaat van de oude computer: `make-ssl-cert generate-default-snakeoil --force-overwrite` maakt een ander",
};
