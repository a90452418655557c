import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { fetchLog } from "#ui/api/client.ts";
import { type Loaded, load } from "#ui/api/loaded.ts";
import { t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Dialog } from "#ui/parts/dialog.tsx";
import { LogText } from "#ui/parts/log-text.tsx";

/** The log over a page that must not be left for it. */
export function LogDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const log = useSignal<Loaded<string>>({ value: undefined, busy: true, problem: undefined });
  useEffect(() => void load(log, fetchLog), []);
  return (
    <Dialog
      title={t("log.title")}
      wide
      onClose={onClose}
      actions={
        <Button kind="primary" onPress={onClose}>
          {t("log.close")}
        </Button>
      }
    >
      <LogText log={log.value} />
    </Dialog>
  );
}
