import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(deLocale);

export const problemWords: SentencesOf<"problem" | "part" | "firmware" | "installation"> = {
  "problem.BOOT_NO_PLACE": (p) => `${p.disk} hat keine ${p.what} und dafür nirgends ${bytes(p.need)} am Stück frei`,
  "problem.BOOT_NO_PLACE-next":
    "Schaffen Sie unter „Partitionen“ Platz und reparieren Sie noch einmal, oder lassen Sie die Firmware, wie sie war: Dann startet der Datenträger weiter wie bisher.",
  "problem.BOOT_GAP_TOO_SMALL": (p) => `GRUB braucht ${p.need} Byte, und ${p.where} von ${p.disk} hat ${p.have}`,
  "problem.BOOT_GAP_TOO_SMALL-next":
    "Verschieben Sie unter „Partitionen“ die erste Partition auf 1 MiB (verkleinern Sie sie vorher, wenn kein Platz ist), und reparieren Sie noch einmal.",
  "problem.BOOT_SECTORS_UNFIT": (p) => `Kein BIOS startet von ${p.disk}: Die Sektoren haben ${p.sectorSize} Byte`,
  "problem.BOOT_SECTORS_UNFIT-next": "Starten Sie diesen Datenträger mit UEFI.",
  "problem.BOOT_LOADER_MISSING": (p) => `${p.what} für ${p.system} wurde nirgends gefunden (gesucht in: ${p.looked})`,
  "problem.BOOT_LOADER_MISSING-next": "Benutzen Sie das Rettungssystem, das GRUB für BIOS und UEFI dabei hat.",
  "problem.BOOT_KERNEL_MISSING": (p) =>
    `${p.system} hat keinen Linux-Kernel in ${p.folder}: Kein Startprogramm kann es starten`,
  "problem.BOOT_KERNEL_MISSING-next":
    "Installieren Sie darin ein Kernel-Paket (chroot), oder stellen Sie die Boot-Partition aus einem Abbild wieder her, das eines hat.",
  "problem.BOOT_ESP_FULL": (p) =>
    `Die EFI-Systempartition ${p.partition} hat ${bytes(p.have)} frei, und ihre Startprogramme brauchen ${bytes(p.need)}`,
  "problem.BOOT_ESP_FULL-next":
    "Entfernen Sie Dateien, die kein System braucht, oder vergrößern Sie sie unter „Partitionen“.",
  "problem.BOOT_ENTRY_REFUSED": (p) => `Die Firmware hat ihren Starteintrag ${p.entry} nicht angenommen: ${p.reason}`,
  "problem.BOOT_ENTRY_REFUSED-next":
    "Wählen Sie diesen Datenträger im Startmenü der Firmware selbst. Nimmt sie gar keine Einträge an, räumen Sie dort alte weg, oder erlauben Sie Änderungen in ihren Einstellungen.",
  "problem.WINDOWS_UNKNOWN": (p) => `Das ist kein Windows, das sich ändern ließe: ${p.file}: ${p.problem}`,
  "problem.WINDOWS_UNKNOWN-next":
    "Ein Windows, das noch nie gestartet wurde, muss erst durch seine eigene Installation eingerichtet werden.",
  "problem.INF_INVALID": (p) =>
    `${p.file}${p.line === undefined ? "" : `, Zeile ${p.line}`}: Das ist keine Beschreibung eines Treibers: ${p.problem}`,
  "problem.INF_INVALID-next": "Laden Sie den Treiber noch einmal herunter, oder lassen Sie seinen Ordner weg.",
  "problem.NOT_A_HIVE": (p) => `${p.file} ist keine Registrierungsdatei: ${p.problem}`,
  "problem.NOT_A_HIVE-next": "Reparieren Sie Windows mit seinen eigenen Werkzeugen.",
  "problem.HIVE_UNSUPPORTED": (p) =>
    `${p.file} ist eine Registrierungsdatei einer Art, die nicht unterstützt wird: ${p.problem}`,
  "problem.HIVE_UNSUPPORTED-next": "Ändern Sie sie mit den Werkzeugen von Windows selbst.",
  "problem.HIVE_DIRTY": (p) =>
    `${p.file} wurde von Windows nicht zu Ende geschrieben, und kein Protokoll macht sie heil: ${p.problem}`,
  "problem.HIVE_DIRTY-next":
    "Starten Sie dieses Windows einmal und fahren Sie es herunter, und versuchen Sie es dann noch einmal.",
  "problem.HIVE_DAMAGED": (p) => `${p.file} ist bei Byte ${p.offset} beschädigt: ${p.problem}`,
  "problem.HIVE_DAMAGED-next":
    "Nehmen Sie eine ältere Kopie der Registrierungsdatei aus einem anderen Abbild oder aus System32/config/RegBack, oder reparieren Sie Windows mit seinen eigenen Werkzeugen.",
  "problem.HIVE_FULL": (p) =>
    `${p.file} würde auf ${p.size} Byte wachsen, und eine Registrierungsdatei darf ${p.most} haben`,
  "problem.HIVE_FULL-next":
    "Ändern Sie weniger auf einmal, oder lassen Sie Windows die Registrierungsdatei zuerst verkleinern.",
  "problem.NOT_A_BCD": (p) => `${p.file} ist eine Registrierungsdatei und keine Startkonfiguration: ${p.problem}`,
  "problem.NOT_A_BCD-next": "Lassen Sie eine neue anlegen.",
  "part.esp": "EFI-Systempartition",
  "part.bios-boot": "BIOS-Startpartition",
  "part.windows-manager": "Der Start-Manager von Windows (bootmgfw.efi)",
  "part.boot-image": "Ein boot.img von GRUB 2",
  "part.module": (p) => `Das Modul ${p.name} von GRUB`,
  "part.volume": (p) => `Das Volume mit ${p.folder}`,
  "part.grub-folder": "dem Ordner von GRUB für i386-pc",
  "part.here": "den Volumes dieses Datenträgers",
  "part.both": (p) => `${p.folders}, im System und auf diesem Computer`,
  "firmware.read-only": "efivarfs ist schreibgeschützt eingehängt",
  "firmware.full": "ihr Speicher für Variablen ist voll",
  "firmware.value": "sie sagt, der Wert sei nicht erlaubt",
  "firmware.unchanged": "sie erlaubt keine Änderungen",
  "firmware.own-error": "sie meldet einen eigenen Fehler",
  "firmware.reads-back": "er liest sich anders zurück",
  "firmware.stays": "er ist nach dem Entfernen noch da",
  "installation.absent": "es ist nicht da",
  "installation.no-control-set": "Select nennt keinen Control-Set, der da ist",
};
