import type { Catalogue } from "#ui/i18n/languages.ts";
import { app } from "#ui/i18n/pt/app.ts";
import { boot } from "#ui/i18n/pt/boot.ts";
import { capture } from "#ui/i18n/pt/capture.ts";
import { clone } from "#ui/i18n/pt/clone.ts";
import { disks } from "#ui/i18n/pt/disks.ts";
import { errors } from "#ui/i18n/pt/errors.ts";
import { help } from "#ui/i18n/pt/help.ts";
import { home } from "#ui/i18n/pt/home.ts";
import { imageLibrary } from "#ui/i18n/pt/image-library.ts";
import { images } from "#ui/i18n/pt/images.ts";
import { jobs } from "#ui/i18n/pt/jobs.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import { logs } from "#ui/i18n/pt/logs.ts";
import { network } from "#ui/i18n/pt/network.ts";
import { partitions } from "#ui/i18n/pt/partitions.ts";
import { power } from "#ui/i18n/pt/power.ts";
import { restore } from "#ui/i18n/pt/restore.ts";
import { settings } from "#ui/i18n/pt/settings.ts";
import { terminal } from "#ui/i18n/pt/terminal.ts";
import { unattended } from "#ui/i18n/pt/unattended.ts";
import { wish } from "#ui/i18n/pt/wish.ts";
import { words } from "#ui/i18n/pt/words.ts";
import { teller } from "#ui/i18n/tell.ts";

export const portuguese: Catalogue = {
  locale: ptLocale,
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
  ...teller(words, errors, () => import("#ui/i18n/pt/systems.ts")),
};
