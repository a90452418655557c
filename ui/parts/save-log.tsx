import type { JSX } from "preact";
import { logPath } from "#ui/api/routes.ts";
import { t } from "#ui/i18n/index.ts";
import { Icon } from "#ui/parts/icon.tsx";

/** On every page where something can have gone wrong. */
export function SaveLog(): JSX.Element {
  const name = `lifeboat-log-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.txt`;
  return (
    <a class="button button--plain" href={logPath} download={name}>
      <Icon name="save" />
      <span>{t("app.save-log")}</span>
    </a>
  );
}
