import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { EditedDisk, EditPlan, Operation, OperationPlan } from "#rescue/api/contract.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { DiskBar } from "#ui/disk/disk-bar.tsx";
import { PartitionTable } from "#ui/disk/partition-table.tsx";
import type { DrawnLayout } from "#ui/disk/segments.ts";
import { format, t } from "#ui/i18n/index.ts";
import {
  Confirmation,
  confirmationId,
  confirmWords,
  type Given,
  isConfirmed,
  useGiven,
} from "#ui/operation/confirmation.tsx";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Told } from "#ui/parts/told.tsx";
import { useShell } from "#ui/shell/context.ts";

/** Bytes that a hard disk reads and writes in a second, each once; the server says the same. */
const USUAL_RATE = 50 * 1024 ** 2;

/** The plan for all operations, and the only place from which they are begun. Not a form: Enter starts nothing. */
export function ReviewPage(): JSX.Element {
  const shell = useShell();
  const { partitions } = shell;
  const plan = useSignal<Loaded<OperationPlan>>(NOTHING);
  const started = useSignal<Loaded<Operation>>(NOTHING);
  const given = useGiven();
  useEffect(() => {
    const body = {
      kind: "partition" as const,
      diskId: partitions.diskId.value ?? "",
      edits: [...partitions.edits.value],
    };
    void load(plan, () => shell.api.call("planOperation", { body }));
  }, [partitions, plan, shell]);
  const { value, problem } = plan.value;
  const start = async () => {
    if (!value || started.value.busy) return;
    const body = { planId: value.id, confirm: confirmWords(value.confirmation, given) };
    const operation = await load(started, () => shell.api.call("startOperation", { body }));
    if (!operation) return;
    partitions.started();
    shell.showOperation(operation.id);
  };
  return (
    <Page
      title={t("partitions.review")}
      footer={<Actions plan={value} given={given} isBusy={started.value.busy} onStart={start} />}
      ownFocus
    >
      {!value && !problem && <p class="muted">{t("operation.planning")}</p>}
      {problem && <ProblemAlert problem={problem} />}
      {started.value.problem && <ProblemAlert problem={started.value.problem} />}
      {value?.edit && <PlanView edit={value.edit} />}
      {value && value.confirmation.level !== "none" && (
        <Section title={t("review.confirm")} class="confirm">
          <Confirmation of={value.confirmation} given={given} />
        </Section>
      )}
    </Page>
  );
}

/** The plan says what lies where; what is in it was seen by the editor. */
const drawn = ({ size, partitions }: EditPlan["after"], seen: EditedDisk | undefined): DrawnLayout => ({
  size,
  free: seen?.free,
  partitions: partitions.map((one) => {
    const filesystem = seen?.partitions.find(({ start, role }) => start === one.start && role === one.role)?.filesystem;
    return { ...one, ...(filesystem && { filesystem }) };
  }),
});

function PlanView({ edit }: { edit: EditPlan }): JSX.Element {
  const seen = useShell().partitions.answer.value.value;
  const [before, then] = [drawn(edit.before, seen?.now), drawn(edit.after, seen?.after)];
  const now = useSignal<string | undefined>(undefined);
  const after = useSignal<string | undefined>(undefined);
  const { losses, warnings, steps, movedBytes, mend } = edit;
  const time = format.estimate(movedBytes / USUAL_RATE);
  return (
    <>
      {losses.length === 0 ? (
        <Alert kind="success">
          <p>{t("partitions.no-losses")}</p>
        </Alert>
      ) : (
        <Alert kind="danger" title={t("review.losses")}>
          <ul>
            {losses.map((one) => (
              <li key={one.text}>
                <Told of={one} />
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {warnings.length > 0 && (
        <Alert kind="warning" title={t("review.warnings")}>
          <ul>
            {warnings.map((one) => (
              <li key={one.text}>
                <Told of={one} />
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <Section title={t("partitions.steps")}>
        <ol class="operations">
          {steps.map((step) => (
            <li key={step.text}>
              <Told of={step} />
            </li>
          ))}
        </ol>
        {mend && <p>{t("partitions.mended")}</p>}
        {movedBytes > 0 && (
          <>
            <p>{t("partitions.time", { size: format.bytes(movedBytes), time })}</p>
            <p>{t("partitions.power")}</p>
          </>
        )}
      </Section>
      <Section title={edit.target.name}>
        <div class="bars">
          <DiskBar layout={before} fate="now" caption={t("review.now")} selection={now} />
          <DiskBar layout={then} fate="now" caption={t("review.after")} selection={after} />
        </div>
        <div class="columns columns--even">
          <div>
            <h3>{t("review.now")}</h3>
            <PartitionTable layout={before} fate="now" caption={t("review.now")} selection={now} />
          </div>
          <div>
            <h3>{t("review.after")}</h3>
            <PartitionTable layout={then} fate="now" caption={t("review.after")} selection={after} />
          </div>
        </div>
      </Section>
    </>
  );
}

function Actions(props: {
  readonly plan: OperationPlan | undefined;
  readonly given: Given;
  readonly isBusy: boolean;
  readonly onStart: () => Promise<void>;
}): JSX.Element {
  const { partitions } = useShell();
  const { plan, given } = props;
  const asked = useSignal(false);
  const back = useRef<HTMLButtonElement>(null);
  // The safe button is where an absent-minded Enter lands.
  useLayoutEffect(() => back.current?.focus({ preventScroll: true }), []);
  const missing = plan && !isConfirmed(plan.confirmation, given) ? missingText(plan) : undefined;
  const press = () => {
    asked.value = missing !== undefined;
    if (missing === undefined) return props.onStart();
    document.getElementById(confirmationId)?.focus();
  };
  const isLoss = (plan?.edit?.losses.length ?? 0) > 0;
  return (
    <>
      <Button innerRef={back} onPress={() => partitions.review(false)}>
        {t("nav.back")}
      </Button>
      <p class="footer__missing" role="status" id="start-missing">
        {asked.value && missing}
      </p>
      {plan?.edit && (
        <Button
          kind={isLoss ? "danger" : "primary"}
          blocked={missing !== undefined || props.isBusy}
          describedBy="start-missing"
          onPress={press}
        >
          {t(isLoss ? "partitions.start-loss" : "partitions.start-change", { name: plan.edit.target.name })}
        </Button>
      )}
    </>
  );
}

const missingText = ({ confirmation: { level, words } }: OperationPlan): string =>
  level === "type" ? t("review.type-missing", { words }) : t("review.check-missing");
