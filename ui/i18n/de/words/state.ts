import type { SentencesOf } from "#ui/i18n/tell.ts";

export const stateWords: SentencesOf<"state"> = {
  "state.unclean": "wurde nicht sauber ausgehängt",
  "state.unclean-log": "wurde nicht sauber ausgehängt; sein Log wird mit wiederhergestellt",
  "state.unclean-journal": "wurde nicht sauber ausgehängt; sein Journal wird mit wiederhergestellt",
  "state.unclean-check": (p) => `wurde nicht sauber ausgehängt; prüfen Sie es mit ${p.tool}`,
  "state.unclean-chkdsk": (p) => `wurde nicht sauber ausgehängt; prüfen Sie es mit ${p.tool} oder chkdsk`,
  "state.unclean-ntfs": "wurde nicht sauber ausgehängt, oder Windows liegt darin im Ruhezustand (Schnellstart)",
  "state.errors": (p) => `hat Fehler vermerkt; prüfen Sie es mit ${p.tool}`,
  "state.disk-errors": (p) => `hat Fehler des Datenträgers vermerkt; prüfen Sie es mit ${p.tool} oder chkdsk`,
  "state.dirty": "ist zur Prüfung vorgemerkt; prüfen Sie es mit chkdsk",
  "state.boot-sectors": (p) => `seine Bootsektoren sind beschädigt; prüfen Sie es mit ${p.tool} oder chkdsk`,
  "state.first-boot-sectors": (p) =>
    `seine ersten Bootsektoren sind beschädigt; prüfen Sie es mit ${p.tool} oder chkdsk`,
  "state.root": (p) => `sein Wurzelordner ist nicht lesbar; prüfen Sie es mit ${p.tool} oder chkdsk`,
  "state.file-table": "seine Dateitabelle (MFT) ist nicht lesbar; prüfen Sie es mit chkdsk",
  "state.superblocks": (p) => `seine Superblöcke sind beschädigt; prüfen Sie es mit ${p.tool}`,
  "state.first-superblock": (p) => `sein erster Superblock ist beschädigt; prüfen Sie es mit ${p.tool}`,
  "state.checkpoints": (p) => `seine Checkpoints sind nicht lesbar; prüfen Sie es mit ${p.tool}`,
  "state.quotas": (p) => `seine Kontingente sind veraltet; prüfen Sie es mit ${p.tool}`,
  "state.repair": "muss repariert werden, bevor es eingehängt werden kann: mit xfs_repair",
  "state.log-elsewhere": "hat sein Log auf einem anderen Gerät, das nicht mit gesichert wird",
  "state.realtime": "hat Dateien auf einem Echtzeitgerät, das nicht mit gesichert wird",
  "state.one-device": (p) =>
    `ist eines der Geräte eines btrfs (insgesamt: ${p.devices}); es lässt sich nur mit den anderen lesen`,
  "state.swap-hibernated": "darin liegt ein System im Ruhezustand",
  "state.with-session": (p) =>
    `${p.session}; es wird mit dieser Sitzung gesichert. Für ein kleineres Abbild, das auf jedem Computer startet, starten Sie Windows und fahren Sie es ganz herunter (shutdown /s /t 0)`,
  "state.fast-startup": "Windows liegt darin im Ruhezustand (Schnellstart)",
  "state.hibernated": "Windows liegt darin im Ruhezustand (ganz oder als Schnellstart)",
  "state.hibernated-elsewhere":
    "ein Windows auf einer anderen Partition ging in den Ruhezustand, als es diese offen hatte",
  "state.hibernated-unknown":
    "seine hiberfil.sys ist nicht zu verstehen: Vielleicht liegt Windows darin im Ruhezustand",
};
