import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, duration, number, rate } = createFormat(deLocale);

/** Of what goes on by itself, and what has come of it. */
export const goesWords: SentencesOf<"goes"> = {
  "goes.copy": "sichern",
  "goes.export": "exportieren",
  "goes.close": "das Abbild fertigstellen",
  "goes.save": "die alten Tabellen und Superblöcke sichern",
  "goes.clear": "das Ziel leeren",
  "goes.undo": "zurückschreiben, was gesichert war",
  "goes.write": "schreiben",
  "goes.boot-areas": "die Startbereiche schreiben",
  "goes.edit": "Partitionen ändern",
  "goes.fit": "Dateisysteme an ihre neue Größe anpassen",
  "goes.table": "die Partitionstabelle schreiben",
  "goes.mend": "die Systeme startfähig machen",
  "goes.prepare": "die Partitionen anlegen",
  "goes.switch": "zum neuen System wechseln",
  "goes.verify": "prüfen",
  "goes.read-back": "zurücklesen",
  "goes.waits": (p) => `wartet seit ${duration(p.lasts)}`,
  "goes.pass": (p) => `${p.number} von ${p.count}: ${p.doing}, ${bytes(p.doneSize)} von ${bytes(p.wholeSize)}`,
  "goes.in-all": (p) => `insgesamt ${p.percent} %`,
  "goes.only": (p) => `${p.percent} %: ${p.doing}, ${bytes(p.doneSize)} von ${bytes(p.wholeSize)}`,
  "goes.at-rate": (p) => `${p.line}, ${rate(p.size)}`,
  "goes.time-left": (p) => `${p.line}, noch ${duration(p.lasts)}`,
  "goes.too-tight": (p) => `${p.line}, ${bytes(p.size)} Platz zu wenig`,
  "goes.waiting": (p) => `Wartet: ${p.problem}`,
  "goes.waiting-next":
    "Es geht von selbst weiter, sobald das behoben ist. Dauert es zu lange, wird abgebrochen, und `lifeboat resume` macht weiter.",
  "goes.on": "Es geht weiter.",
  "goes.tight": (p) =>
    `Das Abbild braucht noch etwa ${bytes(p.wholeSize)}, und wo es geschrieben wird, sind ${bytes(p.size)} frei: Schaffen Sie Platz, sonst muss es warten.`,
  "goes.on-battery": (p) =>
    `dieser Computer läuft mit seinem Akku (${p.percent} %${p.minutes === 0 ? "" : `, noch etwa ${p.minutes} min`}): Schließen Sie das Netzteil an`,
  "goes.battery-low": (p) =>
    `der Akku ist fast leer (${p.percent} %${p.minutes === 0 ? "" : `, noch etwa ${p.minutes} min`}): Schließen Sie jetzt das Netzteil an`,
};

export const cameWords: SentencesOf<"came"> = {
  "came.restored": (p) => `„${p.image}“ wiederhergestellt auf ${p.disk}: ${bytes(p.size)} in ${duration(p.lasts)}`,
  "came.cloned": (p) => `„${p.image}“ geklont auf ${p.disk}: ${bytes(p.size)} in ${duration(p.lasts)}`,
  "came.unchanged": (p) => `${bytes(p.size)} (${number(p.number)} von ${number(p.count)} Stücken) stimmten schon.`,
  "came.undo": (p) => `Was vorher darauf war: lifeboat undo ${p.file}`,
  "came.equals-image": "Das Ziel wurde zurückgelesen und gleicht dem Abbild.",
  "came.equals-source": "Das Ziel wurde zurückgelesen und gleicht der Quelle.",
  "came.unread": "Das Ziel wurde nicht zurückgelesen.",
  "came.captured": (p) => `${bytes(p.doneSize)} von ${bytes(p.wholeSize)} gesichert in ${duration(p.lasts)}`,
  "came.image": (p) => `Abbild ${p.path}: ${bytes(p.size)}`,
  "came.intact": "Das Abbild wurde zurückgelesen und ist heil.",
  "came.image-unread": "Das Abbild wurde nicht zurückgelesen.",
};
