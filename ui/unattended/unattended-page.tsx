import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { UnattendedState } from "#rescue/api/contract.ts";
import { t, tell } from "#ui/i18n/index.ts";
import { Alert, type AlertKind } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Page } from "#ui/parts/page.tsx";
import { Told } from "#ui/parts/told.tsx";
import { useShell } from "#ui/shell/context.ts";

type Phase = UnattendedState["phase"];

const KINDS: Readonly<Record<Phase, AlertKind>> = {
  ...{ none: "info", waiting: "info", countdown: "danger", running: "info" },
  ...{ stopped: "warning", failed: "danger", done: "success" },
};

/** What the medium does by itself: shown before anything is written, and stopped by any key. */
export function UnattendedPage({ state }: { readonly state: UnattendedState }): JSX.Element {
  const { phase, title, lines, secondsLeft } = state;
  useAnyKey(phase === "countdown");
  return (
    <Page title={tell(title) ?? title.text} lead={leadOf(state)} footer={<Buttons state={state} />}>
      <Alert kind={KINDS[phase]} title={t(`unattended.${phase}-title`)} live={phase !== "running"}>
        {lines.map((line) => (
          <p key={line.text}>
            <Told of={line} />
          </p>
        ))}
      </Alert>
      {phase === "countdown" && secondsLeft !== undefined && (
        <p class="progress__percent" role="timer">
          {secondsLeft}
        </p>
      )}
    </Page>
  );
}

function leadOf({ phase, secondsLeft = 0, isHeld, afterwards }: UnattendedState): string {
  if (phase === "countdown") return isHeld ? t("unattended.held") : t("unattended.begins", { seconds: secondsLeft });
  if (phase === "running") return t("progress.keep-on");
  if (phase === "done" && afterwards !== "stay" && secondsLeft > 0)
    return afterwards === "restart"
      ? t("unattended.restarts", { seconds: secondsLeft })
      : t("unattended.shuts-down", { seconds: secondsLeft });
  return phase === "waiting" ? t("unattended.waits") : t("unattended.by-hand");
}

function Buttons({ state: { phase, isHeld, secondsLeft } }: { readonly state: UnattendedState }): JSX.Element {
  const shell = useShell();
  const leave = () => {
    shell.unattendedLeft.value = true;
  };
  const stop = () => shell.steerUnattended("stop");
  if (phase === "waiting" || phase === "running") return <Button onPress={stop}>{t("unattended.stop")}</Button>;
  if (phase === "countdown")
    return (
      <>
        <Button kind="primary" onPress={stop}>
          {t("unattended.stop")}
        </Button>
        <Button onPress={() => shell.steerUnattended(isHeld ? "go-on" : "hold")}>
          {t(isHeld ? "unattended.go-on" : "unattended.hold")}
        </Button>
        <Button kind="danger" onPress={() => shell.steerUnattended("begin")}>
          {t("unattended.begin")}
        </Button>
      </>
    );
  return (
    <>
      {secondsLeft !== undefined && <Button onPress={stop}>{t("unattended.stay-on")}</Button>}
      <Button kind="primary" onPress={leave}>
        {t("unattended.leave")}
      </Button>
    </>
  );
}

/** Keys that move about, or press the button that has the focus, are left to that. */
const QUIET = ["Tab", "Shift", "Control", "Alt", "Meta"];
const PRESSES = ["Enter", " "];

function useAnyKey(isOn: boolean): void {
  const shell = useShell();
  useEffect(() => {
    if (!isOn) return;
    const press = (event: KeyboardEvent) => {
      const isOfButton = event.target instanceof HTMLButtonElement && PRESSES.includes(event.key);
      if (!QUIET.includes(event.key) && !isOfButton) void shell.steerUnattended("stop");
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [isOn, shell]);
}
