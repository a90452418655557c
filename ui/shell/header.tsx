import type { JSX } from "preact";
import { format, speak, t } from "#ui/i18n/index.ts";
import { isOver } from "#ui/operation/operation-watch.ts";
import { HeaderBar } from "#ui/parts/header-bar.tsx";
import { Icon } from "#ui/parts/icon.tsx";
import { LanguageMenu } from "#ui/parts/language-menu.tsx";
import { ratioOf } from "#ui/parts/progress.tsx";
import { isEnded } from "#ui/restore/restore.ts";
import { wordsOf } from "#ui/restore/words.ts";
import { useShell } from "#ui/shell/context.ts";
import { useHelpKey } from "#ui/shell/help-page.tsx";
import { sectionLinks } from "#ui/shell/navigation.ts";
import { chooseLanguage } from "#ui/shell/preferences.ts";
import { addressOf, operationAddress } from "#ui/shell/section.ts";

/** On every page: where one can go, what is running, the language, and the way to switch off. */
export function Header(): JSX.Element {
  const shell = useShell();
  const isOwn = shell.system.value.value?.isRescue === true;
  useHelpKey();
  const isAlone = !shell.begun.value || shell.poweringOff.value !== undefined;
  return (
    <HeaderBar sections={isAlone ? [] : sectionLinks(shell)}>
      <Running />
      <LanguageMenu onChoose={(code) => void chooseLanguage(shell, code, speak)} />
      {!isAlone && (
        <a class="header__button" href={addressOf("help")} aria-label={t("help.title")}>
          <Icon name="question" />
        </a>
      )}
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
  const { restore, clone, section } = useShell();
  const store = [restore, clone].find(({ kind, job }) => section.value !== kind && job.value !== undefined);
  const job = store?.job.value;
  if (!store || !job) return <RunningOperation />;
  const percent = format.percent(ratioOf(job.progress));
  const text = `${wordsOf(store.kind)}app` as const;
  return (
    <a class="header__button header__job" href={addressOf(store.kind)}>
      {isEnded(job) ? t(`${text}.ended`) : t(`${text}.running`, { percent })}
    </a>
  );
}

function RunningOperation(): JSX.Element | null {
  const { watch, section } = useShell();
  const { value: operation } = watch.operation;
  if (!operation || isOver(operation) || section.value === "operation") return null;
  const { progress } = operation;
  return (
    <a class="header__button header__job" href={operationAddress(operation.id)}>
      {progress && progress.totalBytes > 0
        ? t("app.working-percent", { percent: format.percent(ratioOf(progress)) })
        : t("app.working")}
    </a>
  );
}
