import { app } from "#ui/i18n/es/app.ts";
import { boot } from "#ui/i18n/es/boot.ts";
import { capture } from "#ui/i18n/es/capture.ts";
import { clone } from "#ui/i18n/es/clone.ts";
import { disks } from "#ui/i18n/es/disks.ts";
import { errors } from "#ui/i18n/es/errors.ts";
import { help } from "#ui/i18n/es/help.ts";
import { home } from "#ui/i18n/es/home.ts";
import { imageLibrary } from "#ui/i18n/es/image-library.ts";
import { images } from "#ui/i18n/es/images.ts";
import { jobs } from "#ui/i18n/es/jobs.ts";
import { esLocale } from "#ui/i18n/es/locale.ts";
import { logs } from "#ui/i18n/es/logs.ts";
import { network } from "#ui/i18n/es/network.ts";
import { partitions } from "#ui/i18n/es/partitions.ts";
import { power } from "#ui/i18n/es/power.ts";
import { restore } from "#ui/i18n/es/restore.ts";
import { settings } from "#ui/i18n/es/settings.ts";
import { terminal } from "#ui/i18n/es/terminal.ts";
import { unattended } from "#ui/i18n/es/unattended.ts";
import { wish } from "#ui/i18n/es/wish.ts";
import { words } from "#ui/i18n/es/words.ts";
import type { Catalogue } from "#ui/i18n/languages.ts";
import { teller } from "#ui/i18n/tell.ts";

export const spanish: Catalogue = {
  locale: esLocale,
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
  ...teller(words, errors, () => import("#ui/i18n/es/systems.ts")),
};
