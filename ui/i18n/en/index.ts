import type { Sentence } from "#rescue/api/contract.ts";
import { app } from "#ui/i18n/en/app.ts";
import { boot } from "#ui/i18n/en/boot.ts";
import { capture } from "#ui/i18n/en/capture.ts";
import { clone } from "#ui/i18n/en/clone.ts";
import { disks } from "#ui/i18n/en/disks.ts";
import { errors } from "#ui/i18n/en/errors.ts";
import { help } from "#ui/i18n/en/help.ts";
import { home } from "#ui/i18n/en/home.ts";
import { imageLibrary } from "#ui/i18n/en/image-library.ts";
import { images } from "#ui/i18n/en/images.ts";
import { jobs } from "#ui/i18n/en/jobs.ts";
import { enLocale } from "#ui/i18n/en/locale.ts";
import { logs } from "#ui/i18n/en/logs.ts";
import { network } from "#ui/i18n/en/network.ts";
import { partitions } from "#ui/i18n/en/partitions.ts";
import { power } from "#ui/i18n/en/power.ts";
import { restore } from "#ui/i18n/en/restore.ts";
import { settings } from "#ui/i18n/en/settings.ts";
import { terminal } from "#ui/i18n/en/terminal.ts";
import { unattended } from "#ui/i18n/en/unattended.ts";
import { wish } from "#ui/i18n/en/wish.ts";
import { words } from "#ui/i18n/en/words.ts";
import { errorWords, tellIn } from "#ui/i18n/tell.ts";

/**
 * English, and the type of every other language. Keys are `page.thing`. Whole sentences only: no text is put together from
 * parts, so that each language keeps its own word order.
 */
const messages = {
  ...{ ...app, ...home, ...help, ...images, ...disks, ...partitions, ...restore, ...jobs },
  ...{
    ...network,
    ...terminal,
    ...unattended,
    ...settings,
    ...logs,
    ...power,
    ...wish,
    ...imageLibrary,
    ...boot,
    ...clone,
    ...capture,
  },
};
export type Messages = typeof messages;

const all = { ...errorWords(errors), ...words };

export const english = {
  ...{ locale: enLocale, messages, errors },
  /** The engine's own English, unless it speaks of the command where the page has something to press. */
  tell: (sentence: Sentence): string | undefined => tellIn(all, sentence) ?? sentence.text,
};
