import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, duration, number, place } = createFormat(deLocale);

type Areas = "line" | "verify" | "copy" | "export" | "prove" | "undo" | "resume" | "mend" | "capture";

export const operationWords: SentencesOf<Areas> = {
  "line.item": (p) => `  - ${p.text}`,
  "line.item-of": (p) => `  - ${p.text} (${p.what})`,
  "line.warning": (p) => `! ${p.text}`,
  "line.problem": (p) => `  ! ${p.text}`,
  "line.note": (p) => `  i ${p.text}`,
  "line.next": (p) => `    ${p.text}`,
  "line.seconds": (p) => `Erledigt in ${duration(p.seconds)}.`,
  "verify.plan": (p) => `Prüfen: ${p.path}`,
  "verify.how": "Das ganze Abbild wird gelesen und mit seinen Prüfsummen verglichen; geschrieben wird nichts.",
  "verify.intact": (p) =>
    `${p.path} ist heil: ${number(p.count)} Stücke, ${bytes(p.bytes)} geprüft in ${duration(p.seconds)}`,
  "verify.lacks": (p) => `! Es fehlen ${bytes(p.bytes)}, die beim Erstellen nicht gelesen werden konnten`,
  "copy.plan": (p) => `Kopieren aus ${p.image}`,
  "copy.into": (p) => `  in den Ordner „${p.folder}“ von ${p.place}`,
  "copy.free": (p) => `  dort sind ${bytes(p.free)} frei`,
  "copy.safe": "Vorhandene Dateien werden nicht ersetzt; das Abbild wird nur gelesen.",
  "export.plan": (p) => `${p.image} schreiben als ${p.file}`,
  "export.place": (p) => `  Ort: ${p.place}`,
  "export.place-free": (p) => `  Ort: ${p.place}, ${bytes(p.free)} frei`,
  "export.disk": (p) => `  Datenträger: ${bytes(p.size)}, davon ${bytes(p.used)} belegt`,
  "export.encrypted": "  Sie wird verschlüsselt: Ohne ihr Kennwort kann sie niemand lesen.",
  "export.plain": "! Sie wird nicht verschlüsselt: Jeder, der sie hat, kann sie lesen.",
  "export.checked": "Sie wird zurückgelesen und geprüft; das Abbild selbst wird nur gelesen.",
  "export.done": (p) =>
    `Exportiert nach ${p.path}: ein Datenträger von ${bytes(p.size)} in ${bytes(p.bytes)}, ${duration(p.seconds)}`,
  "export.equal": "Die Datei wurde zurückgelesen und gleicht dem Abbild.",
  "export.done-image": (p) => `Exportiert nach ${p.path}: ein Abbild von ${bytes(p.bytes)}, in sich vollständig`,
  "export.intact": "Die Datei wurde zurückgelesen und ist heil.",
  "prove.plan": (p) =>
    `${p.disk} in einer virtuellen Maschine mit ${number(p.mib)} MiB Speicher starten, ohne Netzwerk.`,
  "prove.safe": "Was sie schreibt, geht in eine Wegwerfkopie: Der Datenträger selbst wird nur gelesen.",
  "prove.up": "Es startet.",
  "prove.no-boot-loader": "Es startet nicht: Es gibt kein Startprogramm.",
  "prove.boot-loader": "Es startet nicht: Es bleibt im Startprogramm stehen.",
  "prove.no-kernel": "Es startet nicht: Es gibt keinen Kernel.",
  "prove.kernel": "Es startet nicht: Der Kernel bleibt stehen.",
  "prove.initramfs": "Es startet nicht: Der Kernel kommt nicht bis zu seinem Wurzel-Dateisystem.",
  "prove.root": "Es startet nicht: Das System bleibt auf seinem Wurzel-Dateisystem stehen.",
  "prove.unknown": "Ob es startet, ist nicht bekannt.",
  "undo.plan": (p) =>
    `Plan ${p.id}: zurückholen, was auf ${p.disk} war, bevor „${p.image}“ darauf wiederhergestellt wurde`,
  "undo.losses": "Das ist jetzt darauf und geht verloren:",
  "undo.no-losses": "Nichts, was jetzt darauf ist, geht verloren.",
  "undo.areas": "Was zurückgeschrieben wird:",
  "undo.total": (p) => `  zusammen ${bytes(p.bytes)}, die Partitionstabelle zuletzt`,
  "undo.done": (p) =>
    `${p.disk} hat wieder die alte Partitionstabelle, die alten Startbereiche und Superblöcke: ${bytes(p.bytes)} in ${duration(p.seconds)}, zurückgelesen und verglichen.`,
  "undo.unread": (p) => `${bytes(p.bytes)} konnten beim Sichern nicht gelesen werden und bleiben, wie sie sind.`,
  "resume.move": (p) => `Das Verschieben von Partition ${p.number} zu Ende führen, wo es unterbrochen wurde.`,
  "resume.resize": (p) => `Die Größenänderung von Partition ${p.number} zu Ende führen, wo sie unterbrochen wurde.`,
  "resume.back-move": (p) => `Sie dann nach ${place(p.start)} zurückschieben.`,
  "resume.back-size": (p) => `Ihr dann ihre Größe von ${bytes(p.size)} zurückgeben.`,
  "resume.safe": "Auf dem Datenträger geht nichts verloren.",
  "resume.done": (p) => `Was unterbrochen wurde, ist zu Ende geführt: Partition ${p.number} ist ganz.`,
  "mend.plan": (p) => `Plan ${p.id}: die Systeme von ${p.disk} starten lassen`,
  "mend.take-back": (p) => `Plan ${p.id}: zurücknehmen, was für Windows auf ${p.disk} geändert wurde (${p.time})`,
  "mend.disk": (p) => `  Datenträger: ${p.path}, ${bytes(p.size)}, Kennung ${p.id}`,
  "mend.safe":
    "Auf dem Datenträger geht nichts verloren; Dateien, die geändert werden, werden aufgehoben, wie sie waren.",
  "mend.will": "Was getan wird:",
  "mend.was": "Was getan wurde:",
  "mend.nothing-to-do": "Es ist nichts zu tun.",
  "mend.was-nothing-to-do": "Es war nichts zu tun.",
  "mend.stopped": "Es wird nichts getan, und zwar deshalb:",
  "mend.was-stopped": "Es wurde nichts getan, und zwar deshalb:",
  "mend.system": (p) => `${p.name}:`,
  "mend.system-idle": "  nichts zu tun",
  "mend.esp": "EFI-Systempartition:",
  "mend.outside": "Außerhalb der Dateien von Partitionen:",
  "mend.entry": (p) => `Die Firmware führt ${p.entry} auf (${p.label}): ${p.file}`,
  "capture.done": (p) =>
    `${bytes(p.used)} von ${bytes(p.size)} gesichert in ${duration(p.seconds)}: ${p.path}, ${bytes(p.bytes)}`,
  "capture.verified": "Das Abbild wurde zurückgelesen und ist heil.",
  "capture.unverified": "Das Abbild wurde nicht zurückgelesen.",
};
