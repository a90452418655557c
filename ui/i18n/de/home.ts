import { plural } from "#ui/i18n/de/plural.ts";
import type { home as en } from "#ui/i18n/en/home.ts";

export const home: typeof en = {
  "home.title": "Was möchten Sie tun?",
  "home.nothing-yet":
    "Auf einen Datenträger wird nichts geschrieben, bevor Sie einen Plan gesehen und bestätigt haben.",
  "home.actions": "Was getan werden kann",
  "home.restore": "Ein Abbild wiederherstellen",
  "home.restore-none":
    "Es wurde noch kein Abbild gefunden: Schließen Sie den Stick oder die Platte an, auf der es liegt.",
  "home.restore-some": (p) =>
    plural(p.count, { one: "# Abbild wurde gefunden.", other: "# Abbilder wurden gefunden." }),
  "home.restore-looking": "Es wird nach Abbildern gesucht…",
  "home.partitions": "Partitionen ändern",
  "home.partitions-text": "Anlegen, vergrößern, verschieben, formatieren: Nichts geschieht, bevor Sie bestätigen.",
  "home.logs": "Das Protokoll ansehen",
  "home.logs-text": "Was dieses System getan hat, und was jemand sehen möchte, der Ihnen hilft.",
  "home.settings": "Einstellungen",
  "home.settings-text": "Sprache, Tastatur, Farben und Schriftgröße.",
  "home.images": "Gefundene Abbilder",
  "home.images-more": (p) => plural(p.count, { one: "… und # weiteres", other: "… und # weitere" }),
  "home.restore-this": (p) => `„${p.name}“ wiederherstellen`,
  "home.restore-short": "Wiederherstellen",
  "home.machine": "Dieser Computer",
  "home.model": "Modell",
  "home.memory": "Arbeitsspeicher",
  "home.firmware": "Firmware",
  "home.bios": "BIOS",
  "home.uefi": "UEFI",
  "home.uefi-secure": "UEFI, Secure Boot ist eingeschaltet",
  "home.battery": "Akku",
  "home.battery-left": (p) => `${p.percent}, läuft mit Akku`,
  "home.battery-charging": (p) => `${p.percent}, am Netz`,
  "home.disks": "Datenträger in diesem Computer",
  "home.no-disks": "Es wurde kein Datenträger gefunden.",
  "home.boot-medium": "Dieses Rettungssystem wurde davon gestartet",
  "home.running": "Läuft gerade",
  "home.show": "Anzeigen",
};
