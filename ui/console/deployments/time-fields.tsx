import type { JSX } from "preact";
import { type Draft, hasSecret } from "#ui/console/deployments/draft.ts";
import type { DraftProps } from "#ui/console/deployments/draft-props.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Check } from "#ui/parts/check.tsx";
import { Section } from "#ui/parts/page.tsx";
import { Radios } from "#ui/parts/radios.tsx";
import { Select } from "#ui/parts/select.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

const AFTERWARDS: readonly Draft["afterwards"][] = ["restart", "shut-down", "stay"];
const ADMISSIONS: readonly Draft["admission"][] = ["network", "code"];
const NUMBERS = ["atOnce", "retries", "priority", "countdown", "limit", "limitEach"] as const;

/** When machines begin, how many at once, and who is taken for a machine. */
export function TimeFields({ draft, set }: DraftProps): JSX.Element {
  // Where there is a password it has to be chosen, so nothing is.
  const admission = draft.admission === "" && !hasSecret(draft) ? "network" : draft.admission;
  return (
    <Section title={c("when.title")}>
      <Check
        id="when-wake"
        label={c("when.wake")}
        checked={draft.wake}
        detail={c("when.wake-means")}
        onChange={(wake) => set({ wake })}
      />
      <fieldset class="radios">
        <legend class="radios__legend">{c("when.window")}</legend>
        <p class="muted radios__detail">{c("when.window-help")}</p>
        <div class="toolbar">
          <TextField
            id="when-from"
            type="time"
            label={c("when.from")}
            value={draft.from}
            onInput={(from) => set({ from })}
          />
          <TextField id="when-to" type="time" label={c("when.to")} value={draft.to} onInput={(to) => set({ to })} />
        </div>
      </fieldset>
      <Select
        label={c("when.afterwards")}
        value={draft.afterwards}
        options={AFTERWARDS.map((value) => ({ value, label: c(`afterwards.${value}`) }))}
        onChoose={(afterwards) => set({ afterwards })}
      />
      <Radios
        legend={c("admission.title")}
        name="admission"
        value={admission}
        options={ADMISSIONS.map((value) => ({
          ...{ value, label: c(`admission.${value === "code" ? "code" : "network"}`) },
          detail: c(`admission-means.${value === "code" ? "code" : "network"}`),
        }))}
        onChoose={(value) => set({ admission: value })}
      />
      <details class="details">
        <summary>{c("when.more")}</summary>
        <div class="stack">
          {NUMBERS.map((name) => (
            <TextField
              key={name}
              id={`when-${name}`}
              label={c(`when.${name}`)}
              value={draft[name]}
              onInput={(text) => set({ [name]: text })}
            />
          ))}
          <Check
            id="when-boot-once"
            label={c("when.boot-once")}
            detail={c("when.boot-once-means")}
            checked={draft.bootOnce}
            onChange={(bootOnce) => set({ bootOnce })}
          />
        </div>
      </details>
    </Section>
  );
}
