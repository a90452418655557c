import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Entry, Machine } from "#pxe/console/contract.ts";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { ChosenActions } from "#ui/console/machines/chosen-actions.tsx";
import { filterMachines, groupsOf } from "#ui/console/machines/filter.ts";
import { MachineLists } from "#ui/console/machines/machine-lists.tsx";
import { MachineTable } from "#ui/console/machines/machine-table.tsx";
import { isTrouble } from "#ui/console/machines/stages.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { useLoaded } from "#ui/console/use-loaded.ts";
import { t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Page } from "#ui/parts/page.tsx";
import { Select } from "#ui/parts/select.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

/** Rows that are drawn at once. */
const MOST_ROWS = 200;

const SHOWN = ["all", "attention", "unknown"] as const;
type Shown = (typeof SHOWN)[number];

/** All machines that are known, as they are now. */
export function MachinesPage(): JSX.Element {
  const store = useConsole();
  const turn = store.machinesTurn.value;
  useEffect(() => void store.loadMachines(), [turn]);
  const states = useLoaded(() => store.call("machineStates"), [turn]);
  const [search, group] = [useSignal(""), useSignal("")];
  const shown = useSignal<Shown>("all");
  const chosen = useSignal<ReadonlySet<number>>(new Set());
  const most = useSignal(MOST_ROWS);

  const { value: machines, problem } = store.machines.value;
  const entries = new Map((states.value.value ?? []).map(({ machine, entry }) => [machine, entry]));
  const groups = groupsOf(machines ?? []);
  const found = filterMachines(machines ?? [], { search: search.value, group: group.value }).filter((machine) =>
    isShown(machine, entries.get(machine.id), shown.value),
  );
  const mine = (machines ?? []).filter(({ id }) => chosen.value.has(id));
  const mayChange = store.may("markMachines");
  return (
    <Page title={c("machines.title")} lead={c("machines.lead")} footer={null}>
      <Trouble problem={problem ?? states.value.problem} />
      {machines?.length === 0 && <p>{c("machines.none")}</p>}
      {!machines && !problem && <p class="muted">{t("app.loading")}</p>}
      {machines && machines.length > 0 && (
        <>
          <search class="toolbar">
            <TextField
              id="machine-search"
              type="search"
              label={c("machines.search")}
              value={search.value}
              onInput={(text) => {
                search.value = text;
              }}
            />
            {groups.length > 0 && (
              <Select
                label={c("machines.group")}
                value={group.value}
                options={[
                  { value: "", label: c("machines.any-group") },
                  ...groups.map((one) => ({ value: one, label: one })),
                ]}
                onChoose={(value) => {
                  group.value = value;
                }}
              />
            )}
            <Select
              label={c("machines.show")}
              value={shown.value}
              options={SHOWN.map((value) => ({ value, label: c(`machines.show-${value}`) }))}
              onChoose={(value) => {
                shown.value = value;
              }}
            />
          </search>
          <p class="muted" role="status">
            {c("machines.found", { count: found.length })}
          </p>
          {mayChange && mine.length > 0 && (
            <ChosenActions
              machines={mine}
              groups={groups}
              onDone={() => {
                chosen.value = new Set();
              }}
            />
          )}
          <MachineTable
            machines={found.slice(0, most.value)}
            entries={entries}
            chosen={mayChange ? chosen.value : undefined}
            onChoose={(ids, isOn) => {
              const all = new Set(chosen.value);
              for (const id of ids) isOn ? all.add(id) : all.delete(id);
              chosen.value = all;
            }}
          />
          {found.length > most.value && (
            <Button
              onPress={() => {
                most.value += MOST_ROWS;
              }}
            >
              {c("machines.more", { count: found.length - most.value })}
            </Button>
          )}
        </>
      )}
      <MachineLists />
    </Page>
  );
}

function isShown(machine: Machine, entry: Entry | undefined, shown: Shown): boolean {
  if (shown === "unknown") return machine.approval === "unknown";
  return shown === "all" || (entry !== undefined && isTrouble(entry));
}
