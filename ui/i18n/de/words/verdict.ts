import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number } = createFormat(deLocale);

const ANSWERS = {
  ...{ "will-boot": "startet", "will-boot-after": "startet nach Änderungen" },
  ...{ "will-not-boot": "startet nicht", unknown: "unbekannt" },
} as const;
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

export const verdictWords: SentencesOf<"verdict" | "next"> = {
  "verdict.bcd-elsewhere":
    "Die Liste dessen, was der Start-Manager von Windows startet (Boot\\BCD), wurde auf diesem Volume nicht gefunden; vielleicht ist sie auf dem, das als aktiv markiert ist",
  "verdict.grub-half": "Der erste Sektor von GRUB ist da, aber nicht der Teil, den er lädt",
  "verdict.no-active": "Keine Partition ist als aktiv markiert, also findet ein BIOS nichts, was es starten könnte",
  "verdict.boot-code-unknown":
    "Was ein BIOS von diesem Datenträger startet, kennt Lifeboat nicht: Ob es mit diesem System weitergeht, lässt sich nicht sagen",
  "verdict.boot-code-other": (p) =>
    `Was ein BIOS von diesem Datenträger startet, ist von ${p.name}: Ob es mit diesem System weitergeht, lässt sich nicht sagen`,
  "verdict.boot-code-old-table": "Die Partitionstabelle wird von anderer Art, und der Startcode davor ist für die alte",
  "verdict.boot-code-old-ids":
    "Ein GRUB im Startbereich für BIOS kann die alten Kennungen fest eingebaut haben, und es werden neue vergeben",
  "verdict.uefi-only":
    "Es ist für UEFI gemacht: Auf dem Datenträger ist nichts, was ein BIOS, mit dem dieser Computer gestartet wurde, ausführen könnte",
  "verdict.bios-sectors": (p) =>
    `Ein BIOS startet nicht von einem Datenträger mit Sektoren von ${number(p.sectorSize)} Byte`,
  "verdict.bios-nvme":
    "Viele Computer starten von NVMe nur mit UEFI; ob das BIOS von diesem es kann, lässt sich nicht sagen",
  "verdict.sectors-unfit": (p) =>
    `Partition ${p.number} geht nicht auf den Sektoren von ${number(p.sectorSize)} Byte, die ${p.disk} hat: ${p.why}`,
  "verdict.sectors-converted": (p) =>
    `Der Datenträger hat Sektoren von ${number(p.sectorSize)} Byte, das Abbild von ${number(p.oldSectorSize)}: Die Partitionen werden neu angeordnet`,
  "verdict.mbr-reach": (p) =>
    `Eine MBR-Partitionstabelle reicht bis ${bytes(p.most)}; ${p.disk} hat ${bytes(p.size)}, und was dahinter liegt, bleibt ungenutzt`,
  "verdict.bitlocker":
    "Windows ist mit BitLocker verschlüsselt: Auf einem anderen Computer, und wenn sich Firmware oder Startdateien ändern, fragt es einmal nach dem Wiederherstellungsschlüssel",
  "verdict.luks-tpm":
    "Es wird von einem Schlüssel im TPM des alten Computers geöffnet: Auf einem anderen fragt es nach einem Kennwort oder einem Wiederherstellungsschlüssel",
  "verdict.firmware-unseen":
    "Dieser Computer wurde nicht mit UEFI gestartet, und von einem BIOS ist nichts zu sehen: Platinen und manche virtuelle Maschinen starten ein System auf eigene Weise",
  "verdict.no-uefi":
    "Die Firmware dieses Computers ist ein BIOS, das UEFI nicht kennt, und das System würde für UEFI vorbereitet",
  "verdict.made-for-bios":
    "Dieser Computer wurde jetzt mit UEFI gestartet; das System würde für BIOS (auch Legacy oder CSM) vorbereitet",
  "verdict.made-for-uefi":
    "Dieser Computer wurde jetzt mit BIOS (auch Legacy oder CSM) gestartet; das System würde für UEFI vorbereitet",
  "verdict.grub-some-slots": (p) =>
    `${p.grub} öffnet das LUKS von Partition ${p.number} nur mit dem Kennwort der ${p.count === 1 ? "Schlüsselstelle" : "Schlüsselstellen"} ${p.slots}: Die anderen nutzen Argon2, das es nicht kennt`,
  "verdict.grub-no-argon2": (p) =>
    `Es startet nicht, weil ${p.grub} das LUKS von Partition ${p.number} nicht öffnen kann, in dem seine eigenen Dateien liegen: Alle Schlüssel nutzen Argon2, das GRUB erst ab 2.14 kennt. Auf das richtige Kennwort antwortet es „Invalid passphrase“`,
  "verdict.grub-argon2-memory": (p) =>
    `${p.grub} muss das LUKS von Partition ${p.number} öffnen, dessen Schlüssel Argon2 mit 1 GiB Speicher oder mehr nutzen: Viele Computer haben kein so großes freies Stück, und dann antwortet es „Invalid passphrase“`,
  "verdict.root-name": (p) => `Das Startmenü nennt die Wurzel ${p.name}`,
  "verdict.mount-name": (p) => `Das System hängt ${p.folder} als ${p.name} ein`,
  "verdict.name-old-disk": (p) => `${p.what}: Das meint den alten Datenträger oder seinen alten Platz`,
  "verdict.root-missing": (p) =>
    `${p.what}: Das ist auf keinem Volume dieses Datenträgers, das angesehen werden konnte`,
  "verdict.root-elsewhere": (p) =>
    `${p.what}: Das ist auf keinem Volume dieses Datenträgers, das angesehen werden konnte. Es startet nur, wenn das gefunden wird`,
  "verdict.volume-elsewhere": (p) =>
    `${p.what}: Das ist auf keinem Volume dieses Datenträgers, das angesehen werden konnte. Es startet nicht wie gewohnt, wenn das nicht auf einem anderen Datenträger des Computers ist`,
  "verdict.name-old-table": (p) =>
    `${p.what}: Mit der neuen Art der Partitionstabelle bekommen Partitionen andere Kennungen`,
  "verdict.name-other-here": (p) => `${p.what}: Hier heißt dieser Datenträger ${p.disk}`,
  "verdict.name-unsure": (p) => `${p.what}: Das kann ein anderer Datenträger dieses Computers sein`,
  "verdict.network-names": (p) =>
    `Die Netzwerkeinstellungen sind für ${p.old}; dieser Computer hat ${p.names}: Bis das geändert ist, startet es ohne Netzwerk`,
  "verdict.network-driver": (p) =>
    `Der Kernel hat keinen Treiber für die Netzwerkkarte ${p.name}${p.id === "" ? "" : ` (${p.id})`}`,
  "verdict.no-kernel": "Welcher Kernel gestartet wird, war nicht herauszufinden",
  "verdict.disk-unplaced": (p) =>
    `An welchem Controller ${p.disk} hängen wird, ist nicht bekannt, also auch nicht, welcher Treiber nötig ist`,
  "verdict.kernels-differ": (p) =>
    `Welcher der Kernel startet, lässt sich nicht sagen, und sie unterscheiden sich: ${p.kernels.join("; ")}`,
  "verdict.kernel": (p) => `${p.version}: ${ANSWERS[p.answer]}`,
  "verdict.initramfs-missing": (p) => `Das Startmenü lädt ${p.file} mit dem Kernel ${p.version}, und das ist nicht da`,
  "verdict.modules-missing": (p) =>
    `Wofür der Kernel ${p.version} Treiber hat, lässt sich nicht sagen: Die Liste seiner Module ist nicht da`,
  "verdict.driver-built-in": (p) =>
    `Der Kernel ${p.version} hat den Treiber ${p.driver} eingebaut; ob er für ${p.device} neu genug ist, lässt sich nicht sagen`,
  "verdict.initramfs-unread": (p) =>
    `Ob der Treiber ${p.driver} für ${p.device} beim Start da ist, lässt sich nicht sagen: ${p.why}`,
  "verdict.initramfs-no-tool": (p) =>
    `Der Treiber ${p.driver} für ${p.device} ist beim Start nicht da, und das System hat kein Programm, das ihn bereitstellt`,
  "verdict.driver-late": (p) =>
    `Der Treiber ${p.driver} für ${p.device} ist im System, aber nicht in dem, was beim Start geladen wird (initramfs)`,
  "verdict.driver-untold": (p) =>
    `Ob der Kernel ${p.version} einen Treiber für ${p.device} hat, lässt sich nicht sagen${p.driver === "" ? "" : `; hier ist es ${p.driver}`}`,
  "verdict.driver-missing": (p) =>
    `Der Kernel ${p.version} hat keinen Treiber für ${p.device}${p.driver === "" ? "" : ` (hier ist es ${p.driver})`}: Er würde seinen Datenträger nicht finden`,
  "verdict.any-of": (p) => p.list.join(" oder "),
  "verdict.scsi-disks": "SCSI- und SATA-Datenträger",
  "verdict.other-device": (p) => `das Gerät ${p.address} (${p.bus})`,
  "verdict.raid-member":
    "Seine Wurzel liegt auf einem Linux-RAID aus mehreren Datenträgern: Es startet, wenn genug davon im Computer sind",
  "verdict.root-tools": (p) =>
    `Seine Wurzel liegt in ${p.container}, und was mit dem Kernel ${p.version} geladen wird, scheint die Programme dafür nicht zu haben`,
  "verdict.memory": (p) =>
    `Der Computer hat ${bytes(p.have)} Speicher; unter ${bytes(p.least)} startet es vielleicht nicht`,
  "verdict.processor-unknown": "Für welche Art von Prozessor es ist, lässt sich nicht sagen",
  "verdict.processor": (p) =>
    `Es ist ein System für Prozessoren der Art ${p.wanted}; dieser Computer hat einen der Art ${p.own}`,
  "verdict.processor-uefi": "Es ist ein System mit 32 Bit, das eine Firmware mit 64 Bit nicht mit UEFI startet",
  "verdict.processor-level": (p) =>
    `Es braucht einen Prozessor der Stufe x86-64-v${p.level}; ${p.name} hat ${p.own === 0 ? "eine unbekannte" : `v${p.own}`}`,
  "verdict.loader": (p) => `das Startprogramm ${p.path}`,
  "verdict.kernel-program": (p) => `der Kernel ${p.version}`,
  "verdict.secure-made-unsigned":
    "Secure Boot ist an, und ein Startprogramm, das für dieses System gemacht wird, wäre nicht signiert",
  "verdict.secure-forbidden": (p) =>
    `Secure Boot ist an, und dieser Computer verbietet ausdrücklich: ${p.program}. Es ist zu alt`,
  "verdict.secure-revoked": (p) => `Secure Boot ist an, und dieser Computer verbietet: ${p.program}. Es ist zu alt`,
  "verdict.secure-unsigned": (p) =>
    `Secure Boot ist an, und ${p.program} ist nicht signiert oder wurde seitdem geändert`,
  "verdict.secure-unsure": (p) =>
    `Secure Boot ist an, und wem dieser Computer vertraut, war nicht zu lesen; ${p.program} ist signiert von ${p.signer || "jemandem"}`,
  "verdict.secure-untrusted": (p) =>
    `Secure Boot ist an, und ${p.program} ist signiert von ${p.signer || "jemandem"}: Dem vertraut dieser Computer nicht`,
  "verdict.secure-untrusted-shim": (p) =>
    `Secure Boot ist an, und ${p.program} ist signiert von ${p.signer || "jemandem"}: Dem vertrauen weder shim noch dieser Computer`,
  "verdict.secure-grub-alone":
    "Secure Boot ist an, und GRUB wird ohne shim gestartet: Ob es den Kernel startet, lässt sich nicht sagen",
  "verdict.secure-old": (p) =>
    `Secure Boot ist an, und ${p.program} ist älter, als dieser Computer erlaubt (${p.line})`,
  "verdict.loader-foreign": (p) =>
    `Es hat ein UEFI-Startprogramm für ${p.kinds}; die Firmware dieses Computers führt Programme für ${p.own} aus`,
  "verdict.no-esp":
    "Für dieses System gibt es keine EFI-Systempartition, die UEFI, mit dem dieser Computer startet, benutzen könnte",
  "verdict.no-loader":
    "Für dieses System gibt es kein Startprogramm, das UEFI, mit dem dieser Computer startet, benutzen könnte",
  "verdict.no-room": (p) => `${p.why}, und hinter der letzten Partition ist kein Platz dafür (${bytes(p.least)})`,
  "verdict.no-parts": (p) => `${p.why}, und das System hat nicht, woraus eines gemacht wird`,
  "verdict.bcd-missing":
    "Der Start-Manager von Windows ist da, aber nicht die Liste dessen, was er startet (EFI/Microsoft/Boot/BCD)",
  "verdict.grub-settings":
    "GRUB ist auf der EFI-Systempartition, aber nicht die Einstellungen (grub.cfg), die es dort sucht: Vielleicht bleibt es bei seiner Eingabe stehen",
  "verdict.no-entry": (p) =>
    `Der Firmware dieses Computers muss gesagt werden, dass es ${p.path} gibt: Wo sie von selbst sucht, ist für dieses System nichts`,
  "verdict.windows-mbr": "Mit UEFI startet Windows von einem Datenträger mit GPT; dieser hat einen MBR",
  "verdict.windows-new-table":
    "Die Partitionstabelle wird von anderer Art, und die Startliste von Windows (BCD) benennt Partitionen nach ihr",
  "verdict.windows-new-ids":
    "Datenträger und Partitionen bekommen neue Kennungen; nach den alten kennt sie die Startliste von Windows (BCD)",
  "verdict.windows-7": (p) =>
    `${p.name} bleibt bei „Windows wird gestartet“ stehen, wo UEFI keinen BIOS-Teil (CSM) für die Grafik hat; ob dieser Computer ihn hat, lässt sich nicht sagen`,
  "verdict.hibernated-fixed":
    "Windows ging in den Ruhezustand (Schnellstart): Darin wird nichts geändert, also wird es nicht für andere Hardware vorbereitet",
  "verdict.hibernated":
    "Windows ging in den Ruhezustand (Schnellstart): Auf anderer Hardware kann es nicht weitermachen, wo es war, und startet neu oder fragt nach",
  "verdict.registry-unread": (p) => `Welche Treiber es hat, lässt sich nicht sagen: ${p.why}`,
  "verdict.disk-unknown": (p) => `Woran ${p.disk} hängt, kennt Lifeboat nicht`,
  "verdict.windows-usb": (p) => `Windows startet von ${p.device} nur, wenn es dafür gemacht wurde`,
  "verdict.service-off": (p) =>
    `Windows hat den Treiber ${p.driver} für ${p.device}, aber er wird nicht früh genug gestartet: Ohne Änderung bleibt es stehen mit ${p.stop}`,
  "verdict.driver-found": (p) =>
    `Windows hat keinen Treiber für ${p.device}; in den angegebenen Ordnern wurde einer gefunden`,
  "verdict.driver-unsure": (p) =>
    `Windows hat einen Treiber ${p.driver}; ob er für ${p.device} ist und rechtzeitig geladen wird, lässt sich nicht sagen`,
  "verdict.windows-no-driver": (p) =>
    `${p.name} hat keinen Treiber für ${p.device} und würde seinen Datenträger nicht finden (${p.stop})`,
  "verdict.unseen": (p) => `Was darin ist, konnte nicht angesehen werden: ${p.what}`,
  "verdict.no-system": "Es wurde kein installiertes Linux oder Windows gefunden: Es gibt nichts, was starten könnte",
  "next.either": (p) => capital(p.parts.join("; oder ")),
  "next.repair": "Lassen Sie es reparieren",
  "next.make-bios": "lassen Sie es für BIOS vorbereiten",
  "next.make-uefi": "lassen Sie es für UEFI vorbereiten",
  "next.set-uefi": "stellen Sie die Firmware auf UEFI",
  "next.set-bios": "stellen Sie die Firmware auf BIOS (Legacy, CSM), wenn sie es kann",
  "next.uefi-or-512": "Starten Sie mit UEFI, oder wählen Sie einen Datenträger mit Sektoren von 512 Byte",
  "next.uefi-if": "Starten Sie mit UEFI, wenn der Computer es kann",
  "next.sectors": (p) => `Wählen Sie einen Datenträger mit Sektoren von ${number(p.sectorSize)} Byte`,
  "next.to-gpt": "Wählen Sie in der Aufteilung eine GPT, wenn der Computer mit UEFI startet",
  "next.recovery-key":
    "Halten Sie den Wiederherstellungsschlüssel bereit (48 Ziffern; aka.ms/myrecoverykey), bevor Sie beginnen",
  "next.pass-phrase": "Halten Sie eines davon bereit, bevor Sie beginnen",
  "next.no-uefi": "Lassen Sie es so, wie es ist, oder wählen Sie BIOS",
  "next.set-bios-if": "Stellen Sie die Firmware auf BIOS (auch Legacy oder CSM), wenn sie es kann",
  "next.set-uefi-if": "Stellen Sie die Firmware auf UEFI, wenn sie es kann",
  "next.convert-slot":
    "Stellen Sie die Schlüsselstelle, deren Kennwort GRUB annehmen soll, auf PBKDF2 um, oder legen Sie /boot auf eine eigene Partition, die nicht verschlüsselt ist",
  "next.names": "Lassen Sie es auf anderer Hardware starten: Aus den Namen werden UUIDs",
  "next.name-disk": "Wählen Sie einen Datenträger dieses Computers",
  "next.initramfs-put": "Lassen Sie es auf anderer Hardware starten: Dann ist er da",
  "next.initramfs":
    "Lassen Sie es auf anderer Hardware starten: Das initramfs wird mit Treibern für alle Hardware neu gemacht",
  "next.newer-kernel":
    "Installieren Sie im System einen neueren Kernel, bevor es gesichert wird, oder nehmen Sie einen Datenträger an einem anderen Controller",
  "next.set-bios-has": "Stellen Sie die Firmware auf BIOS (Legacy, CSM), wenn sie es kann",
  "next.secure-off": "Schalten Sie Secure Boot in der Firmware aus",
  "next.secure-allow":
    "Erlauben Sie das Zertifikat in der Firmware (oft „3rd party UEFI CA“ genannt), oder schalten Sie Secure Boot aus",
  "next.secure-enrol": "Schalten Sie Secure Boot in der Firmware aus, oder nehmen Sie den Schlüssel mit mokutil auf",
  "next.secure-update":
    "Schalten Sie Secure Boot in der Firmware für einen Start aus, und aktualisieren Sie das Startprogramm des Systems",
  "next.larger-disk": "Wählen Sie einen größeren Datenträger, oder lassen Sie Partitionen kleiner werden",
  "next.entry": "Lassen Sie den Eintrag machen: Eine Reparatur tut das",
  "next.gpt": "Wählen Sie in der Aufteilung eine GPT",
  "next.bcd": "Lassen Sie es auf anderer Hardware starten: Die Namen werden berichtigt",
  "next.ids": "Lassen Sie es auf anderer Hardware starten, oder behalten Sie die Kennungen",
  "next.discard":
    "Lassen Sie die Sitzung im Ruhezustand verwerfen, oder fahren Sie Windows ganz herunter und sichern Sie es erneut",
  "next.shut-down": "Besser: Fahren Sie Windows ganz herunter (shutdown /s /t 0) und sichern Sie es erneut",
  "next.service": "Lassen Sie es auf anderer Hardware starten: Der Treiber wird eingeschaltet",
  "next.driver-use": "Lassen Sie es auf anderer Hardware starten: Dann wird er benutzt",
  "next.driver-give": (p) =>
    `Nötig ist: ${p.pack} für ${p.id}, dem Rettungsmedium beim Erstellen mitgegeben; ${p.other}`,
  "next.maker-driver": "der Treiber des Herstellers",
  "next.or-no-vmd": "oder schalten Sie VMD in der Firmware aus: Der Datenträger ist dann gewöhnliches NVMe",
  "next.or-ahci": "oder stellen Sie SATA in der Firmware auf AHCI, wenn kein RAID in Gebrauch ist",
  "next.or-sata": "oder schließen Sie den Datenträger mit SATA an",
  "next.or-other-controller": "oder nehmen Sie einen Datenträger an einem anderen Controller",
  "next.nvme-7": "Nehmen Sie einen SATA-Datenträger, oder den NVMe-Treiber des Herstellers für Windows 7",
};
