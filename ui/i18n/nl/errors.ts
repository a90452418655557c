import type { ErrorTexts } from "#ui/i18n/en/errors.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import { plural } from "#ui/i18n/nl/plural.ts";

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
};
