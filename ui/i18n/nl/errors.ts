import type { ErrorTexts } from "#ui/i18n/en/errors.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import { plural } from "#ui/i18n/nl/plural.ts";

const NOTHING_WRITTEN = "Er is niets geschreven.";
const { bytes } = createFormat(nlLocale);

export const errors: ErrorTexts = {
  SERVER_UNREACHABLE: {
    text: () => "Het reddingsprogramma antwoordt niet.",
    safe: "Een terugzetting die bezig is, gaat zonder deze pagina door.",
    next: "Wacht een paar seconden en probeer het opnieuw. Blijft het zo, start dan de computer opnieuw.",
  },
  JOB_LOST: {
    text: () => "Het reddingsprogramma is opnieuw gestart en de terugzetting die bezig was, is daarmee geëindigd.",
    safe: "Het image is onveranderd. Het doel heeft geen partitietabel, dus geen computer start ervan.",
    next: "Kies het image en het doel opnieuw: het terugzetten begint dan van voren af aan.",
  },
  PAGE_FAILED: {
    safe: "Een terugzetting die bezig is, gaat door: deze pagina toont die alleen.",
    next: "Laad de pagina opnieuw. Gaat het weer mis, bekijk dan het logboek en meld het.",
  },
  IMAGE_UNLOCK_FAILED: {
    text: () => "Daarmee gaat dit image niet open",
    next: "Let op hoofdletters en kleine letters en op de toetsenbordindeling: met “Tonen” ziet u wat er is getypt. Een ander wachtwoord van het image of de herstelsleutel opent het ook.",
  },
  IMAGE_LOCKED: {
    text: () => "Het image is versleuteld en het wachtwoord is nog niet gegeven.",
    next: "Kies het image en typ het wachtwoord.",
  },
  TARGET_TOO_SMALL: {
    text: ({ have, need }) =>
      `De schijf heeft ${bytes(Number(have))}, maar het image heeft ${bytes(Number(need))} nodig.`,
  },
  TARGET_HOLDS_IMAGE: { text: () => "Het image zelf staat erop." },
  TARGET_IS_BOOT_MEDIUM: { text: () => "Dit reddingssysteem is ervan gestart." },
  TARGET_READ_ONLY: { text: () => "De schijf kan alleen worden gelezen." },
  WRITE_FAILED: { next: "Controleer de kabel en de toestand van de schijf en kies dan “Opnieuw proberen”." },
  CHUNK_DAMAGED: {
    text: ({ file, region, offset, problem }) =>
      `${file}: een stuk van ${region}, bij byte ${offset} van het bestand, is beschadigd: ${problem}`,
    next: "Kies een andere kopie van het image.",
  },
  RESTORE_SALVAGED: { text: ({ file }) => `${file} is beschadigd. Alles wat daarin heel is, is teruggezet.` },
  TARGET_VERIFY_FAILED: {
    text: ({ device, damaged, region, offset }) =>
      plural(Number(damaged), {
        one: `${device}: # stuk wordt anders teruggelezen dan het werd geschreven, in ${region} bij byte ${offset}`,
        other: `${device}: # stukken worden anders teruggelezen dan ze werden geschreven, het eerste in ${region} bij byte ${offset}`,
      }),
  },
  TOOL_FAILED: {
    text: ({ tool, status }) => `Een deel van het reddingssysteem werkte niet: ${tool} eindigde met status ${status}.`,
    safe: "Wat er gevraagd werd, is niet voltooid.",
    next: "Probeer het nog eens. Mislukt het weer, koppel dan sticks en schijven los die u niet nodig hebt en zoek opnieuw. In het logboek staan de bijzonderheden voor iemand die kan helpen.",
  },
  INTERNAL: {
    text: ({ problem }) => `Een deel van het reddingssysteem werkte niet: ${problem}`,
    next: "Probeer het nog eens. Mislukt het weer, koppel dan sticks en schijven los die u niet nodig hebt en zoek opnieuw. Het is een fout van Lifeboat: in het logboek staat wat nodig is om die te melden.",
  },
  IMAGE_DAMAGED: { next: "Kies een andere kopie van het image." },
  IMAGE_VERIFY_FAILED: { next: "Kies een andere kopie van het image." },
  CANCELLED: { next: "Start het terugzetten opnieuw of kies een ander image." },
  PLAN_STALE: { text: () => "De schijven of het image zijn veranderd sinds het plan werd gemaakt." },
  TARGET_IS_SOURCE: { text: () => "Het is de bron." },
  TARGET_IN_USE: {
    text: ({ by }) => `Hij is in gebruik: ${by}`,
    safe: NOTHING_WRITTEN,
    next: "Wacht tot wat hem gebruikt klaar is, of koppel de share of aankoppeling los. Kies hem daarna opnieuw.",
  },
  SOURCE_IN_USE: {
    text: ({ source, by }) => `Er wordt op ${source} geschreven: ${by}`,
    safe: NOTHING_WRITTEN,
    next: "Een image van een schijf die verandert, zou niet kloppen. Beëindig wat erop schrijft en probeer het opnieuw.",
  },
  JOB_BUSY: {
    text: ({ device }) => `Een andere taak schrijft op ${device}.`,
    safe: NOTHING_WRITTEN,
    next: "Wacht tot die taak klaar is, of stop haar.",
  },
  FILE_EXISTS: {
    text: ({ file }) => `${file} bestaat al.`,
    safe: NOTHING_WRITTEN,
    next: "Kies een andere naam: wat er is, wordt nooit overschreven.",
  },
  LAYOUT_INVALID: {
    text: ({ problem }) => `Deze indeling is niet mogelijk: ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Verander wat genoemd is, of kies een andere indeling.",
  },
  LAYOUT_TOO_SMALL: {
    text: ({ have, need }) =>
      `Hij heeft ${bytes(Number(have))}, maar de partities hebben ${bytes(Number(need))} nodig.`,
    safe: NOTHING_WRITTEN,
    next: "Kies een grotere schijf, laat partities kleiner worden of laat er enkele weg.",
  },
  TABLE_DAMAGED: {
    text: ({ device, table, problem }) => `${device}: de partitietabel (${table}) is beschadigd: ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Repareer de tabel met een programma daarvoor, of leg de schijf vast met “Elke sector, gebruikt of niet”.",
  },
  EDIT_INVALID: {
    text: ({ problem }) => `Dit is niet mogelijk: ${problem}`,
    safe: NOTHING_WRITTEN,
    next: "Haal het uit de lijst, of verander het.",
  },
  SPACE_EXHAUSTED: {
    text: ({ file }) => `Er is geen ruimte meer voor ${file}.`,
    safe: "Er is nog geen image; wat tot nu toe is vastgelegd, blijft bewaard. De schijf is onveranderd.",
    next: "Maak daar ruimte of kies een andere plaats. Begin dan opnieuw.",
  },
  WINDOWS_HIBERNATED: {
    text: () => "Windows erop is in slaapstand gezet en niet afgesloten.",
    safe: NOTHING_WRITTEN,
    next: "Start Windows nog een keer en sluit het volledig af. Of kies om een sessie in slaapstand weg te gooien: wat open en niet opgeslagen was, gaat dan verloren, bestanden niet.",
  },
  MOVE_UNFINISHED: {
    text: ({ number, device }) => `Een wijziging van partitie ${number} van ${device} is onderbroken.`,
    safe: "De hele partitie staat op de schijf, maar nog niet alles op zijn plaats.",
    next: "Open “Partities” en maak het af. Verander daarvoor niets anders op deze schijf.",
  },
  SECRET_MISSING: {
    text: ({ what }) => `Nodig, en nog niet bekend: ${what}`,
    safe: "Er is aan niemand iets verzonden.",
    next: "Typ het onder “Wachtwoorden die ontbreken”.",
  },
  SHARE_NO_ANSWER: {
    text: ({ server, port }) => `${server} antwoordt niet op poort ${port}.`,
    safe: "Er is niets verbonden.",
    next: "Controleer of de server aan staat, of deze computer een adres in het netwerk heeft en of er geen firewall tussen zit.",
  },
  SHARE_NAME_UNKNOWN: {
    text: ({ server }) => `Voor ${server} is geen adres bekend.`,
    safe: "Er is niets verbonden.",
    next: "Controleer de naam of typ in plaats daarvan het adres van de server.",
  },
  SHARE_DENIED: {
    text: ({ server, user }) => `${server} weigert de gebruiker ${user}.`,
    safe: "Er is niets verbonden.",
    next: "Controleer gebruiker, wachtwoord en domein: hoofdletters en de toetsenbordindeling.",
  },
  SHARE_READ_ONLY: {
    text: ({ server }) => `Op ${server} kan niets worden geschreven.`,
    safe: "Images erop kunnen worden gelezen en teruggezet.",
    next: "Geef de gebruiker daar schrijfrecht, of merk de share aan als alleen-lezen.",
  },
  BUCKET_NOT_FOUND: {
    text: ({ bucket, endpoint }) => `${endpoint} heeft geen bucket ${bucket}.`,
    safe: "Er is niets verbonden.",
    next: "Controleer de namen van de bucket en van de server, of maak de bucket daar aan.",
  },
  BUCKET_DENIED: {
    text: ({ bucket, endpoint }) => `${endpoint} laat deze toegangssleutel niet toe tot de bucket ${bucket}.`,
    safe: "Er is niets verbonden.",
    next: "Controleer de toegangssleutel en de geheime sleutel: hoofdletters en de toetsenbordindeling. De sleutel moet mogen opsommen, lezen, schrijven en verwijderen.",
  },
  BUCKET_CLOCK_WRONG: {
    text: ({ endpoint }) => `${endpoint} weigert deze computer omdat zijn klok verkeerd staat.`,
    safe: "Er is niets verbonden.",
    next: "Stel op deze pagina de tijd in en verbind dan opnieuw.",
  },
  BUCKET_UNREACHABLE: {
    text: ({ endpoint }) => `${endpoint} antwoordt niet.`,
    safe: "Er is niets verbonden.",
    next: "Controleer het adres, of deze computer een adres in het netwerk heeft en of de server aan staat.",
  },
  BUCKET_FAILED: {
    text: ({ bucket, endpoint, reason }) => `${endpoint}, bucket ${bucket}: ${reason}`,
    safe: "Er is niets verbonden.",
    next: "Controleer de regio. Het eigen log van de server zegt misschien meer.",
  },
  SHARE_HOST_KEY_UNKNOWN: {
    text: ({ server, fingerprint }) => `${server} toont een sleutel die nog niemand heeft bevestigd: ${fingerprint}`,
    safe: "Er is geen wachtwoord naartoe gestuurd.",
    next: "Vergelijk hem met de sleutel die de server zelf toont en aanvaard hem dan.",
  },
  VOLUME_NOT_SHOWN: {
    text: ({ volume, reason }) => `De bestanden van ${volume} kunnen niet worden getoond: ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Open een ander volume van het image. Om dit volume te krijgen zoals het is, zet u het terug op een schijf.",
  },
  PROOF_NO_MEMORY: {
    text: ({ wanted, own, available }) =>
      `Er is te weinig geheugen om het te starten: ${wanted} MiB en ${own} MiB voor de virtuele machine zijn nodig, ${available} MiB zijn vrij.`,
    safe: "De schijf is onveranderd.",
    next: "Probeer het op een computer met meer geheugen.",
  },
  ORDER_REFUSED: {
    text: ({ server, reason }) => `Een opdracht van ${server} wordt niet uitgevoerd: ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Misschien heeft iemand in dit netwerk haar veranderd. Heeft de server een nieuwe sleutel, maak de opstartset dan opnieuw; zoek anders naar een andere server in dit netwerk.",
  },
  SECTOR_SIZE_UNFIT: {
    text: ({ partition, sectorSize, target, reason }) =>
      `${partition} kan niet op de sectoren van ${sectorSize} bytes staan die ${target} heeft: ${reason}.`,
    safe: NOTHING_WRITTEN,
    next: "Kies een schijf met sectoren van de grootte die de bron had, of laat deze partitie weg.",
  },
  RESIZE_UNDONE: {
    text: ({ number, device, reason }) => `Partitie ${number} van ${device} houdt haar grootte: ${reason}`,
    safe: "De partitie, wat erin staat en de partitietabel zijn zoals ze waren.",
    next: "Doe wat de reden vraagt. Een beschadigd bestandssysteem wordt eerst met zijn eigen programma’s hersteld.",
  },
};
