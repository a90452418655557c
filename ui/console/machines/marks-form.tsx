import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Machine } from "#pxe/console/contract.ts";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { useDoing } from "#ui/console/use-loaded.ts";
import { Button } from "#ui/parts/button.tsx";
import { Section } from "#ui/parts/page.tsx";
import { Radios } from "#ui/parts/radios.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

const POLICIES = ["always", "once", "never"] as const;
const APPROVALS = ["unknown", "approved", "refused"] as const;

/** What people say of a machine. What others change meanwhile does not change what is typed here. */
export function MarksForm({ machine }: { machine: Machine }): JSX.Element {
  const store = useConsole();
  const { busy, problem, run } = useDoing();
  const [name, group, note] = [useSignal(machine.name), useSignal(machine.group), useSignal(machine.note)];
  const approval = useSignal(machine.approval);
  const policy = useSignal(machine.policy);
  const isSaved = useSignal(false);
  const before = useSignal(machine);
  const submit = async (event: Event) => {
    event.preventDefault();
    isSaved.value = false;
    const wanted = {
      ...{ name: name.value.trim(), group: group.value.trim(), note: note.value },
      ...{ approval: approval.value, policy: policy.value },
    };
    // Only what was changed here: the rest may be somebody else's by now.
    const body = Object.fromEntries(
      Object.entries(wanted).filter(([key, value]) => before.value[key as keyof typeof wanted] !== value),
    );
    const save = async () => {
      before.value = await store.call("markMachine", { params: { id: String(machine.id) }, body });
    };
    if (!(await run(save))) return;
    isSaved.value = true;
    store.machinesTurn.value++;
  };
  return (
    <Section title={c("marks.title")}>
      <form id="marks-form" class="stack" onSubmit={submit} noValidate>
        <TextField
          id="mark-name"
          label={c("marks.name")}
          value={name.value}
          onInput={(text) => {
            name.value = text;
          }}
        />
        <TextField
          id="mark-group"
          label={c("machines.group")}
          value={group.value}
          onInput={(text) => {
            group.value = text;
          }}
        />
        <TextField
          id="mark-note"
          label={c("machine.note")}
          value={note.value}
          rows={3}
          onInput={(text) => {
            note.value = text;
          }}
        />
        <Radios
          legend={c("machines.approval")}
          name="approval"
          value={approval.value}
          options={APPROVALS.map((value) => ({ value, label: c(`approval.${value}`) }))}
          onChoose={(value) => {
            approval.value = value;
          }}
        />
        <Radios
          legend={c("machines.policy")}
          name="policy"
          value={policy.value}
          options={POLICIES.map((value) => ({
            value,
            label: c(`policy.${value}`),
            detail: c(`policy-means.${value}`),
          }))}
          onChoose={(value) => {
            policy.value = value;
          }}
        />
        <Trouble problem={problem.value} />
        <div class="actions">
          <Button kind="primary" submits="marks-form" blocked={busy.value} onPress={() => {}}>
            {c("marks.save")}
          </Button>
          <span role="status">{isSaved.value && c("marks.saved")}</span>
        </div>
      </form>
    </Section>
  );
}
