import type { JSX } from "preact";
import type { RetentionRules, RetentionWork } from "#pxe/console/contract.ts";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { RetentionProgress } from "#ui/console/server/retention-run.tsx";
import { useDoing, useLoaded } from "#ui/console/use-loaded.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Dialog } from "#ui/parts/dialog.tsx";

/** Points that are named in the question. */
const MOST_NAMED = 50;

/** Names the points that go, and deletes these and no others. */
export function ApplyDialog(props: {
  readonly name: string;
  readonly rules: RetentionRules;
  /** How far it is, as soon as it has begun. */
  readonly work: RetentionWork | undefined;
  /** @param done what came of it, in words; undefined: nothing was done */
  readonly onClose: (done: string | undefined) => void;
}): JSX.Element {
  const store = useConsole();
  const { busy, problem, run } = useDoing();
  const params = { name: props.name };
  const { rules: body } = props;
  const shown = useLoaded(() => store.call("previewRetention", { params, body }), []).value;
  const going = shown.value?.filter(({ reasons }) => reasons.length === 0);
  const apply = async () => {
    let words = "";
    const points = going?.map(({ name }) => name) ?? [];
    const isDone = await run(async () => {
      const { deleted, freed, later } = await store.call("applyRetention", { params, body: { points } });
      const bytes = { freed: format.bytes(freed), later: format.bytes(later) };
      words = c("retention.done", { count: deleted.length, ...bytes });
    });
    if (isDone) props.onClose(words);
  };
  return (
    <Dialog
      title={c("retention.apply-title", { name: props.name })}
      onClose={() => props.onClose(undefined)}
      actions={
        <>
          <Button onPress={() => props.onClose(undefined)}>{c(busy.value ? "dialog.close" : "dialog.keep")}</Button>
          {going && (
            <Button kind={going.length > 0 ? "danger" : "primary"} blocked={busy.value} onPress={apply}>
              {busy.value
                ? c("retention.applying")
                : going.length > 0
                  ? c("retention.apply-yes", { count: going.length })
                  : c("retention.free")}
            </Button>
          )}
        </>
      }
    >
      {!shown.value && !shown.problem && <p class="muted">{t("app.loading")}</p>}
      <Trouble problem={shown.problem} />
      {busy.value && (
        <div class="stack stack--tight">
          <p>{c("retention.goes-on")}</p>
          {props.work && <RetentionProgress name={props.name} work={props.work} />}
        </div>
      )}
      {going && <p>{c(going.length > 0 ? "retention.apply-text" : "retention.apply-none")}</p>}
      <ul>
        {going?.slice(0, MOST_NAMED).map((point) => (
          <li key={point.name}>
            <span translate={false}>{point.name}</span> · {format.dateTime(point.createdAt)}
          </li>
        ))}
      </ul>
      {going && going.length > MOST_NAMED && <p>{c("retention.more", { count: going.length - MOST_NAMED })}</p>}
      <Trouble problem={problem.value} />
    </Dialog>
  );
}
