import { app } from "#ui/i18n/de/app.ts";
import { boot } from "#ui/i18n/de/boot.ts";
import { capture } from "#ui/i18n/de/capture.ts";
import { clone } from "#ui/i18n/de/clone.ts";
import { disks } from "#ui/i18n/de/disks.ts";
import { errors } from "#ui/i18n/de/errors.ts";
import { help } from "#ui/i18n/de/help.ts";
import { home } from "#ui/i18n/de/home.ts";
import { imageLibrary } from "#ui/i18n/de/image-library.ts";
import { images } from "#ui/i18n/de/images.ts";
import { jobs } from "#ui/i18n/de/jobs.ts";
import { deLocale } from "#ui/i18n/de/locale.ts";
import { logs } from "#ui/i18n/de/logs.ts";
import { network } from "#ui/i18n/de/network.ts";
import { partitions } from "#ui/i18n/de/partitions.ts";
import { power } from "#ui/i18n/de/power.ts";
import { restore } from "#ui/i18n/de/restore.ts";
import { settings } from "#ui/i18n/de/settings.ts";
import { terminal } from "#ui/i18n/de/terminal.ts";
import { unattended } from "#ui/i18n/de/unattended.ts";
import { wish } from "#ui/i18n/de/wish.ts";
import { words } from "#ui/i18n/de/words.ts";
import type { Catalogue } from "#ui/i18n/languages.ts";
import { teller } from "#ui/i18n/tell.ts";

export const german: Catalogue = {
  locale: deLocale,
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
  ...teller(words, errors, () => import("#ui/i18n/de/systems.ts")),
};
