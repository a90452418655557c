import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { DeploymentDetails } from "#pxe/console/contract.ts";
import type { Body } from "#ui/console/api/routes.ts";
import { useConsole } from "#ui/console/context.ts";
import { isOver } from "#ui/console/deployments/words.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { addressOf } from "#ui/console/route.ts";
import { useDoing } from "#ui/console/use-loaded.ts";
import { Button } from "#ui/parts/button.tsx";
import { Dialog } from "#ui/parts/dialog.tsx";

/** What can be done to all of its machines. What cannot be taken back is asked first. */
export function DeploymentActions(props: {
  readonly deployment: DeploymentDetails;
  readonly onChanged: (deployment: DeploymentDetails) => void;
}): JSX.Element {
  const store = useConsole();
  const { busy, problem, run } = useDoing();
  const asking = useSignal<"cancel" | "forget-deployment" | undefined>(undefined);
  const { deployment } = props;
  const params = { name: deployment.name };
  const act = (body: Body<"actOnDeployment">) =>
    run(async () => props.onChanged(await store.call("actOnDeployment", { params, body })));
  const isLost = deployment.counts.failed + deployment.counts.stopped > 0;
  return (
    <>
      <div class="actions">
        {deployment.state === "active" && (
          <Button icon="pause" blocked={busy.value} onPress={() => act({ action: "pause" })}>
            {c("action.pause")}
          </Button>
        )}
        {deployment.state === "paused" && (
          <Button kind="primary" icon="run" blocked={busy.value} onPress={() => act({ action: "resume" })}>
            {c("action.resume")}
          </Button>
        )}
        {(isLost || deployment.state === "cancelled") && (
          <Button icon="refresh" blocked={busy.value} onPress={() => act({ action: "retry" })}>
            {c("action.retry")}
          </Button>
        )}
        {!isOver(deployment) && (
          <Button
            icon="stop"
            onPress={() => {
              asking.value = "cancel";
            }}
          >
            {c("action.cancel")}
          </Button>
        )}
        {isOver(deployment) && (
          <Button
            onPress={() => {
              asking.value = "forget-deployment";
            }}
          >
            {c("action.forget")}
          </Button>
        )}
      </div>
      <Trouble problem={problem.value} />
      {asking.value && (
        <Dialog
          title={c(`${asking.value}.title`, { name: deployment.name })}
          onClose={() => {
            asking.value = undefined;
          }}
          actions={
            <>
              <Button
                onPress={() => {
                  asking.value = undefined;
                }}
              >
                {c("dialog.keep")}
              </Button>
              <Button
                kind="danger"
                blocked={busy.value}
                onPress={async () => {
                  if (asking.value === "cancel") {
                    await act({ action: "cancel" });
                    asking.value = undefined;
                  } else if (await run(() => store.call("forgetDeployment", { params })))
                    store.show(addressOf({ page: "deployments" }));
                  else asking.value = undefined;
                }}
              >
                {c(`${asking.value}.yes`)}
              </Button>
            </>
          }
        >
          <p>{c(`${asking.value}.text`)}</p>
        </Dialog>
      )}
    </>
  );
}
