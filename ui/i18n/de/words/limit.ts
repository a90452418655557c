import type { SentencesOf } from "#ui/i18n/tell.ts";

/** Why a file system cannot be smaller, or larger. */
export const limitWords: SentencesOf<"limit"> = {
  "limit.nearly-full": "der Platz darin ist fast aufgebraucht",
  "limit.full": "der Platz darin ist aufgebraucht",
  "limit.unknown": "was darin ist, ist nicht bekannt",
  "limit.left-out": "sie ist nicht im Abbild",
  "limit.raw": "ihr Inhalt wurde gesichert, wie er ist",
  "limit.no-tool": (p) => `kein Werkzeug ändert die Größe von ${p.filesystem}`,
  "limit.xfs-least": "XFS ist nie kleiner als 300 MiB",
  "limit.xfs-realtime":
    "XFS wird nur kleiner, indem seine Dateien kopiert werden, und einige liegen auf einem Echtzeitgerät",
  "limit.xfs-log":
    "XFS wird nur kleiner, indem seine Dateien kopiert werden, und sein Log liegt auf einem anderen Gerät",
  "limit.xfs-quotas":
    "XFS wird nur kleiner, indem seine Dateien kopiert werden, und dabei gingen seine Kontingente verloren",
  "limit.btrfs-least": "btrfs ist nie kleiner als 256 MiB",
  "limit.ntfs-tool": "sein Werkzeug kennt keine kleinere Größe",
  "limit.ntfs-check": "Windows hat es zur Prüfung vorgemerkt: Zuerst muss chkdsk /f laufen",
  "limit.ntfs-journal": "sein Journal wurde nicht geschlossen: Windows muss zuerst ganz heruntergefahren werden",
  "limit.ntfs-hibernated": "Windows liegt darin im Ruhezustand",
  "limit.f2fs": "das Werkzeug von F2FS sagt nicht, wie klein es werden kann",
  "limit.exfat":
    "kein Werkzeug ändert die Größe von exFAT, und eine Kopie seiner Dateien verlöre ihre Attribute und die Zeiten ihrer Entstehung",
  "limit.bigalloc": "es nutzt bigalloc, und dafür steht resize2fs nicht ein",
  "limit.ext-unclean":
    "es wurde nicht sauber ausgehängt, und es ist kein Platz, um mit seinem Journal herauszufinden, wie klein es ist",
  "limit.layer-full": "darin ist nichts frei",
  "limit.layer-largest": "größer kann es nicht werden",
  "limit.striped": "LVM hat es auf mehrere Stellen verteilt (Striping)",
};
