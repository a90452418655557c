import type { JSX } from "preact";
import type { Machine } from "#pxe/console/contract.ts";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { useDoing } from "#ui/console/use-loaded.ts";
import { Button } from "#ui/parts/button.tsx";
import { Section } from "#ui/parts/page.tsx";

/** Several cards, of which one may be another machine's. */
export function Cards({ machine }: { machine: Machine }): JSX.Element | null {
  const store = useConsole();
  const { busy, problem, run } = useDoing();
  if (machine.macs.length < 2) return null;
  const split = async (mac: string) => {
    const params = { id: String(machine.id) };
    if (await run(() => store.call("splitMachine", { params, body: { mac } }))) store.machinesTurn.value++;
  };
  return (
    <Section title={c("split.title")}>
      <p class="muted">{c("split.text")}</p>
      <ul class="rows">
        {machine.macs.map((mac) => (
          <li key={mac} class="row">
            <span class="row__text code">{mac}</span>
            <Button blocked={busy.value} label={c("split.this", { mac })} onPress={() => split(mac)}>
              {c("split.button")}
            </Button>
          </li>
        ))}
      </ul>
      <Trouble problem={problem.value} />
    </Section>
  );
}
