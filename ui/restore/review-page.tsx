import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { RestorePlan } from "#rescue/api/contract.ts";
import { fillPath, routes } from "#ui/api/routes.ts";
import { describeProblem, format, t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Download, SaveLog } from "#ui/parts/save-log.tsx";
import { Confirm, confirmFieldId } from "#ui/restore/confirm.tsx";
import { Layouts, Losses } from "#ui/restore/plan-view.tsx";
import { confirmed } from "#ui/restore/review-step.ts";
import { Steps } from "#ui/restore/steps.tsx";
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
  return (
    <>
      <Facts
        rows={[
          [
            t("review.image"),
            t("review.image-of", { name: plan.image.name, date: format.dateTime(plan.image.createdAt) }),
          ],
          [t("review.target"), `${plan.target.name}, ${format.diskSize(plan.target.size)}, ${plan.target.path}`],
        ]}
      />
      <Losses plan={plan} />
      {plan.warnings.length > 0 && (
        <Alert kind="warning" title={t("review.warnings")}>
          <ul>
            {plan.warnings.map((warning) => (
              <li key={warning.code + warning.text}>
                {describeProblem({ ...warning, safe: "", next: "", details: {} }).text}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <Layouts plan={plan} />
      <div class="columns columns--even">
        <Operations plan={plan} />
        <Options plan={plan} />
      </div>
      <Confirm plan={plan} />
    </>
  );
}

const Operations = ({ plan }: { plan: RestorePlan }): JSX.Element => (
  <Section title={t("review.writes")}>
    <ol class="operations">
      {plan.operations.map((operation) => (
        <li key={operation.text}>{operation.text}</li>
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
  return (
    <Section title={t("review.options")}>
      <div class="check">
        <input
          type="checkbox"
          id="verify-target"
          checked={restore.verifyTarget.value}
          aria-describedby="verify-target-cost"
          onChange={(event) => void restore.setVerify(event.currentTarget.checked)}
        />
        <label for="verify-target">{t("review.verify")}</label>
      </div>
      <p class="muted check__detail" id="verify-target-cost">
        {t("review.verify-cost", { size: format.bytes(plan.writeBytes) })}
      </p>
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
  const label = plan && t(plan.losses.length > 0 ? "review.start-erase" : "review.start", { name: plan.target.name });
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
