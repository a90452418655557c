import { createFormat } from "#ui/i18n/format.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import { facts, type SentencesOf } from "#ui/i18n/tell.ts";

const { bytes } = createFormat(nlLocale);

export const surveyWords: SentencesOf<"survey"> = {
  "survey.outside": (p) =>
    `${bytes(p.size)} buiten de partities wordt niet vastgelegd; met elke sector gebeurt dat wel`,
  "survey.excluded": (p) =>
    `partitie ${p.number} (${facts(p.filesystem, bytes(p.size))}) wordt niet vastgelegd, zoals gevraagd: na een terugzetting is zij leeg`,
  "survey.left-out": (p) =>
    `de inhoud van ${p.name}, ${bytes(p.size)}, is weggelaten; Windows maakt dit bestand opnieuw`,
  "survey.not-left-out": (p) => `wissel- en slaapstandbestanden zijn niet weggelaten: ${p.reason}`,
  "survey.whole-disk": (p) => `de hele schijf wordt vastgelegd (${p.reason})`,
  "survey.inner": (p) => `${p.volume}: ${p.what}`,
  "survey.inside": (p) => `${p.region}, ${p.volume}: ${p.what}`,
};
