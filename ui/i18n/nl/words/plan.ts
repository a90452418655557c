import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import { plural } from "#ui/i18n/nl/plural.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes, number, place } = createFormat(nlLocale);

const within = (volume: string): string => (volume === "" ? "" : `${volume} in `);
const content = (p: { content: string; volume: string; number: number }): string =>
  `${p.content || "inhoud"} van ${within(p.volume)}partitie ${p.number}`;

export const planWords: SentencesOf<"plan" | "loss" | "confirm" | "warning"> = {
  "plan.save-old": (p) =>
    `De oude partitietabel, opstartgebieden en superblokken van ${p.disk} bewaren, zodat ze kunnen worden teruggehaald (hoogstens ${bytes(p.most)}, ${p.path})`,
  "plan.make-partition": (p) => `Partitie ${p.number} van ${p.disk} maken, ${bytes(p.size)} vanaf ${place(p.start)}`,
  "plan.add-partition": (p) => `Partitie ${p.number} (${p.type}) maken, ${bytes(p.size)} vanaf ${place(p.start)}`,
  "plan.clear-partition": (p) => `Weghalen wat de oude inhoud van partitie ${p.number} kenmerkt`,
  "plan.clear-table": (p) => `De oude partitietabel van ${p.disk} verwijderen`,
  "plan.write-zeros": (p) => `Nullen schrijven waar het image geen gegevens heeft: ${bytes(p.bytes)}`,
  "plan.write-region": (p) => `Schrijven: ${p.region}, ${bytes(p.used)} van ${bytes(p.size)}`,
  "plan.compare-region": (p) =>
    `Vergelijken: ${p.region}, ${bytes(p.used)} van ${bytes(p.size)}, en schrijven wat verschilt`,
  "plan.region": (p) => `partitie ${p.number}${p.filesystem === "" ? "" : ` (${p.filesystem})`}`,
  "plan.region-whole": "de hele schijf",
  "plan.region-end": (p) => `einde van partitie ${p.number}`,
  "plan.write-boot-areas": "Opstartgebieden en opstartsectoren schrijven",
  "plan.write-boot-sectors": "Opstartsectoren schrijven",
  "plan.verify-all": (p) => `Alles teruglezen en met ${p.isClone ? "de bron" : "het image"} vergelijken`,
  "plan.verify-written": (p) =>
    `Teruglezen wat is geschreven en met ${p.isClone ? "de bron" : "het image"} vergelijken`,
  "plan.name-volume": (p) =>
    `${p.container} van ${within(p.volume)}partitie ${p.number} de UUID ${p.to} geven in plaats van ${p.from}`,
  "plan.name-group": (p) =>
    `De volumegroep ${p.from} van ${within(p.volume)}partitie ${p.number} de naam ${p.to} geven, met de UUID ${p.toId} in plaats van ${p.fromId}, en andere UUID’s voor het fysieke volume en ${plural(p.count, { one: "het logische volume", other: "de # logische volumes" })}`,
  "plan.name-references": (p) =>
    plural(p.count, {
      one: "De nieuwe naam in de instellingen van de systemen erop schrijven (fstab, GRUB en andere), waar de oude staat",
      other:
        "# nieuwe namen in de instellingen van de systemen erop schrijven (fstab, GRUB en andere), waar de oude staan",
    }),
  "plan.shrink": (p) => `${content(p)} kleiner maken, van ${bytes(p.oldSize)} naar ${bytes(p.size)}`,
  "plan.grow": (p) => `${content(p)} groter maken, van ${bytes(p.oldSize)} naar ${bytes(p.size)}`,
  "plan.remake": (p) => `${content(p)} opnieuw maken met ${bytes(p.size)} en de bestanden erin kopiëren`,
  "plan.write-start": (p) => `Het begin van partitie ${p.number} schrijven, als allerlaatste`,
  "plan.write-new-table": (p) => `Een nieuwe partitietabel (${p.table}) schrijven, als allerlaatste`,
  "plan.write-table": "De partitietabel schrijven, als allerlaatste",
  "plan.write-disk-start": "Het begin van de schijf schrijven, als allerlaatste",
  "plan.mend": (p) => `Daarna: ${p.parts.join("; ")}`,
  "plan.mend-start": "waar nodig herstellen wat de systemen erop start",
  "plan.mend-uefi": "ze onder UEFI laten starten",
  "plan.mend-bios": "ze onder oude firmware (BIOS) laten starten",
  "plan.mend-moved": "een Windows erop vertellen hoe zijn partities nu heten",
  "plan.mend-universal": "ze op andere hardware laten starten",
  "plan.mend-identity": (p) =>
    `er een andere computer van maken${p.hostname === "" ? "" : `, met de naam ${p.hostname}`}`,

  "loss.partition": (p) =>
    facts(`partitie ${p.number}`, p.label === "" ? "" : `“${p.label}”`, p.content, bytes(p.size)),
  "loss.whole-disk": (p) =>
    facts("het bestandssysteem op de hele schijf", p.label === "" ? "" : `“${p.label}”`, p.content, bytes(p.size)),
  "loss.moving": (p) => `partitie ${p.number}, die wordt verplaatst of van grootte verandert`,
  "loss.unknown": "gegevens van onbekende soort, zonder partitietabel",
  "loss.damaged": (p) => `alles wat erop staat: ${p.damage}`,
  "loss.table": (p) => `een lege partitietabel (${p.table})`,

  "confirm.nothing": (p) => `Op ${p.disk} staan geen gegevens die verloren gaan.`,
  "confirm.erase": (p) =>
    `Ik begrijp dat op ${p.disk} wordt gewist: ${p.loss}${p.others === 0 ? "" : ` en nog ${number(p.others)}`}.`,

  "warning.undo-unwanted": (p) =>
    `Van ${p.disk} wordt niets bewaard, zoals gevraagd: de oude inhoud is daarna niet terug te halen`,
  "warning.undo-no-place": (p) =>
    `Er is geen ruimte om te bewaren waarmee de oude inhoud van ${p.disk} terug te vinden is: die is daarna niet terug te halen`,
  "warning.undo-in-memory": (p) =>
    `Waarmee de oude inhoud van ${p.disk} terug te vinden is, staat alleen in het geheugen: kopieer ${p.path} naar een ander medium voordat deze computer wordt uitgezet`,
  "warning.in-image": (p) => `In het image: ${p.problem}`,
  "warning.filesystem": (p) => `Partitie ${p.number} in het image: ${p.problem}`,
  "warning.left-out": (p) =>
    `Partitie ${p.number} (${facts(p.filesystem, bytes(p.size))}) zit niet in het image: zij komt er, maar leeg`,
  "warning.lacks": (p) =>
    `In het image ontbreekt ${bytes(p.bytes)} op ${plural(p.places, { one: "# plaats", other: "# plaatsen" })} die bij het maken niet konden worden gelezen; op het doel komen daar nullen`,
  "warning.free-end": (p) => `${bytes(p.free)} aan het einde van ${p.disk} blijft ongebruikt`,
  "warning.unfinished": "Een eerdere terugzetting op deze schijf is niet afgemaakt",
  "warning.no-serial": (p) =>
    `${p.path} noemt geen serienummer: na een herstart, of als er schijven worden aangesloten, kan een andere schijf zo heten. Controleer of het de juiste is en begin meteen`,
  "warning.salvage": "Beschadigde delen van het image worden nullen op het doel",
  "warning.boot-loader-ids":
    "In een opstartlader voor oude firmware (BIOS) kan een oude UUID of de naam van een LVM-groep zijn ingebouwd, en dat wordt hier niet veranderd: start de kopie niet, herstel dan onder “Opstarten” wat haar start",
  "warning.twin": (p) =>
    `De kopie heeft dezelfde kenmerken als haar bron: start geen computer waarop beide zijn aangesloten${p.canDiffer ? ", of geef haar bij de indeling eigen kenmerken" : ""}`,
};
