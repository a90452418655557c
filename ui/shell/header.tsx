import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { format, language, speak, t } from "#ui/i18n/index.ts";
import { languages } from "#ui/i18n/languages.ts";
import { Icon, Logo } from "#ui/parts/icon.tsx";
import { isEnded } from "#ui/restore/restore.ts";
import { useShell } from "#ui/shell/context.ts";
import { Navigation } from "#ui/shell/navigation.tsx";
import { chooseLanguage } from "#ui/shell/preferences.ts";
import { addressOf } from "#ui/shell/section.ts";

/** On every page: where one can go, what is running, the language, and the way to switch off. */
export function Header(): JSX.Element {
  const shell = useShell();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const isOwn = shell.system.value.value?.isRescue === true;
  useEscape(open, () => {
    setOpen(false);
    button.current?.focus();
  });
  const isAlone = !shell.begun.value || shell.poweringOff.value !== undefined;
  return (
    <>
      <header class="header">
        {!isAlone && (
          <button
            ref={button}
            type="button"
            class="header__button header__menu"
            aria-expanded={open}
            aria-controls="sections"
            onClick={() => setOpen(!open)}
          >
            <Icon name="menu" />
            <span>{t("app.menu")}</span>
          </button>
        )}
        <Logo />
        <span class="header__name">{t("app.name")}</span>
        <span class="header__gap" />
        <Running />
        <LanguageMenu />
        {isOwn && !isAlone && (
          <a class="header__button" href={addressOf("power")} aria-label={t("power.button")}>
            <Icon name="power" />
          </a>
        )}
      </header>
      {!isAlone && <Navigation isOpen={open} onLeave={() => setOpen(false)} />}
    </>
  );
}

function useEscape(isOn: boolean, close: () => void): void {
  useEffect(() => {
    if (!isOn) return;
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [isOn, close]);
}

/** The job that goes on while the user is elsewhere. */
function Running(): JSX.Element | null {
  const { restore, section } = useShell();
  const job = restore.job.value;
  if (!job || section.value === "restore") return null;
  const { doneBytes = 0, totalBytes = 0 } = job.progress ?? {};
  const percent = format.percent(totalBytes > 0 ? Math.min(1, doneBytes / totalBytes) : 0);
  return (
    <a class="header__button header__job" href={addressOf("restore")}>
      {isEnded(job) ? t("app.ended") : t("app.running", { percent })}
    </a>
  );
}

function LanguageMenu(): JSX.Element {
  const shell = useShell();
  return (
    <select
      class="header__language"
      aria-label={t("app.language")}
      value={language.value}
      onChange={(event) => void chooseLanguage(shell, event.currentTarget.value, speak)}
    >
      {Object.entries(languages).map(([code, { name }]) => (
        <option key={code} value={code} lang={code}>
          {name}
        </option>
      ))}
    </select>
  );
}
