import type { ComponentChildren, JSX } from "preact";
import type { Problem } from "#rescue/api/contract.ts";
import { describeProblem, t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";

/** What happened, what is safe now, what to do next, and the code: the same four for every failure. */
export function ProblemAlert(props: {
  readonly problem: Problem;
  /** In words of another catalogue than the kiosk's. */
  readonly said?: Pick<Problem, "code" | "text" | "safe" | "next"> | undefined;
  readonly title?: string;
  readonly live?: boolean;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const { code, text, safe, next } = props.said ?? describeProblem(props.problem);
  return (
    <Alert kind="danger" title={props.title ?? t("problem.title")} live={props.live ?? true}>
      {text && text !== props.title && <p class="problem__text">{text}</p>}
      <dl class="problem__facts">
        {safe && <Fact term={t("problem.safe")} text={safe} />}
        {next && <Fact term={t("problem.next")} text={next} />}
      </dl>
      <p class="problem__code">{t("problem.code", { code })}</p>
      {props.children}
    </Alert>
  );
}

const Fact = ({ term, text }: { term: string; text: string }): JSX.Element => (
  <div>
    <dt>{term}</dt>
    <dd>{text}</dd>
  </div>
);
