import type { JSX } from "preact";
import type { Operation } from "#rescue/api/contract.ts";
import { format, speak, t } from "#ui/i18n/index.ts";
import { isOver, type OperationWatch } from "#ui/operation/operation-watch.ts";
import { HeaderBar } from "#ui/parts/header-bar.tsx";
import { Icon } from "#ui/parts/icon.tsx";
import { LanguageMenu } from "#ui/parts/language-menu.tsx";
import { ratioOf } from "#ui/parts/progress.tsx";
import { isEnded, type Restore } from "#ui/restore/restore.ts";
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

/** What a job says on all pages but its own. */
interface Note {
  readonly href: string;
  readonly text: string;
  readonly isOver: boolean;
}

/** The job that goes on while the user is elsewhere; or the end of one, until it was seen. */
function Running(): JSX.Element | null {
  const { restore, clone, watch } = useShell();
  const { value: section } = useShell().section;
  const notes = [
    ...(section === "restore" ? [] : noteOfJob(restore)),
    ...(section === "clone" ? [] : noteOfJob(clone)),
    ...(section === "operation" ? [] : noteOfOperation(watch)),
  ];
  const note = notes.find((one) => !one.isOver) ?? notes[0];
  if (!note) return null;
  return (
    <a class="header__button header__job" href={note.href}>
      {note.text}
    </a>
  );
}

function noteOfJob({ kind, job: { value: job }, notedId }: Restore): Note[] {
  if (!job || job.id === notedId.value) return [];
  const words = wordsOf(kind);
  const isOver = isEnded(job);
  const text = isOver
    ? t(job.state === "failed" ? `${words}result.failed` : `${words}app.ended`)
    : t(`${words}app.running`, { percent: format.percent(ratioOf(job.progress)) });
  return [{ href: addressOf(kind), text, isOver }];
}

function noteOfOperation({ operation: { value: operation }, notedId }: OperationWatch): Note[] {
  if (!operation || operation.id === notedId.value) return [];
  return [{ href: operationAddress(operation.id), text: operationText(operation), isOver: isOver(operation) }];
}

function operationText(operation: Operation): string {
  const { progress, state } = operation;
  if (isOver(operation)) return t(state === "failed" ? "app.work-failed" : "app.work-ended");
  if (!progress || progress.totalBytes === 0) return t("app.working");
  return t("app.working-percent", { percent: format.percent(ratioOf(progress)) });
}
