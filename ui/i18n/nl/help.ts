import type { help as en } from "#ui/i18n/en/help.ts";

export const help: typeof en = {
  "help.title": "Hulp",
  "help.lead": "Wat u wanneer doet, en wat de woorden betekenen. Niets hier verandert iets.",
  "help.how": "Hoe kan ik …",
  "help.how-restore": "… een computer terughalen uit een image?",
  "help.so-restore":
    "Kies ‘Terugzetten’: eerst het image, dan de schijf. Voordat er iets wordt geschreven, ziet u alles wat verloren gaat en bevestigt u het.",
  "help.how-smaller": "… naar een kleinere of grotere schijf?",
  "help.so-smaller":
    "Kies ‘Klonen’, of ‘Terugzetten’ als u een image hebt. Op de pagina ‘Indeling’ kunnen partities kleiner worden of de hele schijf gebruiken.",
  "help.how-file": "… losse bestanden uit een image halen?",
  "help.so-file":
    "Kies ‘Images’, open het image en kijk erin. Bestanden en mappen kunnen worden gedownload of naar een andere schijf gekopieerd.",
  "help.how-start": "… een computer herstellen die niet start?",
  "help.so-start":
    "Kies ‘Opstarten’. U ziet wat de schijf start, wat daaraan mankeert en wat een herstel zou veranderen. Gewijzigde bestanden worden bewaard.",
  "help.how-power": "… verdergaan na een stroomuitval?",
  "help.so-power":
    "Start dit systeem opnieuw. Een terugzetting begint opnieuw, en wat al op de schijf staat, wordt niet twee keer geschreven. Een wijziging van partities maakt u af op de pagina ‘Partities’.",
  "help.how-look": "… weten dat er door proberen niets verloren gaat?",
  "help.so-look":
    "Pagina’s kijken alleen, tot er een plan staat en u het start. Elk plan zegt op welke schijf het schrijft en wat daar verloren gaat.",
  "help.keys": "Toetsenbord",
  "help.keys-text":
    "Tab en Shift+Tab gaan van veld naar veld, de pijltoetsen kiezen binnen een veld, de spatiebalk zet een vinkje, Enter drukt op een knop. Escape sluit wat open is. F1 toont deze pagina.",
  "help.words": "Woorden",
  "help.word-image": "Image",
  "help.means-image": "Wat er op een moment op een schijf stond, in één bestand: partities, bestanden en wat ze start.",
  "help.word-capture": "Vastleggen",
  "help.means-capture": "Een image van een schijf maken. De schijf wordt alleen gelezen.",
  "help.word-repository": "Archief",
  "help.means-repository": "Een map met images van veel computers en tijden, waarin wat gelijk is maar één keer staat.",
  "help.word-clone": "Klonen",
  "help.means-clone": "Een schijf op een andere kopiëren, zonder een image ertussen.",
  "help.word-partition": "Partitie",
  "help.means-partition": "Een deel van een schijf met een eigen bestandssysteem, zoals station C: van Windows.",
  "help.word-table": "Partitietabel",
  "help.means-table": "De lijst van partities aan het begin van een schijf: MBR op oudere computers, GPT op nieuwere.",
  "help.word-esp": "EFI-systeempartitie",
  "help.means-esp": "De kleine partitie waarvan nieuwere computers starten.",
  "help.word-firmware": "BIOS, UEFI",
  "help.means-firmware": "Het programma in de computer dat als eerste draait en het systeem van een schijf start.",
  "help.word-secure-boot": "Secure Boot",
  "help.means-secure-boot": "UEFI start alleen wat is ondertekend door iemand die het vertrouwt.",
  "help.word-universal": "Andere hardware",
  "help.means-universal":
    "Een systeem van de ene computer krijgt de stuurprogramma’s en startbestanden die een andere nodig heeft.",
  "help.word-identity": "Identiteit",
  "help.means-identity":
    "Waaraan anderen een computer kennen: naam, kenmerken, sleutels. Een kopie die naast haar origineel draait, heeft een andere nodig.",
  "help.word-verify": "Controleren",
  "help.means-verify": "Alles teruglezen en met de controlesommen vergelijken.",
  "help.word-encryption": "Wachtwoord en herstelsleutel",
  "help.means-encryption":
    "Een versleuteld image gaat open met een wachtwoord, of met de herstelsleutel die bij het maken is getoond. Zonder een van beide kan niemand het lezen.",
  "help.word-pairing": "Koppelcode",
  "help.means-pairing":
    "De code op dit scherm waarmee een browser op een andere computer, of een ander reddingssysteem, verbinding mag maken.",
  "help.word-undo": "Herstelbestand",
  "help.means-undo":
    "Wat er stond op de plaatsen waar een terugzetting het eerst schrijft. Daarmee zijn de oude partities terug te vinden.",
  "help.back": "Terug naar waar u was",
};
