import type { SentencesOf } from "#ui/i18n/tell.ts";

export const rawWords: SentencesOf<"raw"> = {
  "raw.no-filesystem": "es wurde kein Dateisystem erkannt",
  "raw.unread": (p) => `Lifeboat liest ${p.name} nicht: Die ganze Partition wird gesichert`,
  "raw.no-free": (p) => `${p.name} hat keine freien Blöcke: Die ganze Partition wird gesichert`,
  "raw.locked": (p) =>
    `es ist mit ${p.name} verschlüsselt: Welche Blöcke belegt sind, zeigt sich erst, wenn es entsperrt ist`,
  "raw.lvm": "es gehört zu einer LVM-Volumegruppe: Die ganze Partition wird gesichert",
  "raw.raid": "es gehört zu einem Linux-RAID: Die ganze Partition wird gesichert",
  "raw.part": (p) =>
    `es ist ein Teil von etwas, das Lifeboat nicht liest (${p.what}): Die ganze Partition wird gesichert`,
  "raw.untold": (p) => `welche Blöcke belegt sind, lässt sich nicht sagen: ${p.why}`,
  "raw.unclean-journal": "es wurde nicht sauber ausgehängt, und in seinem Journal können neuere Blockkarten stehen",
  "raw.unclean-log": "es wurde nicht sauber ausgehängt, und in seinem Log können neuere Karten freier Blöcke stehen",
  "raw.unclean-bitmaps": "es wurde nicht sauber ausgehängt, und seine Blockkarten können veraltet sein",
  "raw.unclean-clusters": "es wurde nicht sauber ausgehängt, und seine Karte belegter Cluster kann veraltet sein",
  "raw.unclean-checkpoint":
    "es wurde nicht sauber ausgehängt, und nach seinem letzten Checkpoint wurden vielleicht Dateien geschrieben",
  "raw.after-checkpoint":
    "es wurde nicht sauber ausgehängt, und nach seinem letzten Checkpoint wurden Dateien geschrieben",
  "raw.unclean-ntfs": "es wurde nicht sauber ausgehängt, oder Windows liegt darin im Ruhezustand (Schnellstart)",
  "raw.dirty": "es ist zur Prüfung vorgemerkt, und seine Karte belegter Cluster kann falsch sein",
  "raw.errors-bitmaps": "es hat Fehler vermerkt, und seine Blockkarten können falsch sein",
  "raw.errors-maps": "es hat Fehler vermerkt, und seine Karten belegter Blöcke können falsch sein",
  "raw.errors-tree": "es hat Fehler vermerkt, und sein Extent-Baum kann falsch sein",
  "raw.checkpoints-off":
    "seine Checkpoints waren abgeschaltet, oder seine Größe wurde gerade geändert: Seine Karten belegter Blöcke können veraltet sein",
  "raw.backup-only": "seine ersten Bootsektoren sind beschädigt, und nur die Kopie ist heil",
  "raw.repair": "es muss mit xfs_repair repariert werden, und seine Karte freier Blöcke kann falsch sein",
  "raw.mkfs": "sein Anlegen (mkfs) wurde nicht beendet",
  "raw.converting": (p) => `es wird gerade umgewandelt, oder es enthält nur Metadaten (${p.flags})`,
  "raw.texfat": "es ist ein TexFAT, dessen zwei Karten belegter Cluster Lifeboat nicht liest",
  "raw.xfs-version": (p) => `es ist XFS der Version ${p.version}, die hier nicht bekannt ist`,
  "raw.feature": (p) => `es nutzt eine Funktion von ${p.name}, die hier nicht bekannt ist (${p.flags})`,
  "raw.btrfs-feature": (p) => `es nutzt eine Funktion von btrfs, die hier nicht bekannt ist (${p.flags})`,
  "raw.log-elsewhere": "sein Log liegt auf einem anderen Gerät, und dort können neuere Karten freier Blöcke stehen",
  "raw.realtime": "es hat ein Echtzeit-Volume",
  "raw.devices": "es erstreckt sich über mehrere Geräte, und ein solches F2FS liest Lifeboat nicht",
  "raw.zoned": "es ist für Geräte mit Zonen gemacht, und ein solches F2FS liest Lifeboat nicht",
  "raw.read-only": "es ist ein F2FS, das nur zum Lesen gemacht wurde: Es hat keine freien Blöcke",
  "raw.btrfs-devices": (p) =>
    `es ist eines der Geräte eines btrfs (insgesamt: ${p.devices}): Belegte Blöcke zeigen sich nur mit allen`,
  "raw.swap-hibernated": "darin liegt ein System im Ruhezustand, das seine Sitzung verlöre",
  "raw.swap": "es ist Auslagerungsspeicher (Swap): Sein Inhalt nützt nach einem Neustart nichts; Kopf und UUID bleiben",
};
