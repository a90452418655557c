import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { AuditEntry } from "#pxe/console/contract.ts";
import { useConsole } from "#ui/console/context.ts";
import { c, cData } from "#ui/console/i18n/index.ts";
import { when } from "#ui/console/machines/state-cell.tsx";
import { Trouble } from "#ui/console/problem.tsx";
import { useDoing } from "#ui/console/use-loaded.ts";
import { Button } from "#ui/parts/button.tsx";
import { Section } from "#ui/parts/page.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

/** Entries of one answer at most, as the contract has it. */
const PAGE = 200;

/** Who did what. The server searches all of it, not only what is shown. */
export function Audit(): JSX.Element {
  const store = useConsole();
  const { busy, problem, run } = useDoing();
  const search = useSignal("");
  const entries = useSignal<readonly AuditEntry[]>([]);
  const isAll = useSignal(false);
  const ask = (before?: number) =>
    run(async () => {
      const wanted = search.value.trim();
      const body = { ...(before !== undefined && { before }), ...(wanted !== "" && { search: wanted }) };
      const more = await store.call("audit", { body });
      entries.value = before === undefined ? more : [...entries.value, ...more];
      isAll.value = more.length < PAGE;
    });
  useEffect(() => void ask(), []);
  return (
    <Section title={c("audit.title")}>
      <form
        id="audit-search-form"
        class="toolbar"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <TextField
          id="audit-search"
          type="search"
          label={c("audit.search")}
          value={search.value}
          onInput={(text) => {
            search.value = text;
          }}
        />
        <Button submits="audit-search-form" blocked={busy.value} onPress={() => {}}>
          {c("audit.search-button")}
        </Button>
      </form>
      <p class="muted">{c("audit.search-help")}</p>
      <Trouble problem={problem.value} />
      {entries.value.length === 0 && !busy.value && !problem.value && <p>{c("audit.none")}</p>}
      {entries.value.length > 0 && <AuditTable entries={entries.value} />}
      {!isAll.value && entries.value.length > 0 && (
        <Button blocked={busy.value} onPress={() => ask(entries.value.at(-1)?.id)}>
          {c("audit.older")}
        </Button>
      )}
    </Section>
  );
}

const AuditTable = ({ entries }: { entries: readonly AuditEntry[] }): JSX.Element => (
  <table class="table">
    <thead>
      <tr>
        <th scope="col">{c("audit.when")}</th>
        <th scope="col">{c("audit.who")}</th>
        <th scope="col">{c("audit.what")}</th>
        <th scope="col" class="table__wide">
          {c("audit.result")}
        </th>
      </tr>
    </thead>
    <tbody>
      {entries.map(({ id, at, who, address, what, target, result }) => (
        <tr key={id}>
          <td>{when(at)}</td>
          <td class="table__any">
            {who} <span class="table__sub">{address}</span>
          </td>
          <td class="table__any">
            {result === "done" ? cData("audit", what) : c("audit.tried", { what: cData("audit", what) })}{" "}
            <span class="table__sub">{target}</span>
            {result !== "done" && <span class="table__narrow code">{result}</span>}
          </td>
          <td class="table__wide">{result === "done" ? c("audit.done") : <span class="code">{result}</span>}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
