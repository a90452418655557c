import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { IdentityPreview, Problem } from "#pxe/console/contract.ts";
import { toProblem } from "#ui/api/request.ts";
import { useConsole } from "#ui/console/context.ts";
import { listAsked, listKey } from "#ui/console/deployments/draft.ts";
import type { DraftProps } from "#ui/console/deployments/draft-props.ts";
import { c, told } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { format, t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

/** Milliseconds after the last letter until the server is asked. */
const PAUSE = 400;
/** Lines of a list that are shown. */
const MOST_SHOWN = 100;

/** Names by a list: what the server makes of it is shown as it is typed. */
export function NameList({ draft, set }: DraftProps): JSX.Element {
  const store = useConsole();
  const problem = useSignal<Problem | undefined>(undefined);
  const key = listKey(draft);
  useEffect(() => {
    problem.value = undefined;
    if (draft.list.trim() === "") return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      try {
        const preview = await store.call("previewIdentities", { body: listAsked(draft) });
        if (isCurrent) set({ names: { of: key, preview } });
      } catch (error) {
        if (isCurrent) problem.value = toProblem(error);
      }
    }, PAUSE);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [key]);
  const preview = draft.names?.of === key ? draft.names.preview : undefined;
  return (
    <div class="stack">
      <TextField
        id="naming-list"
        label={c("names.list")}
        hint={c("names.list-help")}
        rows={6}
        value={draft.list}
        onInput={(list) => set({ list })}
      />
      <div class="field">
        <label for="naming-file">{c("names.file")}</label>
        <input
          type="file"
          id="naming-file"
          accept=".csv,text/csv"
          onChange={async (event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file) set({ list: await file.text() });
          }}
        />
      </div>
      <TextField
        id="naming-rest"
        label={c("names.rest")}
        hint={c("names.rest-help")}
        value={draft.rest}
        onInput={(rest) => set({ rest })}
      />
      <Trouble problem={problem.value} />
      {draft.list.trim() !== "" && !preview && !problem.value && <p class="muted">{t("app.loading")}</p>}
      <div role="status" class="stack">
        {preview && preview.problems.length > 0 && <Mistakes preview={preview} />}
        {preview && preview.problems.length === 0 && <p>{c("names.right", { count: preview.identities.length })}</p>}
      </div>
      {preview && preview.others.length > 0 && draft.by === "list" && (
        <div class="actions">
          <Button onPress={() => set({ machines: new Set([...draft.machines, ...preview.others]) })}>
            {c("names.choose", { count: preview.others.length })}
          </Button>
        </div>
      )}
      {preview?.problems.length === 0 && <Names preview={preview} />}
    </div>
  );
}

function Mistakes({ preview: { problems } }: { preview: IdentityPreview }): JSX.Element {
  return (
    <Alert kind="danger" title={c("names.wrong", { count: problems.length })}>
      <ul>
        {problems.slice(0, MOST_SHOWN).map((one, at) => (
          <li key={at}>
            {one.line !== undefined && <strong>{c("names.line", { number: format.number(one.line) })} · </strong>}
            <span lang={told(one).lang}>{told(one).text}</span>
          </li>
        ))}
      </ul>
      {problems.length > MOST_SHOWN && <p>{c("names.more", { count: problems.length - MOST_SHOWN })}</p>}
    </Alert>
  );
}

/** Which machine gets which name; those without a line are named. */
function Names({ preview: { machines } }: { preview: IdentityPreview }): JSX.Element | null {
  const without = machines.filter(({ line }) => line === undefined);
  if (machines.length === 0) return null;
  return (
    <>
      {without.length > 0 && (
        <Alert kind="warning" title={c("names.without", { count: without.length })}>
          <p translate={false}>{format.list(without.slice(0, MOST_SHOWN).map(({ name }) => name))}</p>
        </Alert>
      )}
      <table class="table">
        <caption class="visually-hidden">{c("names.preview")}</caption>
        <thead>
          <tr>
            <th scope="col">{c("machines.machine")}</th>
            <th scope="col">{c("member.hostname")}</th>
            <th scope="col">{c("names.from")}</th>
          </tr>
        </thead>
        <tbody>
          {machines.slice(0, MOST_SHOWN).map(({ machine, name, hostname, line }) => (
            <tr key={machine}>
              <th scope="row" class="table__any" translate={false}>
                {name}
              </th>
              <td class="table__any" translate={false}>
                {hostname ?? c("names.of-image")}
              </td>
              <td>
                {line === undefined
                  ? c(hostname === undefined ? "names.from-image" : "naming.pattern-field")
                  : c("names.line", { number: format.number(line) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {machines.length > MOST_SHOWN && <p class="muted">{c("names.more", { count: machines.length - MOST_SHOWN })}</p>}
    </>
  );
}
