import type { ComponentChildren, JSX } from "preact";
import { logPath } from "#ui/api/routes.ts";
import { t } from "#ui/i18n/index.ts";
import { Icon } from "#ui/parts/icon.tsx";

/** A file of the server, to be kept. */
export const Download = (props: { href: string; name: string; children: ComponentChildren }): JSX.Element => (
  <a class="button button--plain" href={props.href} download={props.name}>
    <Icon name="save" />
    <span>{props.children}</span>
  </a>
);

/** On every page where something can have gone wrong. */
export function SaveLog(): JSX.Element {
  const name = `lifeboat-log-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.txt`;
  return (
    <Download href={logPath} name={name}>
      {t("app.save-log")}
    </Download>
  );
}
