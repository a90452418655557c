import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useConsole } from "#ui/console/context.ts";
import { CaptureFields } from "#ui/console/deployments/capture-fields.tsx";
import { countOf, type Draft, EMPTY, missingIn, wantedOf, wordsFor } from "#ui/console/deployments/draft.ts";
import { MachineFields } from "#ui/console/deployments/machine-fields.tsx";
import { RestoreFields } from "#ui/console/deployments/restore-fields.tsx";
import { TimeFields } from "#ui/console/deployments/time-fields.tsx";
import { c } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { addressOf } from "#ui/console/route.ts";
import { useDoing, useLoaded } from "#ui/console/use-loaded.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { Radios } from "#ui/parts/radios.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

const KINDS = ["restore", "capture"] as const;
const CONFIRM = "deployment-confirm";

/** Writes a deployment. One that erases disks begins only when somebody has typed how many. */
export function NewDeploymentPage({ machines: chosen }: { machines: readonly number[] }): JSX.Element {
  const store = useConsole();
  const draft = useSignal<Draft>({ ...EMPTY, machines: new Set(chosen) });
  const typed = useSignal("");
  const wasAsked = useSignal(false);
  const { busy, problem, run } = useDoing();
  useEffect(() => void store.loadMachines(), [store.machinesTurn.value]);
  const machines = store.machines.value.value ?? [];
  const set = (change: Partial<Draft>) => {
    draft.value = { ...draft.value, ...change };
  };
  const props = { draft: draft.value, set };
  const isRestore = draft.value.kind === "restore";
  const [words, count] = [wordsFor(draft.value, machines), countOf(draft.value, machines)];
  const key = missingIn(draft.value);
  const isConfirmed = !isRestore || typed.value.trim() === words;
  const missing = key ? c(key) : isConfirmed ? undefined : c("erase.missing", { words });
  const begin = async () => {
    wasAsked.value = true;
    if (missing !== undefined) {
      if (!key) document.getElementById(CONFIRM)?.focus();
      return;
    }
    const { name } = draft.value;
    if (await run(() => store.call("createDeployment", { body: wantedOf(draft.value) })))
      store.show(addressOf({ page: "deployment", name: name.trim() }));
  };
  return (
    <Page
      above={<a href={addressOf({ page: "deployments" })}>{c("deployment.back")}</a>}
      title={c("new.title")}
      lead={c("new.lead")}
      footer={
        <>
          <p class="footer__missing" role="status">
            {wasAsked.value && missing}
          </p>
          <Button kind={isRestore ? "danger" : "primary"} blocked={busy.value || missing !== undefined} onPress={begin}>
            {!isRestore ? c("new.capture") : count > 0 ? c("erase.button", { count }) : c("erase.button-none")}
          </Button>
        </>
      }
    >
      <BootFiles />
      <Section title={c("new.what")}>
        <Radios
          legend={c("new.kind")}
          name="kind"
          value={draft.value.kind}
          options={KINDS.map((value) => ({ value, label: c(`kind.${value}`), detail: c(`kind-means.${value}`) }))}
          onChoose={(kind) => set({ kind, afterwards: kind === "capture" ? "shut-down" : "restart" })}
        />
        <TextField
          id="deployment-name"
          label={c("new.name")}
          hint={c("new.name-help")}
          value={draft.value.name}
          onInput={(name) => set({ name })}
        />
      </Section>
      {isRestore ? <RestoreFields {...props} /> : <CaptureFields {...props} />}
      <MachineFields {...props} />
      <TimeFields {...props} />
      {isRestore && (
        <Section title={c("erase.title")}>
          <Alert kind="danger" title={count > 0 ? c("erase.text", { count }) : c("kind-means.restore")}>
            <p>{draft.value.by === "group" ? c("erase.group") : c("erase.means")}</p>
          </Alert>
          <TextField
            id={CONFIRM}
            label={key ? c("erase.later") : c("erase.type", { words })}
            value={typed.value}
            onInput={(text) => {
              typed.value = text;
            }}
          />
        </Section>
      )}
      <Trouble problem={problem.value} />
    </Page>
  );
}

/** Without the server's key in what they load, machines start, and wait for a person. */
function BootFiles(): JSX.Element | null {
  const store = useConsole();
  const orders = useLoaded(() => store.call("bootFileOrders"), []).value.value;
  if (orders?.isThere !== false) return null;
  return (
    <Alert kind="warning" title={c("new.no-key")}>
      <p>{c("new.no-key-text")}</p>
      <p class="code" translate={false}>
        lifeboat media pxe --kernel-parameters {orders.parameter} --out …
      </p>
    </Alert>
  );
}
