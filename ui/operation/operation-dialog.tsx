import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Operation, OperationKind, OperationPlan, OperationRequest } from "#rescue/api/contract.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { type PlainKey, t } from "#ui/i18n/index.ts";
import { Confirmation, confirmWords, isConfirmed, useGiven } from "#ui/operation/confirmation.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Dialog, titleOf } from "#ui/parts/dialog.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Lines } from "#ui/parts/told.tsx";
import { useShell } from "#ui/shell/context.ts";

const TITLES: Readonly<Record<OperationKind, PlainKey>> = {
  ...{
    capture: "home.capture",
    clone: "home.clone",
    verify: "images.verify",
    "copy-files": "images.copy",
    export: "images.export",
    prove: "result.prove",
  },
  ...{ "boot-repair": "boot.repair", "take-back": "boot.take-back", undo: "result.undo" },
  ...{ partition: "home.partitions", "partition-resume": "partitions.unfinished" },
};

/** What would be done, and the question whether it shall be: as strongly as the plan says. */
export function OperationDialog(props: {
  readonly request: OperationRequest;
  readonly onClose: () => void;
}): JSX.Element {
  const { request, onClose } = props;
  const shell = useShell();
  const plan = useSignal<Loaded<OperationPlan>>(NOTHING);
  const started = useSignal<Loaded<Operation>>(NOTHING);
  const given = useGiven();
  useEffect(() => void load(plan, () => shell.api.call("planOperation", { body: request })), []);
  const { value, problem } = plan.value;
  const isGiven = value !== undefined && isConfirmed(value.confirmation, given);
  const start = async () => {
    if (!value || !isGiven || started.value.busy) return;
    const body = { planId: value.id, confirm: confirmWords(value.confirmation, given) };
    const operation = await load(started, () => shell.api.call("startOperation", { body }));
    if (operation) shell.showOperation(operation.id);
  };
  return (
    <Dialog
      title={titleOf(t(TITLES[request.kind]))}
      wide
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("operation.cancel")}</Button>
          {value && (
            <Button
              kind={value.confirmation.level === "none" ? "primary" : "danger"}
              blocked={!isGiven || started.value.busy}
              onPress={start}
            >
              {t("operation.start")}
            </Button>
          )}
        </>
      }
    >
      {!value && !problem && <p class="muted">{t("operation.planning")}</p>}
      {problem && <ProblemAlert problem={problem} />}
      {started.value.problem && <ProblemAlert problem={started.value.problem} />}
      {value && (
        <div class="said">
          <Lines of={value.lines} />
        </div>
      )}
      {value && <Confirmation of={value.confirmation} given={given} />}
    </Dialog>
  );
}
