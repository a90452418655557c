import { deLocale } from "#ui/i18n/de/locale.ts";
import { createFormat } from "#ui/i18n/format.ts";
import type { SentencesOf } from "#ui/i18n/tell.ts";

const { number } = createFormat(deLocale);

export const damageWords: SentencesOf<"damage" | "damaged"> = {
  "damage.lost": "das Repository hat das Paket mit seinen Daten verloren",
  "damage.file-cut": (p) => `${p.path} ist abgeschnitten`,
  "damage.cut": "es ist abgeschnitten",
  "damage.length": "seine Länge kann nicht stimmen",
  "damage.other": "sein Kopf gehört zu einem anderen Stück",
  "damage.content": "sein Inhalt passt nicht zu seinem SHA-256",
  "damage.data": "seine Daten passen nicht zu ihrer Prüfsumme",
  "damage.no-header": "sein Kopf ist nicht der eines Stücks",
  "damage.header": "sein Kopf passt nicht zu seiner Prüfsumme",
  "damage.expand": "seine Daten lassen sich nicht entpacken",
  "damage.plain": "es ist nicht verschlüsselt",
  "damage.sealed-header": "sein Kopf sagt mehr, als der eines verschlüsselten Stücks sagen darf",
  "damage.seal": "es wurde verändert oder gehört nicht zu diesem Abbild: Sein Echtheitsnachweis stimmt nicht",
  "damaged.chunk": (p) =>
    `Stück ${number(p.number)} von ${p.region}, ${number(p.count)} Byte ab Byte ${number(p.start)} des Datenträgers: ${p.problem}`,
};

/** Why a partition cannot live on sectors of another size. */
export const sectorWords: SentencesOf<"sector"> = {
  "sector.encrypted": "was darin verschlüsselt ist, kann von der Größe der Sektoren abhängen",
  "sector.filesystem": (p) => `von ${p.filesystem} ist nicht bekannt, dass es auf Sektoren anderer Größe geht`,
  "sector.blocks": (p) =>
    `die Blöcke seines ${p.filesystem} haben ${number(p.number)} Byte und dürfen nicht kleiner sein als Sektoren`,
  "sector.ntfs": (p) =>
    `Windows liest ein NTFS nur auf Sektoren der Größe, für die es angelegt wurde: ${number(p.number)} Byte`,
  "sector.exfat": "kein Werkzeug legt ein exFAT mit allem, was darin ist, neu an",
  "sector.inside": (p) => `${p.volume} darin (${p.filesystem}) kann von der Größe der Sektoren abhängen`,
};
