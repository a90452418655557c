import type { ComponentChildren, JSX } from "preact";
import { useContext, useState } from "preact/hooks";
import { logPath } from "#ui/api/routes.ts";
import { t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Icon } from "#ui/parts/icon.tsx";
import { LogDialog } from "#ui/parts/log-dialog.tsx";
import { onRescueScreen } from "#ui/parts/rescue-screen.ts";
import { ShellContext } from "#ui/shell/context.ts";

/**
 * The page is on the screen of the rescue machine itself. A download would end in that browser's memory, where nobody
 * finds it again. Asked without useShell: the page that says that the interface broke has a log too.
 */
export const useOnRescueScreen = (): boolean => onRescueScreen(useContext(ShellContext)?.system.value.value);

/** A file of the server, to be kept; nothing where it cannot be kept. */
export function Download(props: { href: string; name: string; children: ComponentChildren }): JSX.Element | null {
  if (useOnRescueScreen()) return null;
  return (
    <a class="button button--plain" href={props.href} download={props.name}>
      <Icon name="save" />
      <span>{props.children}</span>
    </a>
  );
}

/** On every page where something can have gone wrong: the log as a file, or on the screen where no file can be kept. */
export function SaveLog(): JSX.Element {
  const [open, setOpen] = useState(false);
  const name = `lifeboat-log-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.txt`;
  if (!useOnRescueScreen()) {
    return (
      <Download href={logPath} name={name}>
        {t("app.save-log")}
      </Download>
    );
  }
  return (
    <>
      <Button icon="file" onPress={() => setOpen(true)}>
        {t("app.show-log")}
      </Button>
      {open && <LogDialog onClose={() => setOpen(false)} />}
    </>
  );
}
