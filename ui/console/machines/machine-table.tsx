import type { JSX } from "preact";
import type { Entry, Machine } from "#pxe/console/contract.ts";
import { c } from "#ui/console/i18n/index.ts";
import { callMachine, modelOf } from "#ui/console/machines/filter.ts";
import { StateCell } from "#ui/console/machines/state-cell.tsx";
import { addressOf } from "#ui/console/route.ts";

/** On a narrow screen it has what a machine is called and what it does; its page has the rest. */
export function MachineTable(props: {
  readonly machines: readonly Machine[];
  readonly entries: ReadonlyMap<number, Entry>;
  /** Ids; undefined: nothing can be done with them. */
  readonly chosen: ReadonlySet<number> | undefined;
  readonly onChoose: (ids: readonly number[], isOn: boolean) => void;
}): JSX.Element {
  const { machines, entries, chosen, onChoose } = props;
  const ids = machines.map(({ id }) => id);
  const isAll = ids.length > 0 && ids.every((id) => chosen?.has(id));
  return (
    <table class="table machines">
      <thead>
        <tr>
          {chosen && (
            <th scope="col" class="table__check">
              <Tick label={c("machines.choose-all")} isOn={isAll} onChange={(on) => onChoose(ids, on)} />
            </th>
          )}
          <th scope="col">{c("machines.machine")}</th>
          <th scope="col">{c("machines.state")}</th>
          <th scope="col" class="table__wide">
            {c("machines.group")}
          </th>
          <th scope="col" class="table__wide">
            {c("machines.policy")}
          </th>
          <th scope="col" class="table__wide">
            {c("machines.approval")}
          </th>
          <th scope="col" class="table__wide">
            {c("machines.address")}
          </th>
        </tr>
      </thead>
      <tbody>
        {machines.map((machine) => (
          <tr key={machine.id} class={chosen?.has(machine.id) ? "table__row--selected" : undefined}>
            {chosen && (
              <td class="table__check">
                <Tick
                  label={c("machines.choose", { name: callMachine(machine) })}
                  isOn={chosen.has(machine.id)}
                  onChange={(on) => onChoose([machine.id], on)}
                />
              </td>
            )}
            <th scope="row" class="table__name">
              <a href={addressOf({ page: "machine", id: String(machine.id) })}>{callMachine(machine)}</a>
              <span class="table__sub">{modelOf(machine) || (machine.name !== "" ? machine.macs[0] : "")}</span>
            </th>
            <td>
              <StateCell entry={entries.get(machine.id)} seen={machine.lastSeen} />
            </td>
            <td class="table__wide">{machine.group}</td>
            <td class="table__wide">{c(`policy.${machine.policy}`)}</td>
            <td class="table__wide">{c(`approval.${machine.approval}`)}</td>
            <td class="table__wide">{machine.address}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const Tick = (props: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }): JSX.Element => (
  <label class="tick">
    <input
      type="checkbox"
      aria-label={props.label}
      checked={props.isOn}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  </label>
);
