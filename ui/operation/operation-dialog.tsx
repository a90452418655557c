import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Operation, OperationKind, OperationPlan, OperationRequest } from "#rescue/api/contract.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { type PlainKey, t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Check } from "#ui/parts/check.tsx";
import { Dialog } from "#ui/parts/dialog.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { useShell } from "#ui/shell/context.ts";

const TITLES: Readonly<Record<OperationKind, PlainKey>> = {
  ...{ capture: "home.capture", clone: "home.clone", verify: "result.verified", prove: "result.prove" },
  ...{ "boot-repair": "boot.repair", "take-back": "boot.take-back", undo: "result.undo" },
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
  const agreed = useSignal(false);
  const typed = useSignal("");
  useEffect(() => void load(plan, () => shell.api.call("planOperation", { body: request })), []);
  const { value, problem } = plan.value;
  const level = value?.confirmation.level;
  const isGiven =
    level === "none" || (level === "acknowledge" ? agreed.value : typed.value.trim() === value?.confirmation.words);
  const start = async () => {
    if (!value || !isGiven || started.value.busy) return;
    const confirm = level === "type" ? typed.value.trim() : value.confirmation.id;
    const body = { planId: value.id, confirm };
    const operation = await load(started, () => shell.api.call("startOperation", { body }));
    if (operation) shell.showOperation(operation.id);
  };
  return (
    <Dialog
      title={t(TITLES[request.kind])}
      wide
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("operation.cancel")}</Button>
          {value && (
            <Button
              kind={level === "none" ? "primary" : "danger"}
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
        <div lang="en" class="said">
          {value.lines.join("\n")}
        </div>
      )}
      {value && level === "acknowledge" && (
        <Check
          id="operation-confirm"
          label={<span lang="en">{value.confirmation.text}</span>}
          checked={agreed.value}
          onChange={(on) => {
            agreed.value = on;
          }}
        />
      )}
      {value && level === "type" && (
        <>
          <p lang="en">{value.confirmation.text}</p>
          <div class="field">
            <label for="operation-confirm">{t("review.type", { words: value.confirmation.words })}</label>
            <input
              type="text"
              id="operation-confirm"
              class="field__input"
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              value={typed.value}
              onInput={(event) => {
                typed.value = event.currentTarget.value;
              }}
            />
          </div>
        </>
      )}
    </Dialog>
  );
}
