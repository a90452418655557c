import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Machine } from "#pxe/console/contract.ts";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { ForgetDialog } from "#ui/console/machines/forget-dialog.tsx";
import { Trouble } from "#ui/console/problem.tsx";
import { addressOf } from "#ui/console/route.ts";
import { useDoing } from "#ui/console/use-loaded.ts";
import { announce } from "#ui/parts/announcer.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Select } from "#ui/parts/select.tsx";

const POLICIES = ["always", "once", "never"] as const;
const APPROVALS = ["approved", "refused", "unknown"] as const;

interface Marks {
  readonly approval?: (typeof APPROVALS)[number];
  readonly policy?: (typeof POLICIES)[number];
  readonly group?: string;
}

/** What can be done with the machines that are ticked: all of them or none. */
export function ChosenActions(props: {
  readonly machines: readonly Machine[];
  readonly groups: readonly string[];
  readonly onDone: () => void;
}): JSX.Element {
  const store = useConsole();
  const { busy, problem, run } = useDoing();
  const isForgetting = useSignal(false);
  const ids = props.machines.map(({ id }) => id);
  const count = ids.length;
  const mark = async (marks: Marks) => {
    if (await run(() => store.call("markMachines", { body: { machines: ids, marks } })))
      announce(c("chosen.changed", { count }));
    await store.loadMachines();
  };
  return (
    <section class="section chosen" aria-label={c("chosen.title", { count })}>
      <div class="actions">
        <strong class="chosen__count">{c("chosen.title", { count })}</strong>
        {store.may("createDeployment") && (
          <a class="button button--primary" href={addressOf({ page: "new", machines: ids })}>
            {c("kind.restore")}
          </a>
        )}
        <Button
          blocked={busy.value}
          onPress={async () => {
            if (await run(() => store.call("wakeMachines", { body: { machines: ids } })))
              announce(c("chosen.woken", { count }));
          }}
        >
          {c("machine.wake")}
        </Button>
        <Button blocked={busy.value} onPress={() => mark({ approval: "approved" })}>
          {c("chosen.approve")}
        </Button>
        <Button blocked={busy.value} onPress={() => mark({ approval: "refused" })}>
          {c("chosen.refuse")}
        </Button>
        <Button
          onPress={() => {
            isForgetting.value = true;
          }}
        >
          {c("machine.forget")}
        </Button>
        <Button onPress={props.onDone}>{c("chosen.none")}</Button>
      </div>
      <div class="toolbar">
        <Select
          label={c("machines.policy")}
          value=""
          options={[
            { value: "", label: c("chosen.leave") },
            ...POLICIES.map((value) => ({ value, label: c(`policy.${value}`) })),
          ]}
          onChoose={(value) => void (value !== "" && mark({ policy: value }))}
        />
        <GroupField groups={props.groups} busy={busy.value} onChoose={(group) => mark({ group })} />
      </div>
      <Trouble problem={problem.value} />
      {isForgetting.value && (
        <ForgetDialog
          machines={props.machines}
          onClose={(isDone) => {
            isForgetting.value = false;
            if (isDone) props.onDone();
          }}
        />
      )}
    </section>
  );
}

/** A group that there is, or a new one. */
function GroupField(props: {
  readonly groups: readonly string[];
  readonly busy: boolean;
  readonly onChoose: (group: string) => Promise<void>;
}): JSX.Element {
  const group = useSignal("");
  return (
    <div class="field">
      <label for="chosen-group">{c("machines.group")}</label>
      <input
        type="text"
        id="chosen-group"
        class="field__input field__select"
        list="chosen-groups"
        autocomplete="off"
        maxLength={63}
        value={group.value}
        onInput={(event) => {
          group.value = event.currentTarget.value;
        }}
      />
      <datalist id="chosen-groups">
        {props.groups.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <Button blocked={props.busy} onPress={() => props.onChoose(group.value.trim())}>
        {group.value.trim() === "" ? c("chosen.no-group") : c("chosen.into-group")}
      </Button>
    </div>
  );
}
