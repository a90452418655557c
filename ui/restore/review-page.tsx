import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { RestorePlan } from "#rescue/api/contract.ts";
import { fillPath, routes } from "#ui/api/routes.ts";
import { targetName } from "#ui/disk/disk-words.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Check } from "#ui/parts/check.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Download, SaveLog } from "#ui/parts/save-log.tsx";
import { Told } from "#ui/parts/told.tsx";
import { Confirm, confirmFieldId } from "#ui/restore/confirm.tsx";
import { Layouts, Losses } from "#ui/restore/plan-view.tsx";
import { confirmed } from "#ui/restore/review-step.ts";
import { sourceRow } from "#ui/restore/source-row.ts";
import { Steps } from "#ui/restore/steps.tsx";
import { Systems } from "#ui/restore/systems.tsx";
import { VerdictView } from "#ui/restore/verdict-view.tsx";
import { wordsOf } from "#ui/restore/words.ts";
import { useRestore } from "#ui/shell/context.ts";

/** The plan, rendered; and the only place from which a disk can be overwritten. Not a form: Enter starts nothing. */
export function ReviewPage(): JSX.Element {
  const restore = useRestore();
  const { value: plan, problem } = restore.plan.value;
  return (
    <Page above={<Steps current="review" />} title={t("review.title")} footer={<Actions plan={plan} />} ownFocus>
      {restore.stalePlan.value && (
        <Alert kind="warning" title={t("review.stale-title")} live>
          <p>{t("review.stale")}</p>
        </Alert>
      )}
      {restore.actionProblem.value && <ProblemAlert problem={restore.actionProblem.value} />}
      {restore.startProblem.value && <ProblemAlert problem={restore.startProblem.value} />}
      {problem && (
        <ProblemAlert problem={problem}>
          <div class="actions">
            <Button onPress={() => restore.makePlan()}>{t("app.try-again")}</Button>
            <Button onPress={() => restore.go("layout")}>{t("review.change-layout")}</Button>
            <SaveLog />
          </div>
        </ProblemAlert>
      )}
      {!plan && !problem && <p class="muted">{t("review.replanning")}</p>}
      {plan && <PlanView plan={plan} />}
    </Page>
  );
}

function PlanView({ plan }: { plan: RestorePlan }): JSX.Element {
  const restore = useRestore();
  return (
    <>
      <Facts
        rows={[
          sourceRow(plan),
          [t("review.target"), `${targetName(plan)}, ${format.diskSize(plan.target.size)}, ${plan.target.path}`],
        ]}
      />
      <Losses plan={plan} />
      {plan.preflight && <VerdictView verdict={plan.preflight} isPlanned />}
      {plan.warnings.length > 0 && <Warnings plan={plan} />}
      <Layouts plan={plan} />
      <div class="actions">
        <Button onPress={() => restore.go("layout")}>{t("review.change-layout")}</Button>
      </div>
      <div class="columns columns--even">
        <Operations plan={plan} />
        <div class="stack">
          <Options plan={plan} />
          {!plan.into && <Systems />}
        </div>
      </div>
      <Confirm plan={plan} />
    </>
  );
}

function Warnings({ plan }: { plan: RestorePlan }): JSX.Element {
  const restore = useRestore();
  const fill = () => {
    restore.wishes.sizes.value = "fill";
    return restore.makePlan();
  };
  const isUnused = plan.warnings.some(({ code }) => code === "SPACE_UNUSED") && plan.after.tableType !== "none";
  return (
    <Alert kind="warning" title={t("review.warnings")}>
      <ul>
        {plan.warnings.map((warning) => (
          <li key={warning.code + warning.text}>
            <Told of={warning} />
          </li>
        ))}
      </ul>
      {isUnused && !plan.into && (
        <div class="actions">
          <Button onPress={fill}>{t("review.fill")}</Button>
        </div>
      )}
    </Alert>
  );
}

const Operations = ({ plan }: { plan: RestorePlan }): JSX.Element => (
  <Section title={t("review.writes")}>
    <ol class="operations">
      {plan.operations.map((operation) => (
        <li key={operation.text}>
          <Told of={operation} />
        </li>
      ))}
    </ol>
    <p>{t("review.total", { size: format.bytes(plan.writeBytes) })}</p>
    <div class="actions">
      <Download href={fillPath(routes.plan.path, { planId: plan.id })} name={`lifeboat-${plan.id}.json`}>
        {t("review.save-plan")}
      </Download>
    </div>
  </Section>
);

function Options({ plan }: { plan: RestorePlan }): JSX.Element {
  const restore = useRestore();
  const { delta } = restore.wishes;
  return (
    <Section title={t("review.options")}>
      <Check
        id="verify-target"
        label={t("review.verify")}
        detail={t("review.verify-cost", { size: format.bytes(plan.writeBytes) })}
        checked={restore.verifyTarget.value}
        onChange={(on) => void restore.setVerify(on)}
      />
      <Check
        id="delta"
        label={t("review.delta")}
        detail={t("review.delta-detail")}
        checked={delta.value}
        onChange={(on) => {
          delta.value = on;
          void restore.makePlan();
        }}
      />
    </Section>
  );
}

function Actions({ plan }: { plan: RestorePlan | undefined }): JSX.Element {
  const restore = useRestore();
  const back = useRef<HTMLButtonElement>(null);
  // The safe button, not the dangerous one, is where an absent-minded Enter lands.
  useLayoutEffect(() => back.current?.focus({ preventScroll: true }), []);
  const missing = plan && whatIsMissing(plan, confirmed(restore, plan), restore.plan.value.busy);
  const press = () => {
    if (missing) {
      document.getElementById(confirmFieldId)?.focus();
    } else return restore.start();
  };
  const words = `${wordsOf(restore.kind)}review.start` as const;
  const label = plan && t(plan.losses.length > 0 ? `${words}-erase` : words, { name: targetName(plan) });
  return (
    <>
      <Button innerRef={back} onPress={() => restore.go("target")}>
        {t("nav.back")}
      </Button>
      <p class="footer__missing" role="status" id="start-missing">
        {missing}
      </p>
      {plan && (
        <Button
          kind={plan.losses.length > 0 ? "danger" : "primary"}
          blocked={missing !== undefined || restore.starting.value}
          describedBy="start-missing"
          onPress={press}
        >
          {restore.starting.value ? t("review.starting") : label}
        </Button>
      )}
    </>
  );
}

function whatIsMissing({ confirmation }: RestorePlan, given: boolean, busy: boolean): string | undefined {
  if (busy) return t("review.replanning");
  if (given) return undefined;
  if (confirmation.level === "type") return t("review.type-missing", { words: confirmation.words });
  return t("review.check-missing");
}
