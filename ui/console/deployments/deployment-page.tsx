import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { DeploymentDetails, MemberView } from "#pxe/console/contract.ts";
import { useConsole } from "#ui/console/context.ts";
import {
  FILTERS,
  type Filter,
  isMeant,
  needsAttention,
  ratioOf,
  shownState,
} from "#ui/console/deployments/attention.ts";
import { DeploymentActions } from "#ui/console/deployments/deployment-actions.tsx";
import { MemberDialog } from "#ui/console/deployments/member-dialog.tsx";
import { PriorityForm } from "#ui/console/deployments/priority-form.tsx";
import { Tile } from "#ui/console/deployments/tile.tsx";
import { taskWords, timesWords } from "#ui/console/deployments/words.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { addressOf } from "#ui/console/route.ts";
import { useLoaded } from "#ui/console/use-loaded.ts";
import { format, t } from "#ui/i18n/index.ts";
import { announce } from "#ui/parts/announcer.tsx";
import { titled } from "#ui/parts/brand.ts";
import { Page } from "#ui/parts/page.tsx";

/** One deployment: how far each of its machines is, at a glance, and what can be done. */
export function DeploymentPage({ name }: { name: string }): JSX.Element {
  const store = useConsole();
  const params = { name };
  const loaded = useLoaded<DeploymentDetails>(
    () => store.call("deployment", { params }),
    [store.deploymentsTurn.value],
  );
  const filter = useSignal<Filter>("all");
  const open = useSignal<number | undefined>(undefined);
  const { value: deployment, problem } = loaded.value;
  const show = (value: DeploymentDetails) => {
    loaded.value = { value, busy: false, problem: undefined };
  };
  const members = deployment?.members ?? [];
  const bad = members.filter(needsAttention).length;
  useBadNews(deployment, bad);
  const opened = members.find(({ number }) => number === open.value);
  const shown = members.filter((member) => isMeant(member, filter.value));
  return (
    <Page
      above={<a href={addressOf({ page: "deployments" })}>{c("deployment.back")}</a>}
      title={name}
      documentTitle={deployment && `${format.percent(ratioOf(deployment))} – ${titled(name)}`}
      lead={deployment && taskWords(deployment)}
      footer={null}
    >
      <Trouble problem={problem} />
      {!deployment && !problem && <p class="muted">{t("app.loading")}</p>}
      {deployment && (
        <>
          <p class="muted">{timesWords(deployment)}</p>
          <Overall deployment={deployment} bad={bad} />
          {store.may("actOnDeployment") && <DeploymentActions deployment={deployment} onChanged={show} />}
          <Filters
            members={members}
            filter={filter.value}
            onChoose={(one) => {
              filter.value = one;
            }}
          />
          {needsStart(deployment) && <p>{c("wall.waiting")}</p>}
          {shown.length === 0 && <p>{c(members.length === 0 ? "wall.none" : "wall.none-of-these")}</p>}
          <ul class="wall" aria-label={c("wall.title")}>
            {shown.map((member) => (
              <li key={member.number}>
                <Tile
                  member={member}
                  onOpen={() => {
                    open.value = member.number;
                  }}
                />
              </li>
            ))}
          </ul>
          {store.may("actOnDeployment") && <PriorityForm deployment={deployment} onChanged={show} />}
          {opened && (
            <MemberDialog
              key={opened.number}
              deployment={deployment}
              member={opened}
              onChanged={show}
              onClose={() => {
                open.value = undefined;
              }}
            />
          )}
        </>
      )}
    </Page>
  );
}

/** Nothing goes on there before somebody has switched them on. */
const needsStart = ({ state, spec: { wake, window }, members }: DeploymentDetails): boolean =>
  state === "active" && !wake && !window && members.some((member) => shownState(member) === "waiting");

function Overall({ deployment, bad }: { deployment: DeploymentDetails; bad: number }): JSX.Element {
  const ratio = ratioOf(deployment);
  const { counts } = deployment;
  return (
    <div class="overall">
      <p>
        <strong class="overall__percent">{format.percent(ratio)}</strong>{" "}
        <span class="badge">{c(`deployment.${deployment.state}`)}</span>
      </p>
      <progress class="progress__bar" aria-label={c("wall.overall")} value={ratio} max={1} />
      <p class="card__counts">
        <span>
          {c("counts.done", {
            count: counts.done,
            total: format.number(deployment.members.length - counts.cancelled),
          })}
        </span>
        <span>{c("counts.running", { count: counts.running })}</span>
        {bad > 0 && <span class="warning-text">{c("counts.attention", { count: bad })}</span>}
      </p>
    </div>
  );
}

/** Said once for each machine more, and not at each report of one. */
function useBadNews(deployment: DeploymentDetails | undefined, bad: number): void {
  const before = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (!deployment) return;
    if (before.current !== undefined && bad > before.current) announce(c("counts.attention", { count: bad }));
    before.current = bad;
  }, [deployment, bad]);
}

function Filters(props: {
  readonly members: readonly MemberView[];
  readonly filter: Filter;
  readonly onChoose: (filter: Filter) => void;
}): JSX.Element {
  return (
    <fieldset class="filters">
      <legend class="visually-hidden">{c("wall.filter")}</legend>
      {FILTERS.map((filter) => {
        const count = props.members.filter((member) => isMeant(member, filter)).length;
        return (
          <button
            key={filter}
            type="button"
            class="filters__button"
            aria-pressed={filter === props.filter}
            onClick={() => props.onChoose(filter)}
          >
            {c(`wall.filter-${filter}`)} <span class="filters__count">{format.number(count)}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
