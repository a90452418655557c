import { app } from "#ui/i18n/fr/app.ts";
import { boot } from "#ui/i18n/fr/boot.ts";
import { capture } from "#ui/i18n/fr/capture.ts";
import { clone } from "#ui/i18n/fr/clone.ts";
import { disks } from "#ui/i18n/fr/disks.ts";
import { errors } from "#ui/i18n/fr/errors.ts";
import { help } from "#ui/i18n/fr/help.ts";
import { home } from "#ui/i18n/fr/home.ts";
import { imageLibrary } from "#ui/i18n/fr/image-library.ts";
import { images } from "#ui/i18n/fr/images.ts";
import { jobs } from "#ui/i18n/fr/jobs.ts";
import { frLocale } from "#ui/i18n/fr/locale.ts";
import { logs } from "#ui/i18n/fr/logs.ts";
import { network } from "#ui/i18n/fr/network.ts";
import { partitions } from "#ui/i18n/fr/partitions.ts";
import { power } from "#ui/i18n/fr/power.ts";
import { restore } from "#ui/i18n/fr/restore.ts";
import { settings } from "#ui/i18n/fr/settings.ts";
import { terminal } from "#ui/i18n/fr/terminal.ts";
import { unattended } from "#ui/i18n/fr/unattended.ts";
import { wish } from "#ui/i18n/fr/wish.ts";
import { words } from "#ui/i18n/fr/words.ts";
import type { Catalogue } from "#ui/i18n/languages.ts";
import { teller } from "#ui/i18n/tell.ts";

export const french: Catalogue = {
  locale: frLocale,
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
  ...teller(words, errors, () => import("#ui/i18n/fr/systems.ts")),
};
