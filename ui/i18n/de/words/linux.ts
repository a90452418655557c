import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(deLocale);

const card = (isWireless: boolean): string => (isWireless ? "WLAN-Karte" : "Netzwerkkarte");
const madeBy = (maker: string): string =>
  `${maker === "" ? "Wovon es gemacht wird, ist hier nicht bekannt" : `Gemacht wird es von ${maker}, das hier nicht bekannt ist`}: Wo der Datenträger des neuen Computers einen davon braucht, startet dieses System nicht`;

export const linuxWords: SentencesOf<"linux"> = {
  "linux.is": (p) => `${p.old} ist ${p.name}`,
  "linux.not-there": (p) => `${p.device} ist nicht mehr da`,
  "linux.in-file": (p) => `${p.path}: ${p.problem}`,
  "linux.other-disk": "es war auf einem anderen Datenträger als das System",
  "linux.whole-disk": "es nennt einen Datenträger als Ganzes",
  "linux.no-partition": (p) => `dieser Datenträger hat kein Volume in einer Partition ${p.number}`,
  "linux.partition-holds": (p) => `Partition ${p.number} enthält ${p.filesystem}`,
  "linux.no-uuid": "es hat keine UUID",
  "linux.filesystem-no-uuid": "sein Dateisystem hat keine UUID",
  "linux.unmounted": (p) => `${p.folder} (${p.device}): ${p.why}`,
  "linux.elsewhere": "es ist auf keinem Volume dieses Datenträgers, das geöffnet werden kann",
  "linux.link-to-root": "ein Link führt zur Wurzel",
  "linux.no-filesystem": (p) => `kein Treiber für ${p.filesystem}`,
  "linux.fstab": (p) =>
    `Nach UUID einhängen, nicht nach den Namen, die Geräte auf dem alten Computer hatten: ${p.list.join(", ")}`,
  "linux.fstab-missing": "Es gibt keine /etc/fstab: Dieses System hängt nach den Typen seiner Partitionen ein",
  "linux.fstab-unknown": (p) =>
    `/etc/fstab hängt ${p.device} in ${p.folder} ein, und was das hier bedeutet, ist nicht bekannt: ${p.why}`,
  "linux.fstab-unknown-swap": (p) =>
    `/etc/fstab benutzt ${p.device} als Auslagerungsspeicher, und was das hier bedeutet, ist nicht bekannt: ${p.why}`,
  "linux.fstab-options": (p) => `/etc/fstab nennt ${p.device} in den Optionen von ${p.folder}`,
  "linux.fstab-elsewhere": (p) =>
    `/etc/fstab hängt ${p.device} in ${p.folder} ein, das nicht auf diesem Datenträger ist: Dort bleibt der Start stehen, wenn die Zeile nicht die Option nofail bekommt`,
  "linux.fstab-elsewhere-swap": (p) =>
    `/etc/fstab benutzt ${p.device} als Auslagerungsspeicher, der nicht auf diesem Datenträger ist: Jeder Start wartet darauf`,
  "linux.crypttab": (p) =>
    `Verschlüsselte Volumes öffnen, wo immer ihr Datenträger angeschlossen ist: ${p.list.join(", ")}`,
  "linux.crypttab-unknown": (p) =>
    `/etc/crypttab öffnet ${p.device} als ${p.name}${p.isScratch ? ", das bei jedem Start überschrieben wird" : ""}, und was das hier bedeutet, ist nicht bekannt: ${p.why}`,
  "linux.key-unknown": (p) =>
    `Der Schlüssel von ${p.name} in /etc/crypttab liegt auf ${p.device}, und was das hier bedeutet, ist nicht bekannt: ${p.why}`,
  "linux.opened-early": (p) => `${p.name} wird geöffnet, bevor die Wurzel da ist`,
  "linux.resume": (p) => `Aus Auslagerungsspeicher aufwachen, den es gibt: ${p.list.join(", ")}`,
  "linux.raid":
    "Teile von RAID auf allen Datenträgern suchen, nicht unter den Namen, die sie auf dem alten Computer hatten",
  "linux.raid-members": "RAID mit Teilen auf anderen Datenträgern startet ohne die, die nicht da sind",
  "linux.lvm-devices":
    "LVM auf allen Datenträgern nachsehen lassen: Seine Liste nennt die Datenträger des alten Computers",
  "linux.lvm-filter": "LVM auf allen Datenträgern nachsehen lassen: Der Filter nennt die des alten Computers",
  "linux.multipath": (p) =>
    `${p.path} nennt Datenträger des alten Computers (${p.count}); multipath übergeht sie, wenn sie nicht da sind`,
  "linux.multipath-bound": (p) =>
    `${p.path} ist an bestimmte Datenträger gebunden: Sehen Sie es durch, wenn dieses System hier multipath benutzen soll`,
  "linux.arguments": (p) => `Das System nach UUID starten: ${p.list.join(", ")}`,
  "linux.arguments-room": (p) => `${p.path} hat keinen Platz für Namen, die bleiben`,
  "linux.argument-gone": (p) => `${p.argument} ist auf keinem Volume dieses Datenträgers`,
  "linux.argument-why": (p) => `${p.argument}: ${p.why}`,
  "linux.argument-no-uuid": (p) => `${p.argument} hat keine UUID`,
  "linux.argument-resume": (p) => `${p.argument} entfällt, da es solchen Auslagerungsspeicher nicht gibt`,
  "linux.grub-uuid":
    "GRUB die Wurzel bei ihrer UUID nennen lassen, auch wenn seine Konfiguration später neu gemacht wird",
  "linux.esp-unmounted": (p) =>
    `Die EFI-Systempartition ${p.number} ist nirgends in diesem System eingehängt, und ihr Inhalt wurde nicht auf Namen von Geräten durchgesehen`,
  "linux.card-named": (p) =>
    `Die Karte ${p.mac}${p.name === "" ? "" : ` (${p.name})`} ${p.called} nennen, wie die des alten Computers hieß, damit ihre Netzwerkeinstellungen gelten`,
  "linux.card-only": (p) =>
    `Die einzige ${card(p.isWireless)} ${p.called} nennen, wie die des alten Computers hieß, damit ihre Netzwerkeinstellungen gelten; gibt es hier mehrere, bekommt sie die erste, die gefunden wird`,
  "linux.card-instead": (p) => `Für die Karte ${p.mac} bestimmen, anstelle von ${p.old}`,
  "linux.card-new": (p) => `Für die Karte ${p.mac} bestimmen, anstelle der des alten Computers`,
  "linux.card-any": (p) => `Für die Karte bestimmen, die da ist, gleich mit welcher Adresse; es war ${p.old}`,
  "linux.card-match": (p) => `Für die Karte bestimmen, die da ist, gleich mit welcher Adresse: ${p.list.join(", ")}`,
  "linux.cards": "Für die Karten dieses Computers bestimmen, anstelle derer des alten",
  "linux.cards-listed": (p) => `Für die Karten dieses Computers bestimmen: ${p.list.join(", ")}`,
  "linux.card-whichever": (p) => `${p.old} ist die, die ${p.name} heißt`,
  "linux.cards-named":
    "Die Karten dieses Computers so nennen, wie die des alten hießen, und die vergessen, die nicht da sind",
  "linux.card-unknown": (p) =>
    `Es gibt Netzwerkeinstellungen für die ${card(p.isWireless)} ${p.card}, und welche an ihre Stelle tritt, muss gesagt werden: ${p.choice}`,
  "linux.here-unknown": "welche Karten dieser Computer hat, ist nicht bekannt",
  "linux.here-none": "dieser Computer hat keine",
  "linux.here": (p) => `dieser Computer hat ${p.cards}`,
  "linux.udev-rules": (p) =>
    `${p.path} hat Regeln für Geräte des alten Computers, nach Seriennummer oder Anschluss; hier tun sie nichts`,
  "linux.barred": (p) =>
    `${p.path} hält das System davon ab, ${p.list.join(", ")} zu laden: Von einem Datenträger, der das braucht, startet es nicht`,
  "linux.graphics": (p) =>
    `${p.path} ist für die Grafik des alten Computers: Bleibt der Bildschirm dunkel, nehmen Sie die Datei weg`,
  "linux.unified": (p) =>
    `${p.path} ist ein Kernel mit seinem initramfs darin: Was ihn macht (mkinitcpio, dracut --uefi, ukify), muss ihn neu machen, sonst startet er mit den Treibern des alten Computers`,
  "linux.and-more": (p) => `${p.list.join(", ")} und noch ${p.others}`,
  "linux.no-kernel":
    "Es wurde kein Kernel mit Modulen gefunden, also lässt sich über die Treiber beim Start nichts sagen",
  "linux.part-missing": (p) =>
    `Das initramfs kann nicht neu gemacht werden, da ein Teil des Systems nicht da ist: ${p.what}`,
  "linux.start-file": (p) => `Das initramfs des Kernels ${p.version} neu machen, mit Treibern für alle Hardware`,
  "linux.start-file-lacks": (p) =>
    `Das initramfs des Kernels ${p.version} neu machen, mit Treibern für alle Hardware; es fehlen ${p.drivers}`,
  "linux.start-files": (p) => p.list.join(". "),
  "linux.start-unread": (p) => `Das initramfs des Kernels ${p.version} ließ sich nicht lesen. ${madeBy(p.maker)}`,
  "linux.start-lacks": (p) =>
    `Im initramfs des Kernels ${p.version} fehlen diese Treiber: ${p.drivers}. ${madeBy(p.maker)}`,
  "linux.start-missing": (p) =>
    `Das initramfs des Kernels ${p.version} ist nicht da, und dem Kernel selbst fehlen diese Treiber: ${p.drivers}. ${madeBy(p.maker)}`,
  "linux.boot-full": (p) =>
    `/boot hat nur ${bytes(p.free)} frei, und ein initramfs für alle Hardware kann ${bytes(p.size)} brauchen: Passt eines nicht, bleibt das alte`,
  "linux.modules-most":
    "Die Treiber aller üblichen Hardware ins initramfs aufnehmen, nicht nur die des alten Computers",
  "linux.hook":
    "Die Treiber aller Arten von Datenträgern ins initramfs aufnehmen, auch wenn es später neu gemacht wird",
  "linux.dracut":
    "Das initramfs für alle Hardware machen lassen, nicht nur die des alten Computers, auch wenn es später neu gemacht wird",
  "linux.containers":
    "Das initramfs öffnet alle LVM, LUKS und RAID, die es findet (rd.auto=1), da die Wurzel in so etwas liegt",
  "linux.autodetect": "Den Hook `autodetect` weglassen, damit das initramfs die Treiber aller Hardware enthält",
  "linux.preset": "Auch das gewöhnliche initramfs für alle Hardware machen",
  "linux.no-block":
    "/etc/mkinitcpio.conf hat den Hook `block` nicht, also enthält das initramfs keine Treiber von Datenträgern außer denen in MODULES",
  "linux.relabel":
    "SELinux alle Dateien neu kennzeichnen lassen: Der erste Start dauert einige Minuten länger und endet in einem zweiten",
};
