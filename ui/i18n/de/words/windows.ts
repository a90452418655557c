import type { SentencesOf } from "#ui/i18n/tell.ts";

export const windowsWords: SentencesOf<"windows"> = {
  "windows.asleep": (p) => `${p.state}: Darin wird nichts geändert`,
  "windows.asleep-boot": (p) => `${p.state}: Die Startkonfiguration bleibt, wie sie ist`,
  "windows.asleep-undo": (p) => `${p.state}: Es wird nichts zurückgenommen`,
  "windows.next-asleep":
    "Starten Sie Windows noch einmal dort, wo es lief, und fahren Sie es ganz herunter (shutdown /s /t 0). Oder lassen Sie die ruhende Sitzung verwerfen: Was darin offen und nicht gespeichert war, geht dann verloren, Dateien auf dem Datenträger nicht.",
  "windows.session-discarded": (p) => `${p.state}: Diese Sitzung wird entfernt`,
  "windows.session-removed": "Die ruhende Sitzung entfernen, die zu keiner anderen Hardware passt",
  "windows.hives-recovered": (p) =>
    `Windows hatte seine Registrierung nicht zu Ende geschrieben (${p.list.join(", ")}): Sie wird aus ihren Protokollen heil gemacht`,
  "windows.bitlocker":
    "Ein Volume ist mit BitLocker verschlüsselt: Auf einem anderen Computer öffnet dessen TPM es nicht, und Windows fragt beim Start nach dem Wiederherstellungsschlüssel",
  "windows.setup": (p) =>
    `Eine Einrichtung von Windows ist nicht fertig und geht beim Start weiter (${p.command}); sie bleibt, wie sie ist`,
  "windows.server-disks":
    "Ein Windows-Server lässt andere Datenträger vielleicht offline, wenn ihr Controller sich geändert hat: Die Datenträgerverwaltung bringt sie online",
  "windows.activation":
    "Windows, Office und andere Programme wollen auf anderer Hardware vielleicht neu aktiviert werden: Kein Programm kann das ändern",
  "windows.page-file": (p) =>
    `Die Auslagerungsdatei ${p.file} ist auf einem Volume, das nicht auf diesem Datenträger ist: Windows startet ohne sie`,
  "windows.crash": "Ein Fehler beim Start bleibt auf dem Bildschirm stehen",
  "windows.hive": (p) =>
    `Werte der Registrierung ändern: ${p.count} (${p.hive}${p.isWhole ? "" : ", aus ihren Protokollen heil gemacht"})`,
  "windows.hive-log": (p) => `Ein Protokoll der Registrierungsdatei ${p.hive} leeren`,
  "windows.mounted": (p) => `${p.name} ist die Partition dort, wo sie jetzt ist`,
  "windows.mounted-gone": (p) => `${p.name} nennt eine Partition, die nicht mehr da ist`,
  "windows.letter": (p) => `Das Volume von Windows bleibt ${p.letter}`,
  "windows.storage": (p) => `${p.driver} (${p.drives}) wird beim Start von Windows geladen`,
  "windows.sata": "SATA-Controller (AHCI)",
  "windows.ide": "IDE-Controller",
  "windows.raid": "andere RAID-Controller",
  "windows.cards": "Speicherkarten (eMMC)",
  "windows.two": (p) => `${p.first} und ${p.second}`,
  "windows.filter": (p) =>
    `Der Filter ${p.list.join(", ")} von ${p.devices} wird herausgenommen: Sein Treiber ist nicht da`,
  "windows.disks": "Datenträgern",
  "windows.controllers": "Datenträger-Controllern",
  "windows.ide-controllers": "IDE- und SATA-Controllern",
  "windows.volumes": "Volumes",
  "windows.tools": (p) => `${p.driver}, von ${p.maker}, wird nicht mehr geladen`,
  "windows.old-xen": "Xen (alte Treiber von Red Hat)",
  "windows.controller": (p) =>
    `Windows hat keinen Treiber für den Datenträger-Controller ${p.id}: Geben Sie den Ordner mit dem Treiber des Herstellers an`,
  "windows.driver-loaded": (p) => `Der Treiber ${p.driver} aus ${p.inf} wird beim Start von Windows geladen`,
  "windows.driven": (p) => `${p.id} wird von ${p.driver} betrieben`,
  "windows.bound": (p) => `Kennungen von Geräten (${p.count}) gehören zu ${p.driver} aus ${p.inf}`,
  "windows.driver-file": (p) => `Einen Treiber hineinlegen (${p.architecture})`,
  "windows.file-replaced": (p) =>
    `${p.path} war mit anderem Inhalt da und wird durch die Datei aus dem Ordner ersetzt; die alte wird aufgehoben`,
  "windows.staged": "Einen Treiber dorthin legen, von wo Windows ihn installiert",
  "windows.script": "Die Treiber in \\Lifeboat\\Drivers installieren, wenn Windows startet, und sich selbst entfernen",
  "windows.first-start": "Windows installiert die Treiber in \\Lifeboat\\Drivers bei seinem ersten Start",
  "windows.device-path": "Windows sucht Treiber auch in \\Lifeboat\\Drivers",
  "windows.drivers-unfit": (p) =>
    `Keiner der Treiber in den Ordnern ist für ${p.isMachine ? "diesen Computer" : "dieses Windows"} (${p.count} für dieses Windows, ${p.others} für andere)`,
  "windows.folder-large": (p) =>
    `${p.path}: Nicht alles wurde angesehen: Es sind zu viele Dateien für einen Ordner mit Treibern`,
  "windows.inf-large": (p) => `${p.path}: zu groß für die Beschreibung eines Treibers`,
  "windows.not-installed": (p) => `${p.inf} wird später nicht installiert: ${p.list.join(", ")} fehlt oder ist zu groß`,
  "windows.no-own-driver": (p) => `${p.inf}, ${p.section}: Es wird kein eigener Treiber hineingelegt: ${p.why}`,
  "windows.goes-on": (p) => `es geht mit ${p.list.join(", ")} von Windows weiter`,
  "windows.has-none": "es hat keinen",
  "windows.not-put-in": (p) => `${p.inf}: ${p.driver} wird nicht hineingelegt: ${p.why}`,
  "windows.no-driver": (p) => `es ist kein Treiber (Typ ${p.type})`,
  "windows.own-driver": "Windows hat einen eigenen Treiber dieses Namens",
  "windows.bad-names": "seine Namen sind keine",
  "windows.no-device": "er nennt kein Gerät",
  "windows.other-package": "Windows hat ein anderes Paket dieses Namens, das bleibt",
  "windows.file-missing": (p) => `seine Datei ${p.file} ist nicht im Ordner`,
  "windows.no-program": (p) => `${p.file} ist kein Programm für Windows`,
  "windows.wrong-architecture": (p) => `${p.file} ist für ${p.architecture}, und dieses Windows ist ${p.own}`,
  "windows.unsigned": (p) =>
    `${p.file} hat keine Signatur in sich, ohne die ein Windows mit 64 Bit nicht damit startet`,
  "windows.manager": "Den Start-Manager von Windows dorthin bringen, wohin er gehört",
  "windows.boot-file": "Eine Startdatei kopieren, die Windows selbst enthält",
  "windows.no-boot-files": (p) => `Dieses Windows lässt sich nicht für BIOS vorbereiten: ${p.path} ist nicht da`,
  "windows.no-loader": (p) => `Windows hat kein Startprogramm für diese Firmware: ${p.path} ist nicht da`,
  "windows.needs-csm":
    "Dieses Windows ist älter als 8: Mit UEFI braucht es eine Firmware, deren Kompatibilitätsmodul (CSM) an und Secure Boot aus ist",
  "windows.other-firmware": "Was Windows mit der anderen Art von Firmware startet, liegt daneben und bleibt",
  "windows.store": "Dem Start-Manager von Windows sagen, wo alles ist",
  "windows.store-new": "Die Startkonfiguration von Windows neu anlegen",
  "windows.store-log": "Ein Protokoll der Startkonfiguration leeren",
  "windows.store-missing": "Es gab keine Startkonfiguration: Es wird eine neue angelegt",
  "windows.store-damaged": (p) => `${p.problem}: Es wird eine neue angelegt, die alte wird aufgehoben`,
  "windows.entry-elsewhere": (p) =>
    `Die Startkonfiguration nennt eine Partition, die nicht auf diesem Datenträger ist (${p.what}: ${p.partition}); das bleibt, wie es ist`,
  "windows.gpt-partition": (p) => `Partition ${p.partition} des Datenträgers ${p.disk}`,
  "windows.mbr-partition": (p) => `Partition bei Byte ${p.start} des Datenträgers ${p.disk}`,
  "windows.list-programs": "Alle Änderungen aufschreiben, um sie zurücknehmen zu können",
  "windows.list-people": "Alle Änderungen aufschreiben, für Menschen",
  "windows.list-regedit": (p) => `Aufschreiben, wie die Werte von ${p.hive} waren, für Regedit`,
  "windows.undo-file": "Eine Datei zurückbringen, wie sie war",
  "windows.undo-new": "Eine Datei entfernen, die nicht da war",
  "windows.undo-log": "Ein Protokoll dessen leeren, was seither geändert wurde",
  "windows.undo-alone":
    "Startcode vor Partitionen, die aktive Partition und Einträge der Firmware bleiben, wie sie sind: Mit den alten Dateien starten sie, was sie gestartet haben",
  "windows.undo-linux":
    "Was in einem Linux auf diesem Datenträger geändert wurde, bleibt; die alten Dateien liegen in /var/lib/lifeboat",
  "windows.undo-lost": (p) => `Nicht aufgehoben und weg: ${p.list.join(", ")}`,
};
