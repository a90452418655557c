import type { JSX } from "preact";
import { format, speak, t } from "#ui/i18n/index.ts";
import { HeaderBar } from "#ui/parts/header-bar.tsx";
import { Icon } from "#ui/parts/icon.tsx";
import { LanguageMenu } from "#ui/parts/language-menu.tsx";
import { isEnded } from "#ui/restore/restore.ts";
import { useShell } from "#ui/shell/context.ts";
import { sectionLinks } from "#ui/shell/navigation.ts";
import { chooseLanguage } from "#ui/shell/preferences.ts";
import { addressOf } from "#ui/shell/section.ts";

/** On every page: where one can go, what is running, the language, and the way to switch off. */
export function Header(): JSX.Element {
  const shell = useShell();
  const isOwn = shell.system.value.value?.isRescue === true;
  const isAlone = !shell.begun.value || shell.poweringOff.value !== undefined;
  return (
    <HeaderBar sections={isAlone ? [] : sectionLinks(shell)}>
      <Running />
      <LanguageMenu onChoose={(code) => void chooseLanguage(shell, code, speak)} />
      {isOwn && !isAlone && (
        <a class="header__button" href={addressOf("power")} aria-label={t("power.button")}>
          <Icon name="power" />
        </a>
      )}
    </HeaderBar>
  );
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
