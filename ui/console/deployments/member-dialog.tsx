import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { DeploymentDetails, MemberView } from "#pxe/console/contract.ts";
import type { Body } from "#ui/console/api/routes.ts";
import { useConsole } from "#ui/console/context.ts";
import { percentOf, shownState } from "#ui/console/deployments/attention.ts";
import { c, told } from "#ui/console/i18n/index.ts";
import { when } from "#ui/console/machines/state-cell.tsx";
import { Trouble } from "#ui/console/problem.tsx";
import { addressOf } from "#ui/console/route.ts";
import { useDoing } from "#ui/console/use-loaded.ts";
import { describeProblem, format } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Dialog } from "#ui/parts/dialog.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

interface MemberProps {
  readonly deployment: DeploymentDetails;
  readonly member: MemberView;
  readonly onChanged: (deployment: DeploymentDetails) => void;
}

/** One machine of a deployment, and what can be done with it alone. */
export function MemberDialog(props: MemberProps & { readonly onClose: () => void }): JSX.Element {
  const store = useConsole();
  const { member, deployment } = props;
  const { state, machine } = member;
  const { busy, problem, run } = useDoing();
  const isAsked = useSignal(false);
  const act = (action: "pause" | "resume" | "cancel" | "retry") =>
    run(async () => {
      const body: Body<"actOnDeployment"> = { action, machines: [`#${machine}`] };
      props.onChanged(await store.call("actOnDeployment", { params: { name: deployment.name }, body }));
    });
  const cancel = async () => {
    if (isAsked.value) await act("cancel");
    isAsked.value = !isAsked.value;
  };
  const isOpen = state === "waiting" || state === "code" || state === "running";
  const mayAct = store.may("actOnDeployment");
  return (
    <Dialog
      title={member.name}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>{c("dialog.close")}</Button>
          {mayAct && isOpen && !member.isHeld && (
            <Button blocked={busy.value} onPress={() => act("pause")}>
              {c("action.pause")}
            </Button>
          )}
          {mayAct && isOpen && member.isHeld && (
            <Button blocked={busy.value} onPress={() => act("resume")}>
              {c("action.resume")}
            </Button>
          )}
          {mayAct && !isOpen && (
            <Button blocked={busy.value} onPress={() => act("retry")}>
              {c("action.retry")}
            </Button>
          )}
          {mayAct && isOpen && (
            <Button kind="danger" blocked={busy.value} onPress={cancel}>
              {c(isAsked.value ? "action.cancel-yes" : "action.cancel-one")}
            </Button>
          )}
        </>
      }
    >
      <Facts
        rows={[
          [c("member.state"), c(`member.${shownState(member)}`)],
          [c("member.percent"), format.percent(percentOf(member) / 100)],
          [c("member.says"), member.says.length > 0 && <Says of={member.says} />],
          [c("member.code-of-error"), member.code && codeWords(member.code)],
          [c("member.hostname"), member.hostname],
          [c("member.place"), format.number(member.number)],
          [c("member.tries"), format.number(member.tries)],
          [c("member.since"), when(member.since)],
          [c("member.heard"), member.heard === undefined ? undefined : when(member.heard)],
        ]}
      />
      {mayAct && isOpen && <p class={isAsked.value ? "warning-text" : "muted"}>{c("member.cancel-means")}</p>}
      <p>
        <a href={addressOf({ page: "machine", id: String(machine) })}>{c("member.to-machine")}</a>
      </p>
      {member.codes.length > 0 && mayAct && <Confirm {...props} />}
      <Trouble problem={problem.value} />
    </Dialog>
  );
}

/** What the machine says: in the page's language as far as it is always the same, else as it came. */
const Says = ({ of }: { of: MemberView["says"] }): JSX.Element => (
  <>
    {of.map(told).map(({ text, lang }, at) => (
      <span key={at} lang={lang}>
        {at > 0 && "; "}
        {text}
      </span>
    ))}
  </>
);

/** What a code means, as far as that can be said without what else the machine knows. */
function codeWords(code: string): string {
  const { text } = describeProblem({ code, text: "", safe: "", next: "", details: {} });
  return text === "" ? code : `${code}: ${text}`;
}

/** The code is not shown here: who types it has read it on the machine's own screen. */
function Confirm({ deployment, member, onChanged }: MemberProps): JSX.Element {
  const store = useConsole();
  const code = useSignal("");
  const { busy, problem, run } = useDoing();
  const submit = async (event: Event) => {
    event.preventDefault();
    const body: Body<"actOnDeployment"> = { action: "confirm", machine: `#${member.machine}`, code: code.value.trim() };
    await run(async () => onChanged(await store.call("actOnDeployment", { params: { name: deployment.name }, body })));
  };
  return (
    <form id="confirm-code" class="stack" onSubmit={submit} noValidate>
      <TextField
        id="member-code"
        label={c("confirm.code")}
        hint={c("confirm.code-help")}
        value={code.value}
        onInput={(text) => {
          code.value = text;
        }}
      />
      <Trouble problem={problem.value} />
      <div class="actions">
        <Button submits="confirm-code" blocked={busy.value || code.value.trim() === ""} onPress={() => {}}>
          {c("confirm.button")}
        </Button>
      </div>
    </form>
  );
}
