import type { clone as en } from "#ui/i18n/en/clone.ts";

export const clone: typeof en = {
  "section.clone": "Klonen",
  "home.clone": "Een schijf klonen",
  "home.clone-text": "Een schijf op een andere kopiëren, groter of kleiner.",
  "step.source": "Bron",
  "clone.source-title": "Welke schijf wilt u klonen?",
  "clone.app.running": (p) => `Klonen, ${p.percent}`,
  "clone.app.ended": "Het klonen is afgelopen",
  "clone.target.title": "Naar welke schijf wilt u klonen?",
  "clone.target.lead": (p) => `${p.name} heeft ${p.size}. Alles op de schijf die u kiest, wordt vervangen.`,
  "clone.target.empty": "Sluit de schijf aan waarnaar u wilt klonen en kies dan “Opnieuw zoeken”.",
  "clone.layout.what": "Wat wordt gekloond",
  "clone.layout.table-same": "Zoals op de bron",
  "clone.layout.new-ids": "De kenmerken van de bron behouden",
  "clone.layout.new-ids-detail":
    "Zelden nodig: zonder dit krijgt de kopie eigen kenmerken en worden haar systemen daarop ingesteld. Hiermee haalt een computer de twee schijven door elkaar zolang ze er beide in zitten.",
  "clone.review.start-erase": (p) => `${p.name} wissen en erop klonen`,
  "clone.review.start": (p) => `Klonen naar ${p.name}`,
  "clone.progress.title": (p) => `${p.image} wordt naar ${p.target} gekloond`,
  "clone.progress.bar": "Voortgang van het hele klonen",
  "clone.progress.image-away": "Wachten: de bron is verwijderd of antwoordt niet",
  "clone.progress.cancel-title": "Het klonen stoppen?",
  "clone.progress.cancel-text":
    "Het doel zal niet starten, en wat er eerst op stond is weg. De bron is onveranderd: u kunt het klonen altijd opnieuw beginnen.",
  "clone.result.succeeded": "Het klonen is klaar",
  "clone.result.failed": "Het klonen is mislukt",
  "clone.result.cancelled": "Het klonen is gestopt",
  "clone.result.cancelled-safe":
    "Het doel zal niet starten: de partitietabel is niet geschreven. De bron is onveranderd.",
  "clone.result.cancelled-next": "Begin het klonen opnieuw, of kies een andere schijf.",
  "clone.result.verified-yes": "Alles is teruggelezen en gelijk aan de bron",
  "clone.result.other-image": "Een andere schijf kiezen",
  "clone.result.another": "Nog een klonen",
};
