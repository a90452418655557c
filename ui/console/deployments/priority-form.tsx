import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { DeploymentDetails } from "#pxe/console/contract.ts";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { useDoing } from "#ui/console/use-loaded.ts";
import { Button } from "#ui/parts/button.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

const isPriority = (text: string): boolean => /^-?\d{1,3}$/.test(text.trim()) && Math.abs(Number(text)) <= 100;

/** Which of several deployments a machine does first. */
export function PriorityForm(props: {
  readonly deployment: DeploymentDetails;
  readonly onChanged: (deployment: DeploymentDetails) => void;
}): JSX.Element {
  const store = useConsole();
  const { busy, problem, run } = useDoing();
  const { name, spec } = props.deployment;
  const priority = useSignal(String(spec.priority));
  const isRight = isPriority(priority.value);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!isRight) return;
    const body = { action: "priority" as const, priority: Number(priority.value) };
    await run(async () => props.onChanged(await store.call("actOnDeployment", { params: { name }, body })));
  };
  return (
    <details class="details">
      <summary>
        {c("action.priority")}: {spec.priority}
      </summary>
      <form id="priority-form" class="stack" onSubmit={submit} noValidate>
        <TextField
          id="deployment-priority"
          label={c("action.priority")}
          hint={c("action.priority-help")}
          wrong={isRight ? undefined : c("missing.priority")}
          value={priority.value}
          onInput={(text) => {
            priority.value = text;
          }}
        />
        <Trouble problem={problem.value} />
        <div class="actions">
          <Button submits="priority-form" blocked={busy.value || !isRight} onPress={() => {}}>
            {c("action.priority-set")}
          </Button>
        </div>
      </form>
    </details>
  );
}
