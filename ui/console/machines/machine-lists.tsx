import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { saveText } from "#ui/console/save-text.ts";
import { useDoing } from "#ui/console/use-loaded.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";

interface Tried {
  readonly list: string;
  readonly name: string;
  readonly machines: number;
}

/** Lists of machines, in and out. A list is looked at first, and counts as a whole. */
export function MachineLists(): JSX.Element {
  const store = useConsole();
  const { busy, problem, run } = useDoing();
  const tried = useSignal<Tried | undefined>(undefined);
  const done = useSignal<{ added: number; changed: number } | undefined>(undefined);
  const exportList = () =>
    run(async () => {
      const { list } = await store.call("exportMachines", { body: { format: "csv" } });
      saveText("machines.csv", "text/csv", list);
    });
  const look = (file: File | undefined) =>
    run(async () => {
      tried.value = undefined;
      done.value = undefined;
      if (!file) return;
      const list = await file.text();
      const { machines } = await store.call("importMachines", { body: { list, isTry: true } });
      tried.value = { list, name: file.name, machines };
    });
  const take = ({ list }: Tried) =>
    run(async () => {
      done.value = await store.call("importMachines", { body: { list } });
      tried.value = undefined;
      await store.loadMachines();
    });
  return (
    <details class="details">
      <summary>{c("lists.title")}</summary>
      <div class="stack">
        <p class="muted">{c("lists.text")}</p>
        <div class="actions">
          <Button icon="save" blocked={busy.value} onPress={exportList}>
            {c("lists.export")}
          </Button>
        </div>
        {store.may("importMachines") && (
          <div class="field">
            <label for="machine-list">{c("lists.import")}</label>
            <input
              type="file"
              id="machine-list"
              accept=".csv,.json"
              onChange={(event) => void look(event.currentTarget.files?.[0])}
            />
          </div>
        )}
        {tried.value && (
          <Alert kind="info" live title={tried.value.name}>
            <p>{c("lists.tried", { count: tried.value.machines })}</p>
            <div class="actions">
              <Button kind="primary" blocked={busy.value} onPress={() => tried.value && take(tried.value)}>
                {c("lists.take")}
              </Button>
            </div>
          </Alert>
        )}
        {done.value && (
          <Alert kind="success" live>
            <p>{c("lists.added", { count: done.value.added })}</p>
            <p>{c("lists.changed", { count: done.value.changed })}</p>
          </Alert>
        )}
        <Trouble problem={problem.value} />
      </div>
    </details>
  );
}
