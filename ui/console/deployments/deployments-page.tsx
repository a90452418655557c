import type { JSX } from "preact";
import type { DeploymentView } from "#pxe/console/contract.ts";
import { useConsole } from "#ui/console/context.ts";
import { taskWords } from "#ui/console/deployments/words.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { addressOf } from "#ui/console/route.ts";
import { useLoaded } from "#ui/console/use-loaded.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Page } from "#ui/parts/page.tsx";

/** All deployments, the newest first. */
export function DeploymentsPage(): JSX.Element {
  const store = useConsole();
  const { value: all, problem } = useLoaded(() => store.call("deployments"), [store.deploymentsTurn.value]).value;
  return (
    <Page
      title={c("deployments.title")}
      lead={c("deployments.lead")}
      tools={
        store.may("createDeployment") && (
          <a class="button button--primary" href={addressOf({ page: "new", machines: [] })}>
            {c("deployments.new")}
          </a>
        )
      }
      footer={null}
    >
      <Trouble problem={problem} />
      {!all && !problem && <p class="muted">{t("app.loading")}</p>}
      {all?.length === 0 && <p>{c("deployments.none")}</p>}
      {all && all.length > 0 && (
        <ul class="cards">
          {all.toReversed().map((one) => (
            <Card key={one.id} deployment={one} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function Card({ deployment }: { deployment: DeploymentView }): JSX.Element {
  const { name, state, counts, silent } = deployment;
  const bad = counts.failed + counts.stopped + counts.code + silent;
  const total = Object.values(counts).reduce((sum, one) => sum + one, 0) - counts.cancelled;
  return (
    <li class="card">
      <h2>
        <a href={addressOf({ page: "deployment", name })}>{name}</a>{" "}
        <span class="badge">{c(`deployment.${state}`)}</span>
      </h2>
      <p>{taskWords(deployment)}</p>
      <p class="card__counts">
        <span>{c("counts.done", { count: counts.done, total: format.number(total) })}</span>
        {counts.running > 0 && <span>{c("counts.running", { count: counts.running })}</span>}
        {bad > 0 && <span class="warning-text">{c("counts.attention", { count: bad })}</span>}
      </p>
    </li>
  );
}
