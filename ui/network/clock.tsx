import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { ClockState } from "#rescue/api/contract.ts";
import { format, t } from "#ui/i18n/index.ts";
import { useAsked } from "#ui/network/asked.ts";
import { Button } from "#ui/parts/button.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { SignalField } from "#ui/parts/signal-field.tsx";
import { useShell } from "#ui/shell/context.ts";

/** "2026-11-30 14:05", as it is typed. */
const minuteOf = ({ now }: ClockState): string => now.slice(0, 16).replace("T", " ");

/** The time of the rescue computer: certificates and the dates of images hang on it. */
export function Clock(): JSX.Element {
  const { api } = useShell();
  const zone = useSignal("");
  const time = useSignal("");
  const show = (state: ClockState) => {
    zone.value = state.timeZone;
    time.value = minuteOf(state);
  };
  const { value, problem, busy, act } = useAsked<ClockState>(() => api.call("clock"), show);
  const change = async (how: () => Promise<ClockState>) => {
    const state = await act(how);
    if (state) show(state);
  };
  const sync = () => change(() => api.call("syncClock", { body: {} }));
  const set = () => {
    const typed = new Date(`${time.value.trim().replace(" ", "T")}Z`);
    const isTime = value !== undefined && !Number.isNaN(typed.getTime()) && time.value !== minuteOf(value);
    const body = { timeZone: zone.value.trim(), ...(isTime && { now: typed.toISOString() }) };
    return change(() => api.call("setClock", { body }));
  };
  return (
    <Section title={t("clock.title")}>
      {problem && <ProblemAlert problem={problem} />}
      {value && (
        <Facts
          rows={[
            [t("clock.now"), format.dateTime(value.now)],
            [t("clock.source"), value.server ?? t(`clock.${value.source}`)],
          ]}
        />
      )}
      <SignalField label={t("clock.utc")} text={time} hint="2026-11-30 14:05" />
      <SignalField label={t("clock.zone")} text={zone} hint="Europe/Amsterdam" />
      <div class="actions">
        <Button blocked={busy} onPress={sync}>
          {t("clock.sync")}
        </Button>
        <Button blocked={busy} onPress={set}>
          {t("clock.set")}
        </Button>
      </div>
    </Section>
  );
}
