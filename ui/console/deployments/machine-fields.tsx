import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Machine } from "#pxe/console/contract.ts";
import { useConsole } from "#ui/console/context.ts";
import type { Draft } from "#ui/console/deployments/draft.ts";
import type { DraftProps } from "#ui/console/deployments/draft-props.ts";
import { c } from "#ui/console/i18n/index.ts";
import { callMachine, filterMachines, groupsOf } from "#ui/console/machines/filter.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Section } from "#ui/parts/page.tsx";
import { Radios } from "#ui/parts/radios.tsx";
import { Select } from "#ui/parts/select.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

const WAYS: readonly Draft["by"][] = ["list", "group", "next"];
/** Machines that are offered at once. */
const MOST_SHOWN = 100;

/** Which machines: these, those of a group, or so many, whoever they are. */
export function MachineFields({ draft, set }: DraftProps): JSX.Element {
  const store = useConsole();
  const { value: machines = [], problem } = store.machines.value;
  const groups = groupsOf(machines);
  return (
    <Section title={c("which.title")}>
      <Trouble problem={problem} live={false} />
      <Radios
        legend={c("which.by")}
        name="by"
        value={draft.by}
        options={WAYS.map((value) => ({ value, label: c(`which.${value}`), detail: c(`which-means.${value}`) }))}
        onChoose={(by) => set({ by, ...(by !== "list" && draft.naming === "each" && { naming: "keep" }) })}
      />
      {draft.by === "next" && (
        <TextField id="which-next" label={c("which.how-many")} value={draft.next} onInput={(next) => set({ next })} />
      )}
      {draft.by === "group" && groups.length > 0 && (
        <Select
          label={c("machines.group")}
          value={draft.group}
          options={[{ value: "", label: c("which.no-group") }, ...groups.map((one) => ({ value: one, label: one }))]}
          onChoose={(group) => set({ group })}
        />
      )}
      {draft.by === "group" && groups.length === 0 && <p>{c("which.no-groups")}</p>}
      {draft.by === "list" && <MachineList draft={draft} set={set} machines={machines} />}
    </Section>
  );
}

function MachineList({ draft, set, machines }: DraftProps & { readonly machines: readonly Machine[] }): JSX.Element {
  const search = useSignal("");
  const found = filterMachines(machines, { search: search.value, group: "" });
  const choose = (ids: readonly number[], isOn: boolean) => {
    const chosen = new Set(draft.machines);
    for (const id of ids) {
      if (isOn) chosen.add(id);
      else chosen.delete(id);
    }
    set({ machines: chosen });
  };
  const name = (id: number, hostname: string) => set({ hostnames: new Map([...draft.hostnames, [id, hostname]]) });
  return (
    <>
      <TextField
        id="which-search"
        type="search"
        label={c("machines.search")}
        value={search.value}
        onInput={(text) => {
          search.value = text;
        }}
      />
      <p role="status">{c("chosen.title", { count: draft.machines.size })}</p>
      <div class="actions">
        <Button
          onPress={() =>
            choose(
              found.map(({ id }) => id),
              true,
            )
          }
        >
          {c("which.choose-all", { count: found.length })}
        </Button>
        <Button onPress={() => set({ machines: new Set() })}>{c("chosen.none")}</Button>
      </div>
      <ul class="picks">
        {found.slice(0, MOST_SHOWN).map((machine) => (
          <li key={machine.id} class="pick">
            <div class="check">
              <input
                type="checkbox"
                id={`pick-${machine.id}`}
                checked={draft.machines.has(machine.id)}
                onChange={(event) => choose([machine.id], event.currentTarget.checked)}
              />
              <label for={`pick-${machine.id}`}>{callMachine(machine)}</label>
            </div>
            {draft.naming === "each" && draft.machines.has(machine.id) && (
              <input
                type="text"
                class="field__input"
                aria-label={c("naming.of", { machine: callMachine(machine) })}
                autocomplete="off"
                spellcheck={false}
                value={draft.hostnames.get(machine.id) ?? ""}
                onInput={(event) => name(machine.id, event.currentTarget.value)}
              />
            )}
          </li>
        ))}
      </ul>
      {found.length > MOST_SHOWN && <p class="muted">{c("which.more", { count: found.length - MOST_SHOWN })}</p>}
    </>
  );
}
