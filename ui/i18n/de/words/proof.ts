import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, duration } = createFormat(deLocale);

export const proofWords: SentencesOf<"proof" | "proved"> = {
  "proof.stage-nothing": "davon war nichts zu sehen",
  "proof.stage-firmware": "die Firmware",
  "proof.stage-boot-loader": "das Startprogramm",
  "proof.stage-kernel": "der Kernel",
  "proof.stage-initramfs": "die Startdateien des Kernels (initramfs)",
  "proof.stage-root": "das System auf seinem Wurzel-Dateisystem",
  "proof.stage-up": "eine Anmeldung oder ein Desktop",
  "proof.the-system": "Das System",
  "proof.its-root": "sein Wurzel-Dateisystem",
  "proof.desktop": (p) => `${p.system} läuft: Ein Desktop oder seine Anmeldung ist zu sehen.`,
  "proof.login": (p) => `${p.system} läuft: Man kann sich anmelden.`,
  "proof.up-failed": (p) => `${p.up} Diese Dienste davon schlugen fehl: ${p.services}.`,
  "proof.unknown": "Wie weit es kam, ist nicht bekannt.",
  "proof.no-efi-loader":
    "Die UEFI-Firmware fand kein Startprogramm: Der Datenträger hat keine EFI-Systempartition mit einem, das sie starten könnte.",
  "proof.bios-nothing": "Das BIOS fand auf dem Datenträger nichts zu starten, oder was es startete, fand nichts.",
  "proof.no-boot-program":
    "Der erste Sektor des Datenträgers enthält kein Startprogramm: Ein BIOS hat nichts zu starten.",
  "proof.loader-lost-root":
    "Das Startprogramm sucht ein Dateisystem, das nicht auf diesem Datenträger ist: Seine UUID wurde geändert, oder ein anderer Datenträger fehlt.",
  "proof.loader-no-menu": "Das Startprogramm begann und fand kein Menü (grub.cfg): Es wartet auf Befehle.",
  "proof.loader-file": "Das Startprogramm begann, und ihm fehlt eine Datei, die es braucht.",
  "proof.loader-error": "Das Startprogramm begann und blieb mit einem Fehler stehen.",
  "proof.kernel-missing": "Das Startprogramm begann, und der Kernel, den sein Menü nennt, ist nicht da.",
  "proof.kernel-panic": "Der Kernel begann und gab auf (kernel panic).",
  "proof.kernel-damaged": "Die Datei des Kernels ließ sich nicht entpacken: Sie ist beschädigt.",
  "proof.initramfs-missing":
    "Der Kernel begann ohne seine Startdateien (initramfs) und kam so nicht an das Wurzel-Dateisystem.",
  "proof.wrong-root": (p) =>
    `Der Kernel sollte das Wurzel-Dateisystem ${p.wanted} benutzen, und nichts auf diesem Datenträger heißt so: Der Name im Startmenü ist falsch, oder das Dateisystem ist auf einem anderen Datenträger.`,
  "proof.missing-driver": (p) =>
    `Nicht gefunden: ${p.wanted}. Der Kernel sah gar keinen Datenträger: In seinen Startdateien (initramfs) fehlt der Treiber für ${p.bus}.`,
  "proof.root-missing": (p) =>
    `Der Kernel sah den Datenträger, und seine Startdateien (initramfs) fanden darauf nicht: ${p.wanted}.`,
  "proof.root-not-mounted":
    "Das Wurzel-Dateisystem wurde gefunden und ließ sich nicht einhängen: Sein Treiber fehlt, oder es ist beschädigt.",
  "proof.asks-for-key":
    "Es kam bis zur Frage nach dem Kennwort eines verschlüsselten Volumes. Was danach kommt, wurde nicht probiert.",
  "proof.no-init": "Das Wurzel-Dateisystem wurde eingehängt und enthält kein System, das beginnen könnte (kein init).",
  "proof.emergency":
    "Das System begann und gab auf: Es ist im Notfallmodus, meist wegen eines Dateisystems in seiner fstab, das nicht da ist.",
  "proof.powered-off": "Es schaltete sich ab, bevor es lief.",
  "proof.restarts": "Es startet immer wieder neu und kommt nicht hoch.",
  "proof.time-over": (p) => `Es war noch unterwegs, als die Zeit um war. Es war gekommen bis: ${p.stage}.`,
  "proof.silent": (p) =>
    `${number(p.seconds)} Sekunden lang wurde nichts ausgegeben, gelesen oder gezeichnet. Es war gekommen bis: ${p.stage}.`,
  "proof.still-picture": (p) =>
    `Zu sehen ist ein Bild, das sich ${number(p.seconds)} Sekunden lang nicht änderte. Was es zeigt, beurteilen Sie.`,
  "proof.copy-full": "Es schrieb mehr, als in die Wegwerfkopie passt.",
  "proof.read-failed": "Der Datenträger, oder das Abbild, war nicht lesbar, wo es nötig war.",
  "proof.next-picture-log": "Sehen Sie sich Bild und Protokoll an.",
  "proof.next-look": "Sehen Sie sich Bild und Protokoll der seriellen Schnittstelle an.",
  "proof.next-services":
    "Sehen Sie nach, was fehlschlug: Hier gab es kein Netzwerk und andere Hardware, und manche Dienste brauchen sie.",
  "proof.next-nothing": "Es ist nichts zu tun.",
  "proof.next-repair": "Reparieren Sie das Startprogramm im Rettungssystem, und prüfen Sie den Start erneut.",
  "proof.next-repair-or-other":
    "Reparieren Sie das Startprogramm im Rettungssystem, und prüfen Sie den Start erneut. Vielleicht startet der Computer selbst auf die andere Art (BIOS oder UEFI).",
  "proof.next-kernel":
    "Bringen Sie den Kernel zurück (installieren Sie im Rettungssystem das Kernel-Paket des Systems neu), oder wählen Sie ein Abbild, das ihn hat.",
  "proof.next-verify-kernel": "Prüfen Sie das Abbild, oder installieren Sie das Kernel-Paket neu.",
  "proof.next-initramfs": "Machen Sie die Startdateien im Rettungssystem neu (update-initramfs, dracut, mkinitcpio).",
  "proof.next-root-name":
    "Berichtigen Sie root= im Startmenü (machen Sie grub.cfg neu), oder stellen Sie das Dateisystem wieder her, das es nennt.",
  "proof.next-drivers":
    "Machen Sie die Startdateien mit allen Treibern neu. Vielleicht hängt der Datenträger am Computer selbst an einem anderen Anschluss.",
  "proof.next-look-root":
    "Sehen Sie sich Bild und Protokoll der seriellen Schnittstelle an. Vielleicht fehlt in den Startdateien ein Treiber für das Dateisystem, LVM oder RAID.",
  "proof.next-check": "Prüfen Sie das Dateisystem, und machen Sie die Startdateien neu.",
  "proof.next-itself": "Startprogramm, Kernel und Startdateien sind gut. Der Rest zeigt sich am Computer selbst.",
  "proof.next-whole": "Sehen Sie in das Abbild: Ist das die richtige Partition, und ist sie vollständig?",
  "proof.next-fstab": "Berichtigen oder entfernen Sie diesen Eintrag von /etc/fstab (oder setzen Sie nofail dazu).",
  "proof.next-time":
    "Versuchen Sie es auf einem schnelleren Computer, oder mit `lifeboat boot prove --timeout` im Terminal.",
  "proof.next-still": "Sehen Sie sich das Bild an: Eine Anmeldung oder ein Desktop ist gut.",
  "proof.next-room": "Geben Sie ihm mehr Platz, mit `lifeboat boot prove --overlay` im Terminal.",
  "proof.next-verify": "Prüfen Sie das Abbild, oder den Zustand des Datenträgers.",
  "proof.both-bios": "der Datenträger lässt sich auf beide Arten starten, und dieser Computer hat ein BIOS",
  "proof.both-uefi": "der Datenträger lässt sich auf beide Arten starten, und dieser Computer hat UEFI",
  "proof.both-newer": "der Datenträger lässt sich auf beide Arten starten, und heutige Computer haben UEFI",
  "proof.has-efi-loader": "auf seiner EFI-Systempartition ist ein Startprogramm",
  "proof.has-boot-program": "sein erster Sektor hat ein Startprogramm, und für UEFI wurde keines gefunden",
  "proof.has-esp": "es gibt eine EFI-Systempartition, auch wenn darauf kein Startprogramm gefunden wurde",
  "proof.not-uefi": "nichts darauf sagt, dass er für UEFI ist",
  "proof.asked": "so war es verlangt",
  "proof.emulated": (p) => `der Prozessor wurde emuliert, was länger dauert: ${p.why}`,
  "proof.in-place": (p) =>
    `${p.loader} wurde gestartet, wie es ein Eintrag im Speicher der Firmware täte: Ohne ihn, wie auf einem anderen Computer, startet dieser Datenträger nicht (es gibt kein EFI/BOOT/BOOTX64.EFI)`,
  "proof.anew": (p) => `so oft startete die Maschine unterwegs neu: ${p.times}`,
  "proof.unread": (p) => `ein Teil davon war nicht lesbar: ${p.why}`,
  "proof.no-serial":
    "keinem seiner Kernel ließ sich sagen, auf die serielle Schnittstelle zu schreiben: Das Urteil kommt von Firmware und Bild",
  "proved.evidence": (p) => `  Zu sehen an: ${p.line}`,
  "proved.reached": (p) => `  Gekommen bis: ${p.stage}, nach ${duration(p.seconds)}`,
  "proved.system": (p) => `  System: ${p.system}`,
  "proved.next": (p) => `  Was zu tun ist: ${p.next}`,
  "proved.reason": (p) => `  ${p.reason}`,
  "proved.machine": (p) =>
    `  Maschine: ${p.firmware} (${p.because}), Datenträger an ${p.bus}, ${p.mib} MiB, ${p.isEmulated ? "emuliert" : "KVM"}, kein Netzwerk`,
  "proved.disk": (p) =>
    `  Datenträger: ${bytes(p.bytes)} gelesen; ${bytes(p.used)} geschrieben, nur in die Wegwerfkopie`,
  "proved.files": (p) => `  Dateien: ${p.files}`,
  "proved.said": "Unterwegs gesagt:",
  "proved.added": "In die Wegwerfkopie gebracht:",
  "proved.left": "Gelassen, wie es ist:",
};
