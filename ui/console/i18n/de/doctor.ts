import type { DoctorWords } from "#pxe/console/contract.ts";
import { deLocale } from "#ui/i18n/de/locale.ts";
import { plural } from "#ui/i18n/de/plural.ts";
import { createFormat } from "#ui/i18n/format.ts";

const { bytes, dateTime, list } = createFormat(deLocale);

export const doctor: DoctorWords = {
  "seen.SERVER_NOT_RUNNING": (p) =>
    `Das letzte Lebenszeichen des Servers auf ${p.address} kam am ${dateTime(new Date(p.at).toISOString())}.`,
  "seen.SERVER_NOT_RUNNING-never": "Mit diesen Computern ist noch nie ein Server gelaufen.",
  "means.SERVER_NOT_RUNNING": "Niemand antwortet Computern, die starten.",
  "do.SERVER_NOT_RUNNING":
    "Starten Sie ihn: `lifeboat pxe serve`. Läuft er mit einer anderen Datei oder Datenbank, nennen Sie sie mit `--machines`.",

  "seen.PORT_TAKEN": (p) => `Ein anderes Programm belegt einen Port, den der Netzstart braucht: ${list(p.ports)}.`,
  "port.taken": (p) => `Port ${p.port} von ${p.owner}`,
  "means.PORT_TAKEN":
    "`pxe serve` kann daneben nicht starten, und was Computer jenes Programm fragen, beantwortet es auf seine Weise.",
  "do.PORT_TAKEN": "Beenden Sie das Programm, oder bedienen Sie das Netz von einem anderen Computer aus.",

  "seen.ADDRESS_GONE": (p) =>
    `Die Netzwerkkarte ${p.interface} ist weg, oder keine Schnittstelle hat noch ihre Adresse ${p.address}.`,
  "means.ADDRESS_GONE": "An dieser Netzwerkkarte wird nichts angeboten; andere des Servers laufen weiter.",
  "do.ADDRESS_GONE":
    "Geben Sie ihr ihre Adresse zurück (zu einem Server passt eine feste): Einige Sekunden später wird sie von selbst wieder bedient.",

  "seen.SERVICE_SILENT": (p) =>
    `Der ${p.service}-Server hat auf ${p.address} Port ${p.port} nicht geantwortet, gefragt vom Server selbst: ${p.reason}.`,
  "means.SERVICE_SILENT": "Eine Firewall verwirft es sogar hier, oder der Server hängt.",
  "do.SERVICE_SILENT":
    "Sehen Sie sich die Firewall-Regeln unten an, falls dort welche stehen; starten Sie `pxe serve` neu.",

  "seen.FIREWALL": (p) =>
    `Die Firewall des Servers verwirft, was an ${p.device} für ${p.protocol} Port ${p.port} ankommt: ${p.where}.`,
  "seen.FIREWALL-maybe": (p) =>
    `Die Firewall des Servers verwirft vielleicht, was an ${p.device} für ${p.protocol} Port ${p.port} ankommt: ${p.where}.`,
  "means.FIREWALL": "Computer, die starten, werden nicht gehört.",
  "do.FIREWALL": (p) =>
    `Lassen Sie es herein: \`nft insert rule ...\` oder, mit firewalld oder ufw, ${p.protocol} Port ${p.port} an ${p.device}. \`nft -a list ruleset\` zeigt die Regel.`,

  "seen.NOTHING_HEARD": "Von diesem Computer war noch nie etwas zu hören.",
  "seen.NOTHING_HEARD-of": (p) => `Von ${p.name} war noch nie etwas zu hören.`,
  "means.NOTHING_HEARD": "Seine Fragen erreichen diesen Server nicht, oder er stellt keine.",
  "do.NOTHING_HEARD":
    "Prüfen Sie Kabel und Switch-Port (VLAN, Port Security, Spanning Tree ohne Port Fast), ob der Netzstart in der Firmware eingeschaltet ist und vor dem Datenträger steht, und ob ein Router dazwischen DHCP an diesen Server weiterleitet.",

  "seen.NO_BOOT_OPTION": (p) =>
    plural(p.count, {
      one: "Er hat #-mal nach einer Adresse gefragt, ohne Option 60 (PXEClient oder HTTPClient).",
      other: "Er hat #-mal nach einer Adresse gefragt, ohne Option 60 (PXEClient oder HTTPClient).",
    }),
  "means.NO_BOOT_OPTION":
    "Das ist ein installiertes System oder eine Firmware mit abgeschaltetem Netzstart: Was zu starten ist, fragt es nicht.",
  "do.NO_BOOT_OPTION":
    "Schalten Sie den Netzstart (PXE, UEFI Network Stack) in der Firmware ein, vor dem Datenträger. Ändert ein Relay oder Switch DHCP-Nachrichten, muss Option 60 durchkommen.",

  "seen.no-offer": (p) => `Er hat gefragt, was zu starten ist, und bekam keine Datei genannt: ${p.reason}.`,
  "seen.no-offer-kind": (p) =>
    `Er hat gefragt, was zu starten ist (${p.kind}), und bekam keine Datei genannt: ${p.reason}.`,
  "means.UNKNOWN_ARCHITECTURE": "Sein Prozessor oder seine Firmware ist von einer Art, die hier nicht bekannt ist.",
  "do.UNKNOWN_ARCHITECTURE":
    "`lifeboat pxe machines show` zeigt die Nummer, die er geschickt hat (RFC 4578, Option 93). Starten Sie ihn anders, etwa im BIOS-Modus oder von einem Stick.",
  "means.NO_FILE_FOR_ARCHITECTURE": "Im angebotenen Ordner fehlt ein Startprogramm für seine Art von Firmware.",
  "do.NO_FILE_FOR_ARCHITECTURE":
    "Legen Sie eines hinein (den Namen nennt docs/pxe.md), oder stellen Sie die Firmware auf eine Art um, die der Ordner hat. `media pxe` macht Dateien für BIOS und UEFI x64.",
  "means.NO_FILE": "Die Antwort hätte ihn nicht erreicht.",
  "do.NO_FILE": "Sehen Sie in die Zeilen des Servers.",
  "means.NOT_APPROVED": "Der Server gibt Startdateien nur an zugelassene Computer, und diesen hat niemand zugelassen.",
  "means.REFUSED": "Jemand hat diesen Computer abgelehnt.",
  "means.STARTS_FROM_DISK": "Er soll nicht vom Netz starten: So wurde es eingestellt, oder seine Aufgabe ist erledigt.",

  "seen.no-address": (p) => `Er bekam keine Adresse: ${p.reason}.`,
  "seen.no-address-relay": (p) => `Er bekam keine Adresse: ${p.reason} (${p.relay}).`,
  "means.RELAY_UNKNOWN":
    "Ein Relay leitet seine Fragen weiter, mit einer eigenen Adresse, die in keinem der Netze dieses Servers liegt.",
  "do.RELAY_UNKNOWN":
    "Nehmen Sie das Netz in die Datei von `--dhcp-file` auf, oder berichtigen Sie das Relay: Seine Adresse (giaddr) muss die der Schnittstelle zu den Computern sein.",
  "means.NO_ADDRESS": "Ohne Adresse lädt er nichts.",
  "do.NO_ADDRESS":
    "Machen Sie den Pool größer oder die Lease-Zeit kürzer; zwei Computer mit einer Adresse müssen auseinandergehalten werden. `lifeboat pxe machines show` ohne Computer zeigt, worauf der Server gestoßen ist.",

  "seen.OTHER_DHCP_SERVER": (p) => `In diesem Netz antwortet ein anderer DHCP-Server: ${list(p.servers)}.`,
  "means.OTHER_DHCP_SERVER":
    "Computer nehmen, welche Antwort zuerst kommt: Adressen von zweierlei Art, und Startdateien jenes Servers oder keine.",
  "do.OTHER_DHCP_SERVER":
    "Schalten Sie einen von beiden ab. Neben einem DHCP-Server, der bleibt, läuft `pxe serve` ohne `--dhcp`: Dann nennt er nur Dateien.",

  "seen.OFFER_NOT_TAKEN": (p) =>
    plural(p.count, {
      one: "Er hat gefragt, bekam #-mal gesagt, was zu laden ist, und fragte dann nach keiner Datei.",
      other: "Er hat gefragt, bekam #-mal gesagt, was zu laden ist, und fragte dann nach keiner Datei.",
    }),
  "means.OFFER_NOT_TAKEN":
    "Die Antwort erreicht ihn nicht, seine Firmware nimmt keine Antwort eines zweiten Servers an (ProxyDHCP), er nahm die eines anderen, oder seine Frage nach der Datei erreicht diesen Server nicht (UDP-Port 69, TCP-Port 80).",
  "do.OFFER_NOT_TAKEN":
    "Suchen Sie nach einer Firewall oder einem Switch, der DHCP-Antworten verwirft (DHCP-Snooping: dem Port dieses Servers vertrauen). Versuchen Sie `--no-dhcp` mit den Zeilen von `lifeboat pxe snippets` in Ihrem DHCP-Server.",

  "seen.FILE_MISSING": (p) => `Zuletzt hat er nach ${p.file} gefragt und es nicht bekommen: ${p.reason}.`,
  "means.FILE_MISSING":
    "Im angebotenen Ordner fehlt eine Datei, die sein Startprogramm braucht, oder sie heißt dort anders; oder der Computer darf sie nicht haben.",
  "do.FILE_MISSING":
    "Machen Sie den Ordner mit `lifeboat media pxe` neu, oder berichtigen Sie den Namen im DHCP-Server oder in der Konfiguration des Startprogramms.",

  "seen.TRANSFER_BROKEN": (p) => `${p.file} brach nach ${bytes(p.loaded)} ab: ${p.how}.`,
  "seen.TRANSFER_BROKEN-size": (p) => `${p.file} brach nach ${bytes(p.loaded)} von ${bytes(p.size)} ab: ${p.how}.`,
  "means.TRANSFER_BROKEN":
    "Unterwegs gehen Pakete verloren, der Computer wurde ausgeschaltet, oder sein Startprogramm hat keinen Platz für die Datei.",
  "do.TRANSFER_BROKEN":
    "Versuchen Sie ein anderes Kabel und einen anderen Switch-Port; suchen Sie nach einer falschen MTU oder einer Firewall, die TFTP nicht kennt (Antworten kommen von einem anderen Port als 69). Über HTTP schaden Verluste weniger.",

  "seen.SECURE_BOOT": (p) => `Er hat ${p.file} ganz geladen und nach nichts mehr gefragt.`,
  "seen.SECURE_BOOT-on": (p) =>
    `Er hat ${p.file} ganz geladen und nach nichts mehr gefragt. Sein Secure Boot ist eingeschaltet.`,
  "means.SECURE_BOOT":
    "shim oder die Firmware traut dieser Datei nicht: Ihre Signatur fehlt, ist nicht vertraut oder widerrufen (SBAT, dbx).",
  "means.SECURE_BOOT-shim":
    "Die Firmware traut dieser Datei nicht (Secure Boot), oder shim konnte GRUB nicht vom selben Ort laden.",
  "means.SECURE_BOOT-ipxe": "iPXE ist nicht signiert: Eine Firmware mit eingeschaltetem Secure Boot startet es nicht.",
  "do.SECURE_BOOT":
    "Machen Sie den Ordner mit `lifeboat media pxe` neu, damit shim, GRUB und Kernel zueinander passen; schalten Sie in der Firmware die „third party UEFI CA“ ein (viele Geschäftscomputer haben sie aus); oder schalten Sie Secure Boot aus und sehen Sie, ob er startet.",
  "do.SECURE_BOOT-ipxe":
    "Bieten Sie stattdessen bootx64.efi an (Debians signiertes shim, wie `media pxe` es macht), oder schalten Sie Secure Boot aus.",

  "seen.KERNEL_NOT_ASKED": (p) => `Er hat ${p.file} ganz geladen und nie nach einem Kernel gefragt.`,
  "seen.KERNEL_NOT_ASKED-runs": (p) =>
    `Er hat ${p.file} ganz geladen, damit weitergemacht und nie nach einem Kernel gefragt.`,
  "seen.KERNEL_NOT_ASKED-menu": (p) =>
    `Er hat ${p.title} aus seinem Menü gewählt und nie nach dem Kernel dazu gefragt.`,
  "means.KERNEL_NOT_ASKED": "Das Startprogramm läuft nicht, oder es hat selbst kein Netz.",
  "means.KERNEL_NOT_ASKED-runs":
    "Das Startprogramm läuft: Es wartet an seinem Menü, oder es findet nicht, was seine Konfiguration nennt.",
  "means.KERNEL_NOT_ASKED-menu":
    "Sein Startprogramm ist stehen geblieben: Warum, steht auf dem Bildschirm des Computers.",
  "do.KERNEL_NOT_ASKED":
    "Sehen Sie auf den Bildschirm des Computers. Vergleichen Sie die Adresse in der Konfiguration des Startprogramms (`media pxe --url`) mit der dieses Servers; kennt iPXE die Netzwerkkarte nicht, lassen Sie es die der Firmware benutzen (snponly.efi, undionly.kpxe).",
  "do.KERNEL_NOT_ASKED-menu": "Sehen Sie auf den Bildschirm des Computers.",

  "seen.WAITS_AT_MENU": (p) => `Er zeigt das Menü ${p.title}, und nichts wurde gewählt.`,
  "means.WAITS_AT_MENU":
    "Er wartet auf jemanden an der Tastatur: Das Menü hat keine Frist, oder jemand hat sie angehalten.",
  "do.WAITS_AT_MENU":
    "Wählen Sie am Computer, oder geben Sie dem Menü in der Datei von `--menu` ein `timeout` und ein `default`.",
  "seen.menu-refused": (p) => `Er hat ${p.title} aus seinem Menü gewählt und wurde abgewiesen: ${p.reason}.`,
  "means.MENU_REFUSED": "Der Eintrag verlangt Namen und Kennwort und bekam keine seiner Benutzer.",
  "do.MENU_REFUSED":
    "Versuchen Sie es erneut: Nach einigen Fehlern muss man warten, bis zu fünf Minuten. `lifeboat pxe password` macht, was in der Datei von `--menu` für ein neues Kennwort steht.",

  "seen.RESCUE_NOT_UP": "Er hat den Kernel und das initramfs geladen und dann nichts mehr.",
  "seen.RESCUE_NOT_UP-kernel": "Er hat den Kernel geladen, aber kein initramfs, und dann nichts mehr.",
  "means.RESCUE_NOT_UP":
    "Der Kernel läuft auf diesem Computer nicht, hat keinen Treiber für seine Netzwerkkarte oder bekam kein zweites Mal eine Adresse. (Ein System, das nicht von Lifeboat ist, läuft vielleicht doch: Es sagt nichts.)",
  "means.RESCUE_NOT_UP-kernel": "Das Startprogramm blieb stehen, bevor das initramfs da war.",
  "do.RESCUE_NOT_UP":
    "Sehen Sie auf den Bildschirm des Computers. Eine Karte, die Firmware braucht, will einen Satz ohne `--no-firmware`; ein Spanning Tree, der einen Port 30 Sekunden zuhält, will Port Fast.",

  "seen.TOO_LITTLE_MEMORY": (p) =>
    `Er hat ${bytes(p.memory)} Arbeitsspeicher, und das Rettungssystem ist nicht hochgekommen.`,
  "means.TOO_LITTLE_MEMORY": (p) =>
    `Alles, was vom Netz geladen wird, liegt im Arbeitsspeicher: Mindestens ${bytes(p.least)} sind nötig, 2 GiB für den Bildschirm.`,
  "do.TOO_LITTLE_MEMORY": "Starten Sie ihn von einem Stick, der weniger braucht, oder bauen Sie Speicher ein.",
  "means.TOO_LITTLE_MEMORY-menu":
    "Was vom Netz gestartet wird, liegt im Arbeitsspeicher, und der reicht dafür nicht; es wurde nichts geladen.",
  "do.TOO_LITTLE_MEMORY-menu":
    "Starten Sie ihn von einem Stick, der weniger braucht, bauen Sie Speicher ein, oder berichtigen Sie `memory` dieses Eintrags in der Datei von `--menu`.",

  "seen.machine-says": (p) => `Der Computer sagt: ${p.text} (${p.code}).`,
  "means.MACHINE_PROBLEM": "Darauf ist das Rettungssystem auf dem Computer selbst gestoßen.",
  "do.MACHINE_PROBLEM": "Sein Bildschirm oder seine serielle Leitung sagt mehr. docs/errors.md führt die Codes auf.",
};
