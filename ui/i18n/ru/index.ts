import type { Catalogue } from "#ui/i18n/languages.ts";
import { app } from "#ui/i18n/ru/app.ts";
import { boot } from "#ui/i18n/ru/boot.ts";
import { capture } from "#ui/i18n/ru/capture.ts";
import { clone } from "#ui/i18n/ru/clone.ts";
import { disks } from "#ui/i18n/ru/disks.ts";
import { errors } from "#ui/i18n/ru/errors.ts";
import { help } from "#ui/i18n/ru/help.ts";
import { home } from "#ui/i18n/ru/home.ts";
import { imageLibrary } from "#ui/i18n/ru/image-library.ts";
import { images } from "#ui/i18n/ru/images.ts";
import { jobs } from "#ui/i18n/ru/jobs.ts";
import { ruLocale } from "#ui/i18n/ru/locale.ts";
import { logs } from "#ui/i18n/ru/logs.ts";
import { network } from "#ui/i18n/ru/network.ts";
import { partitions } from "#ui/i18n/ru/partitions.ts";
import { power } from "#ui/i18n/ru/power.ts";
import { restore } from "#ui/i18n/ru/restore.ts";
import { settings } from "#ui/i18n/ru/settings.ts";
import { terminal } from "#ui/i18n/ru/terminal.ts";
import { unattended } from "#ui/i18n/ru/unattended.ts";
import { wish } from "#ui/i18n/ru/wish.ts";
import { words } from "#ui/i18n/ru/words.ts";
import { teller } from "#ui/i18n/tell.ts";

export const russian: Catalogue = {
  locale: ruLocale,
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
  ...teller(words, errors, () => import("#ui/i18n/ru/systems.ts")),
};
