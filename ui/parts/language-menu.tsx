import type { JSX } from "preact";
import { language, t } from "#ui/i18n/index.ts";
import { languages } from "#ui/i18n/languages.ts";

/** The languages, each in its own name. */
export const LanguageMenu = ({ onChoose }: { onChoose: (code: string) => void }): JSX.Element => (
  <select
    class="header__language"
    aria-label={t("app.language")}
    value={language.value}
    onChange={(event) => onChoose(event.currentTarget.value)}
  >
    {Object.entries(languages).map(([code, { name }]) => (
      <option key={code} value={code} lang={code}>
        {name}
      </option>
    ))}
  </select>
);
