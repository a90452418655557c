import type { help as en } from "#ui/i18n/en/help.ts";

export const help: typeof en = {
  "help.title": "Hilfe",
  "help.lead": "Was wann zu tun ist, und was die Wörter bedeuten. Hier wird nichts geändert.",
  "help.how": "Wie kann ich …",
  "help.how-restore": "… einen Computer aus einem Abbild zurückholen?",
  "help.so-restore":
    "Wählen Sie „Wiederherstellen“: erst das Abbild, dann den Datenträger. Bevor etwas geschrieben wird, sehen Sie alles, was verloren geht, und bestätigen es.",
  "help.how-smaller": "… auf einen kleineren oder größeren Datenträger wechseln?",
  "help.so-smaller":
    "Wählen Sie „Klonen“, oder „Wiederherstellen“, wenn Sie ein Abbild haben. Auf der Seite „Aufteilung“ können Partitionen kleiner werden oder den ganzen Datenträger nutzen.",
  "help.how-file": "… einzelne Dateien aus einem Abbild holen?",
  "help.so-file":
    "Wählen Sie „Abbilder“, öffnen Sie das Abbild und schauen Sie hinein. Dateien und Ordner lassen sich herunterladen oder auf einen anderen Datenträger kopieren.",
  "help.how-start": "… einen Computer reparieren, der nicht startet?",
  "help.so-start":
    "Wählen Sie „Start“. Sie sehen, was den Datenträger startet, was daran nicht stimmt und was eine Reparatur ändern würde. Geänderte Dateien werden aufgehoben.",
  "help.how-power": "… nach einem Stromausfall weitermachen?",
  "help.so-power":
    "Starten Sie dieses System erneut. Eine Wiederherstellung beginnt neu, und was schon auf dem Datenträger ist, wird nicht zweimal geschrieben. Eine Änderung von Partitionen beenden Sie auf der Seite „Partitionen“.",
  "help.how-look": "… sicher sein, dass durch Probieren nichts verloren geht?",
  "help.so-look":
    "Die Seiten sehen nur nach, bis ein Plan gezeigt wird und Sie ihn starten. Jeder Plan sagt, auf welchen Datenträger er schreibt und was dort verloren geht.",
  "help.keys": "Tastatur",
  "help.keys-text":
    "Tab und Umschalt+Tab gehen von Feld zu Feld, die Pfeiltasten wählen darin, die Leertaste setzt ein Häkchen, die Eingabetaste drückt einen Knopf. Escape schließt, was offen ist. F1 zeigt diese Seite.",
  "help.words": "Wörter",
  "help.word-image": "Abbild",
  "help.means-image":
    "Was zu einer Zeit auf einem Datenträger war, in einer Datei: Partitionen, Dateien und was sie startet.",
  "help.word-capture": "Sichern",
  "help.means-capture": "Ein Abbild eines Datenträgers machen. Der Datenträger wird nur gelesen.",
  "help.word-repository": "Archiv",
  "help.means-repository": "Ein Ordner mit Abbildern vieler Computer und Zeiten, in dem Gleiches nur einmal liegt.",
  "help.word-clone": "Klonen",
  "help.means-clone": "Einen Datenträger auf einen anderen kopieren, ohne ein Abbild dazwischen.",
  "help.word-partition": "Partition",
  "help.means-partition": "Ein Teil eines Datenträgers mit eigenem Dateisystem, etwa Laufwerk C: von Windows.",
  "help.word-table": "Partitionstabelle",
  "help.means-table":
    "Die Liste der Partitionen am Anfang eines Datenträgers: MBR bei älteren Computern, GPT bei neueren.",
  "help.word-esp": "EFI-Systempartition",
  "help.means-esp": "Die kleine Partition, von der neuere Computer starten.",
  "help.word-firmware": "BIOS, UEFI",
  "help.means-firmware": "Das Programm im Computer, das als erstes läuft und das System von einem Datenträger startet.",
  "help.word-secure-boot": "Secure Boot",
  "help.means-secure-boot": "UEFI startet nur, was jemand unterschrieben hat, dem es vertraut.",
  "help.word-universal": "Andere Hardware",
  "help.means-universal":
    "Ein System von einem Computer bekommt die Treiber und Startdateien, die ein anderer braucht.",
  "help.word-identity": "Identität",
  "help.means-identity":
    "Woran andere einen Computer erkennen: Name, Kennungen, Schlüssel. Eine Kopie, die neben ihrem Original läuft, braucht eine andere.",
  "help.word-verify": "Prüfen",
  "help.means-verify": "Alles zurücklesen und mit den Prüfsummen vergleichen.",
  "help.word-encryption": "Kennwort und Wiederherstellungsschlüssel",
  "help.means-encryption":
    "Ein verschlüsseltes Abbild öffnet sich mit einem Kennwort oder mit dem Wiederherstellungsschlüssel, der beim Erstellen gezeigt wurde. Ohne eines davon kann es niemand lesen.",
  "help.word-pairing": "Kopplungscode",
  "help.means-pairing":
    "Der Code auf diesem Bildschirm, mit dem sich ein Browser auf einem anderen Computer oder ein anderes Rettungssystem verbinden darf.",
  "help.word-undo": "Rückgängig-Datei",
  "help.means-undo":
    "Was an den Stellen stand, die eine Wiederherstellung zuerst beschreibt. Damit lassen sich die alten Partitionen wiederfinden.",
  "help.back": "Zurück zu Ihrer Seite",
};
