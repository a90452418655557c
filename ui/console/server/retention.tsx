import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { RepositoryView, RetentionRow } from "#pxe/console/contract.ts";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { when } from "#ui/console/machines/state-cell.tsx";
import { Trouble } from "#ui/console/problem.tsx";
import { ApplyDialog } from "#ui/console/server/apply-dialog.tsx";
import { useDoing } from "#ui/console/use-loaded.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { countsOf, DecisionTable, RuleFields, typedRules, USUAL_RULES } from "#ui/parts/retention.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

/** As the server has it where nobody says another one. */
const USUAL_QUIET_TIME = "05:00";

interface RetentionProps {
  readonly repository: RepositoryView;
  readonly onChanged: () => void;
}

/** Which points of a repository stay: the rules, when they are applied, and what others would do. */
export function Retention(props: RetentionProps): JSX.Element {
  const store = useConsole();
  const { isEncrypted, retention } = props.repository;
  return (
    <details class="details">
      <summary>{c("retention.title")}</summary>
      <div class="stack">
        {isEncrypted && <p>{c("retention.locked")}</p>}
        {!isEncrypted && !retention && <p>{c("retention.none")}</p>}
        {retention && <Kept retention={retention} />}
        {!isEncrypted && store.may("previewRetention") && <RulesForm {...props} />}
      </div>
    </details>
  );
}

function Kept({ retention }: { retention: NonNullable<RepositoryView["retention"]> }): JSX.Element {
  const { rules, quietTime, setBy, setAt } = retention;
  const count = (rule: keyof typeof rules) => (rules[rule] > 0 ? format.number(rules[rule]) : undefined);
  return (
    <>
      <p>{c("retention.kept", { name: setBy, time: when(setAt), from: quietTime })}</p>
      <Facts
        rows={[
          [t("images.keep-last"), count("last")],
          [t("images.keep-daily"), count("daily")],
          [t("images.keep-weekly"), count("weekly")],
          [t("images.keep-monthly"), count("monthly")],
          [t("images.keep-yearly"), count("yearly")],
        ]}
      />
    </>
  );
}

/** Rules are typed, and what they would do is shown, before they can be set. */
function RulesForm({ repository: { name, retention, work }, onChanged }: RetentionProps): JSX.Element {
  const store = useConsole();
  const { busy, problem, run } = useDoing();
  const id = useId();
  const rules = useSignal(retention ? typedRules(retention.rules) : USUAL_RULES);
  const quietTime = useSignal(retention?.quietTime ?? USUAL_QUIET_TIME);
  const shown = useSignal<{ readonly of: string; readonly rows: readonly RetentionRow[] } | undefined>(undefined);
  const isApplying = useSignal(false);
  const said = useSignal("");
  const counts = countsOf(rules.value);
  const params = { name };
  const body = { ...counts, quietTime: quietTime.value };
  const isNone = Object.values(counts).every((count) => count === 0);
  const rows = shown.value?.of === JSON.stringify(counts) ? shown.value.rows : undefined;
  const change = async (act: () => Promise<unknown>, words: string) => {
    said.value = "";
    if (!(await run(act))) return;
    said.value = words;
    onChanged();
  };
  return (
    <fieldset class="stack" aria-label={c("retention.group", { name })}>
      <p>{c("retention.text")}</p>
      <RuleFields id={id} rules={rules} />
      <TextField
        id={`${id}-time`}
        type="time"
        label={c("retention.time")}
        hint={c("retention.time-help")}
        wrong={quietTime.value === "" ? c("retention.time-wrong") : undefined}
        value={quietTime.value}
        onInput={(text) => {
          quietTime.value = text;
        }}
      />
      {isNone && <p class="warning-text">{c("retention.wrong")}</p>}
      <div class="actions">
        <Button
          blocked={busy.value || isNone}
          onPress={() =>
            run(async () => {
              said.value = "";
              const found = await store.call("previewRetention", { params, body: counts });
              shown.value = { of: JSON.stringify(counts), rows: found };
            })
          }
        >
          {c("retention.show")}
        </Button>
        {rows && store.may("setRetention") && (
          <Button
            kind="primary"
            blocked={busy.value || quietTime.value === ""}
            onPress={() => change(() => store.call("setRetention", { params, body }), c("retention.set-done"))}
          >
            {c("retention.set")}
          </Button>
        )}
        {retention && store.may("removeRetention") && (
          <Button
            blocked={busy.value}
            onPress={() => change(() => store.call("removeRetention", { params }), c("retention.removed"))}
          >
            {c("retention.remove")}
          </Button>
        )}
        {retention && store.may("applyRetention") && (
          <Button
            blocked={work !== undefined}
            onPress={() => {
              said.value = "";
              isApplying.value = true;
            }}
          >
            {c("retention.apply")}
          </Button>
        )}
      </div>
      <p role="status">{said.value || (rows && goesWords(rows))}</p>
      <Trouble problem={problem.value} />
      {rows && <DecisionTable caption={c("retention.show")} rows={rows} />}
      {retention && isApplying.value && (
        <ApplyDialog
          name={name}
          rules={retention.rules}
          work={work}
          onClose={(done) => {
            isApplying.value = false;
            if (done === undefined) return;
            said.value = done;
            shown.value = undefined;
            onChanged();
          }}
        />
      )}
    </fieldset>
  );
}

function goesWords(rows: readonly RetentionRow[]): string {
  const count = rows.filter(({ reasons }) => reasons.length === 0).length;
  return count === 0 ? c("retention.goes-none") : c("retention.goes", { count });
}
