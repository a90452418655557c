import type { JSX } from "preact";
import type { Machine } from "#pxe/console/contract.ts";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { callMachine } from "#ui/console/machines/filter.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { useDoing } from "#ui/console/use-loaded.ts";
import { Button } from "#ui/parts/button.tsx";
import { Dialog } from "#ui/parts/dialog.tsx";

/** Machines that are named in the question. */
const MOST_NAMED = 10;

export function ForgetDialog(props: {
  readonly machines: readonly Machine[];
  readonly onClose: (isDone: boolean) => void;
}): JSX.Element {
  const store = useConsole();
  const { busy, problem, run } = useDoing();
  const { machines } = props;
  const forget = async () => {
    const ids = machines.map(({ id }) => id);
    if (!(await run(() => store.call("forgetMachines", { body: { machines: ids } })))) return;
    await store.loadMachines();
    props.onClose(true);
  };
  return (
    <Dialog
      title={c("forget.title", { count: machines.length })}
      onClose={() => props.onClose(false)}
      actions={
        <>
          <Button onPress={() => props.onClose(false)}>{c("dialog.keep")}</Button>
          <Button kind="danger" blocked={busy.value} onPress={forget}>
            {c("machine.forget")}
          </Button>
        </>
      }
    >
      <p>{c("forget.text")}</p>
      <ul>
        {machines.slice(0, MOST_NAMED).map((machine) => (
          <li key={machine.id}>{callMachine(machine)}</li>
        ))}
      </ul>
      {machines.length > MOST_NAMED && <p>{c("forget.more", { count: machines.length - MOST_NAMED })}</p>}
      <Trouble problem={problem.value} />
    </Dialog>
  );
}
