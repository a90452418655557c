import { deLocale } from "#ui/i18n/de/locale.ts";
import { plural } from "#ui/i18n/de/plural.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, place } = createFormat(deLocale);

const within = (volume: string): string => (volume === "" ? "" : `${volume} in `);
const content = (p: { content: string; volume: string; number: number }): string =>
  `${p.content || "Inhalt"} von ${within(p.volume)}Partition ${p.number}`;

export const planWords: SentencesOf<"plan" | "loss" | "confirm" | "warning"> = {
  "plan.save-old": (p) =>
    `Alte Partitionstabelle, Startbereiche und Superblöcke von ${p.disk} sichern, damit sie zurückgeholt werden können (höchstens ${bytes(p.most)}, ${p.path})`,
  "plan.make-partition": (p) => `Partition ${p.number} von ${p.disk} anlegen, ${bytes(p.size)} ab ${place(p.start)}`,
  "plan.add-partition": (p) => `Partition ${p.number} (${p.type}) anlegen, ${bytes(p.size)} ab ${place(p.start)}`,
  "plan.clear-partition": (p) => `Entfernen, was den alten Inhalt von Partition ${p.number} kennzeichnet`,
  "plan.clear-table": (p) => `Die alte Partitionstabelle von ${p.disk} entfernen`,
  "plan.write-zeros": (p) => `Nullen schreiben, wo das Abbild keine Daten hat: ${bytes(p.bytes)}`,
  "plan.write-region": (p) => `Schreiben: ${p.region}, ${bytes(p.used)} von ${bytes(p.size)}`,
  "plan.compare-region": (p) =>
    `Vergleichen: ${p.region}, ${bytes(p.used)} von ${bytes(p.size)}, und schreiben, was sich unterscheidet`,
  "plan.region": (p) => `Partition ${p.number}${p.filesystem === "" ? "" : ` (${p.filesystem})`}`,
  "plan.region-whole": "der ganze Datenträger",
  "plan.region-end": (p) => `Ende von Partition ${p.number}`,
  "plan.write-boot-areas": "Startbereiche und Bootsektoren schreiben",
  "plan.write-boot-sectors": "Bootsektoren schreiben",
  "plan.verify-all": (p) => `Alles zurücklesen und mit ${p.isClone ? "der Quelle" : "dem Abbild"} vergleichen`,
  "plan.verify-written": (p) =>
    `Zurücklesen, was geschrieben wurde, und mit ${p.isClone ? "der Quelle" : "dem Abbild"} vergleichen`,
  "plan.name-volume": (p) =>
    `${p.container} von ${within(p.volume)}Partition ${p.number} die UUID ${p.to} statt ${p.from} geben`,
  "plan.name-group": (p) =>
    `Die Volumegruppe ${p.from} von ${within(p.volume)}Partition ${p.number} in ${p.to} umbenennen, mit der UUID ${p.toId} statt ${p.fromId}, und andere UUIDs für ihr physisches Volume und ${plural(p.count, { one: "ihr logisches Volume", other: "ihre # logischen Volumes" })}`,
  "plan.name-references": (p) =>
    plural(p.count, {
      one: "Den neuen Namen in die Einstellungen der Systeme darauf schreiben (fstab, GRUB und andere), wo der alte steht",
      other:
        "# neue Namen in die Einstellungen der Systeme darauf schreiben (fstab, GRUB und andere), wo die alten stehen",
    }),
  "plan.shrink": (p) => `${content(p)} verkleinern, von ${bytes(p.oldSize)} auf ${bytes(p.size)}`,
  "plan.grow": (p) => `${content(p)} vergrößern, von ${bytes(p.oldSize)} auf ${bytes(p.size)}`,
  "plan.remake": (p) => `${content(p)} mit ${bytes(p.size)} neu anlegen und die Dateien hineinkopieren`,
  "plan.write-start": (p) => `Den Anfang von Partition ${p.number} schreiben, zuallerletzt`,
  "plan.write-new-table": (p) => `Eine neue Partitionstabelle (${p.table}) schreiben, zuallerletzt`,
  "plan.write-table": "Die Partitionstabelle schreiben, zuallerletzt",
  "plan.write-disk-start": "Den Anfang des Datenträgers schreiben, zuallerletzt",
  "plan.mend": (p) => `Danach: ${p.parts.join("; ")}`,
  "plan.mend-start": "reparieren, was die Systeme darauf startet, wo es nötig ist",
  "plan.mend-uefi": "sie unter UEFI starten lassen",
  "plan.mend-bios": "sie unter alter Firmware (BIOS) starten lassen",
  "plan.mend-moved": "einem Windows darauf sagen, wie seine Partitionen jetzt heißen",
  "plan.mend-universal": "sie auf anderer Hardware starten lassen",
  "plan.mend-identity": (p) =>
    `sie zu einem anderen Computer machen${p.hostname === "" ? "" : `, mit dem Namen ${p.hostname}`}`,

  "loss.partition": (p) =>
    facts(`Partition ${p.number}`, p.label === "" ? "" : `„${p.label}“`, p.content, bytes(p.size)),
  "loss.whole-disk": (p) =>
    facts("das Dateisystem auf dem ganzen Datenträger", p.label === "" ? "" : `„${p.label}“`, p.content, bytes(p.size)),
  "loss.moving": (p) => `Partition ${p.number}, die gerade verschoben oder in ihrer Größe geändert wird`,
  "loss.unknown": "Daten unbekannter Art, ohne Partitionstabelle",
  "loss.damaged": (p) => `alles, was darauf ist: ${p.damage}`,
  "loss.table": (p) => `eine leere Partitionstabelle (${p.table})`,

  "confirm.nothing": (p) => `Auf ${p.disk} sind keine Daten, die verloren gehen.`,
  "confirm.erase": (p) =>
    `Mir ist klar, dass auf ${p.disk} gelöscht wird: ${p.loss}${p.others === 0 ? "" : ` und ${number(p.others)} weitere`}.`,

  "warning.undo-unwanted": (p) =>
    `Von ${p.disk} wird nichts gesichert, wie gewünscht: Der alte Inhalt lässt sich danach nicht zurückholen`,
  "warning.undo-no-place": (p) =>
    `Es ist kein Platz, um zu sichern, womit sich der alte Inhalt von ${p.disk} wiederfinden ließe: Er lässt sich danach nicht zurückholen`,
  "warning.undo-in-memory": (p) =>
    `Womit sich der alte Inhalt von ${p.disk} wiederfinden lässt, liegt nur im Arbeitsspeicher: Kopieren Sie ${p.path} auf einen anderen Datenträger, bevor dieser Computer ausgeschaltet wird`,
  "warning.in-image": (p) => `Im Abbild: ${p.problem}`,
  "warning.filesystem": (p) => `Partition ${p.number} im Abbild: ${p.problem}`,
  "warning.left-out": (p) =>
    `Partition ${p.number} (${facts(p.filesystem, bytes(p.size))}) ist nicht im Abbild: Es wird sie geben, aber leer`,
  "warning.lacks": (p) =>
    `Dem Abbild fehlen ${bytes(p.bytes)} an ${plural(p.places, { one: "# Stelle", other: "# Stellen" })}, die beim Erstellen nicht gelesen werden konnten; auf dem Ziel stehen dort Nullen`,
  "warning.free-end": (p) => `${bytes(p.free)} am Ende von ${p.disk} bleiben ungenutzt`,
  "warning.unfinished": "Eine frühere Wiederherstellung auf diesen Datenträger wurde nicht beendet",
  "warning.no-serial": (p) =>
    `${p.path} nennt keine Seriennummer: Nach einem Neustart, oder wenn Datenträger angesteckt werden, kann ein anderer so heißen. Vergewissern Sie sich, dass es der richtige ist, und beginnen Sie gleich`,
  "warning.salvage": "Beschädigte Teile des Abbilds werden auf dem Ziel zu Nullen",
  "warning.boot-loader-ids":
    "In einem Startprogramm für alte Firmware (BIOS) kann eine alte UUID oder der Name einer LVM-Gruppe fest eingebaut sein, was hier nicht geändert wird: Startet die Kopie nicht, reparieren Sie unter „Start“, was sie startet",
  "warning.twin": (p) =>
    `Die Kopie hat dieselben Kennungen wie ihre Quelle: Starten Sie keinen Computer, an dem beide angeschlossen sind${p.canDiffer ? ", oder geben Sie ihr in der Aufteilung eigene" : ""}`,
};
