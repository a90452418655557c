import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { useWizard } from "#ui/parts/context.ts";
import { Dialog } from "#ui/parts/dialog.tsx";
import { Icon } from "#ui/parts/icon.tsx";

/** In the header of the rescue system. Asks first, and refuses while a disk is being written. */
export function PowerMenu(): JSX.Element | null {
  const wizard = useWizard();
  const [open, setOpen] = useState(false);
  if (!wizard.system.value.value?.isRescue) return null;
  return (
    <>
      <button type="button" class="header__power" aria-label={t("power.button")} onClick={() => setOpen(true)}>
        <Icon name="power" />
      </button>
      {open && <PowerDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function PowerDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const wizard = useWizard();
  const running = wizard.step.value === "progress";
  const act = (action: "restart" | "shut-down") => async () => {
    onClose();
    await wizard.power(action);
  };
  return (
    <Dialog
      title={t("power.title")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("power.cancel")}</Button>
          {!running && <Button onPress={act("restart")}>{t("power.restart")}</Button>}
          {!running && <Button onPress={act("shut-down")}>{t("power.shut-down")}</Button>}
        </>
      }
    >
      <p>{t(running ? "power.running" : "power.text")}</p>
    </Dialog>
  );
}
