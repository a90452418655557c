import { bootWords } from "#ui/i18n/pt/words/boot.ts";
import { damageWords, sectorWords } from "#ui/i18n/pt/words/damage.ts";
import { doesWords } from "#ui/i18n/pt/words/does.ts";
import { cellWords, hiveWords, infWords } from "#ui/i18n/pt/words/hive.ts";
import { identityWords } from "#ui/i18n/pt/words/identity.ts";
import { linuxWords } from "#ui/i18n/pt/words/linux.ts";
import { outcomeWords } from "#ui/i18n/pt/words/outcome.ts";
import { problemWords } from "#ui/i18n/pt/words/problem.ts";
import { proofWords } from "#ui/i18n/pt/words/proof.ts";
import { rawWords } from "#ui/i18n/pt/words/raw.ts";
import { saysWords } from "#ui/i18n/pt/words/says.ts";
import { staysWords } from "#ui/i18n/pt/words/stays.ts";
import { windowsWords } from "#ui/i18n/pt/words/windows.ts";
import { cameWords, goesWords } from "#ui/i18n/pt/words/work.ts";
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
