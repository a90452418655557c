import { bootWords } from "#ui/i18n/de/words/boot.ts";
import { damageWords, sectorWords } from "#ui/i18n/de/words/damage.ts";
import { doesWords } from "#ui/i18n/de/words/does.ts";
import { cellWords, hiveWords, infWords } from "#ui/i18n/de/words/hive.ts";
import { identityWords } from "#ui/i18n/de/words/identity.ts";
import { linuxWords } from "#ui/i18n/de/words/linux.ts";
import { outcomeWords } from "#ui/i18n/de/words/outcome.ts";
import { problemWords } from "#ui/i18n/de/words/problem.ts";
import { proofWords } from "#ui/i18n/de/words/proof.ts";
import { rawWords } from "#ui/i18n/de/words/raw.ts";
import { saysWords } from "#ui/i18n/de/words/says.ts";
import { staysWords } from "#ui/i18n/de/words/stays.ts";
import { windowsWords } from "#ui/i18n/de/words/windows.ts";
import { cameWords, goesWords } from "#ui/i18n/de/words/work.ts";
import type { SystemSentences } from "#ui/i18n/tell.ts";

/** What the engine says of work inside of systems. */
export const systemWords: SystemSentences = {
  ...bootWords,
  ...linuxWords,
  ...windowsWords,
  ...identityWords,
  ...problemWords,
  ...proofWords,
  ...rawWords,
  ...outcomeWords,
  ...saysWords,
  ...doesWords,
  ...goesWords,
  ...cameWords,
  ...damageWords,
  ...sectorWords,
  ...staysWords,
  ...cellWords,
  ...hiveWords,
  ...infWords,
};
