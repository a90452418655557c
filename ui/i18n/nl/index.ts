import type { Catalogue } from "#ui/i18n/languages.ts";
import { app } from "#ui/i18n/nl/app.ts";
import { boot } from "#ui/i18n/nl/boot.ts";
import { capture } from "#ui/i18n/nl/capture.ts";
import { clone } from "#ui/i18n/nl/clone.ts";
import { disks } from "#ui/i18n/nl/disks.ts";
import { errors } from "#ui/i18n/nl/errors.ts";
import { help } from "#ui/i18n/nl/help.ts";
import { home } from "#ui/i18n/nl/home.ts";
import { imageLibrary } from "#ui/i18n/nl/image-library.ts";
import { images } from "#ui/i18n/nl/images.ts";
import { jobs } from "#ui/i18n/nl/jobs.ts";
import { nlLocale } from "#ui/i18n/nl/locale.ts";
import { logs } from "#ui/i18n/nl/logs.ts";
import { network } from "#ui/i18n/nl/network.ts";
import { partitions } from "#ui/i18n/nl/partitions.ts";
import { power } from "#ui/i18n/nl/power.ts";
import { restore } from "#ui/i18n/nl/restore.ts";
import { settings } from "#ui/i18n/nl/settings.ts";
import { terminal } from "#ui/i18n/nl/terminal.ts";
import { unattended } from "#ui/i18n/nl/unattended.ts";
import { wish } from "#ui/i18n/nl/wish.ts";
import { words } from "#ui/i18n/nl/words.ts";
import { teller } from "#ui/i18n/tell.ts";

export const dutch: Catalogue = {
  locale: nlLocale,
  messages: {
    ...app,
    ...home,
    ...help,
    ...images,
    ...disks,
    ...partitions,
    ...restore,
    ...jobs,
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
  errors,
  ...teller(words, errors, () => import("#ui/i18n/nl/systems.ts")),
};
