import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Machine } from "#pxe/console/contract.ts";
import { load } from "#ui/api/loaded.ts";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Cards } from "#ui/console/machines/cards.tsx";
import { Doctor } from "#ui/console/machines/doctor.tsx";
import { callMachine, modelOf } from "#ui/console/machines/filter.ts";
import { ForgetDialog } from "#ui/console/machines/forget-dialog.tsx";
import { MarksForm } from "#ui/console/machines/marks-form.tsx";
import { when } from "#ui/console/machines/state-cell.tsx";
import { Stages, Timeline } from "#ui/console/machines/timeline.tsx";
import { Trouble } from "#ui/console/problem.tsx";
import { addressOf } from "#ui/console/route.ts";
import { useDoing, useLoaded } from "#ui/console/use-loaded.ts";
import { format, t } from "#ui/i18n/index.ts";
import { announce } from "#ui/parts/announcer.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { Page, Section } from "#ui/parts/page.tsx";

/** One machine: how far it came, why not further, what it is, and what people say of it. */
export function MachinePage({ id }: { id: string }): JSX.Element {
  const store = useConsole();
  const params = { id };
  const shown = useLoaded(() => store.call("machine", { params }), [store.machinesTurn.value]);
  const diagnosis = useLoaded(() => store.call("diagnoseMachine", { params }), [useSlowTurn(store.machinesTurn.value)]);
  const { value, problem } = shown.value;
  const machine = value?.machine;
  const name = machine ? callMachine(machine) : problem ? `#${id}` : t("app.loading");
  const again = () => load(diagnosis, () => store.call("diagnoseMachine", { params }));
  return (
    <Page
      above={<a href={addressOf({ page: "machines" })}>{c("machine.back")}</a>}
      title={name}
      lead={machine && modelOf(machine)}
      footer={null}
    >
      <Trouble problem={problem} />
      {machine && (
        <>
          {store.may("wakeMachines") && <Actions machine={machine} />}
          <Section title={c("machine.last-start")}>
            <Stages timeline={value.timeline} />
          </Section>
          <div class="columns columns--even">
            <div class="stack">
              <Doctor
                title={c("machine.doctor")}
                nothing={c("machine.doctor-nothing")}
                found={diagnosis.value}
                onAgain={again}
              />
              <Section title={c("machine.timeline")}>
                <Timeline timeline={value.timeline} />
              </Section>
            </div>
            <div class="stack">
              <Inventory machine={machine} />
              {store.may("splitMachine") && <Cards machine={machine} />}
              {store.may("markMachine") && <MarksForm key={machine.id} machine={machine} />}
            </div>
          </div>
        </>
      )}
    </Page>
  );
}

/** Milliseconds for which what the doctor said stands, though something happens each second. */
const DOCTOR_STANDS = 10_000;

/** Follows a number that grows often, and not so often. */
function useSlowTurn(turn: number): number {
  const shown = useSignal({ turn, at: Date.now() });
  useEffect(() => {
    if (turn === shown.value.turn) return;
    const timer = setTimeout(
      () => {
        shown.value = { turn, at: Date.now() };
      },
      Math.max(0, shown.value.at + DOCTOR_STANDS - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [turn]);
  return shown.value.turn;
}

function Actions({ machine }: { machine: Machine }): JSX.Element {
  const store = useConsole();
  const { busy, problem, run } = useDoing();
  const isForgetting = useSignal(false);
  const said = useSignal("");
  const approve = async () => {
    const body = { approval: "approved" as const };
    if (!(await run(() => store.call("markMachine", { params: { id: String(machine.id) }, body })))) return;
    store.machinesTurn.value++;
    announce(c("machine.approved"));
  };
  const wake = async () => {
    if (await run(() => store.call("wakeMachines", { body: { machines: [machine.id] } })))
      said.value = c("machine.woken");
  };
  return (
    <>
      <div class="actions">
        {machine.approval !== "approved" && (
          <Button kind="primary" icon="check" blocked={busy.value} onPress={approve}>
            {c("chosen.approve")}
          </Button>
        )}
        <Button icon="power" blocked={busy.value} onPress={wake}>
          {c("machine.wake")}
        </Button>
        <Button
          onPress={() => {
            isForgetting.value = true;
          }}
        >
          {c("machine.forget")}
        </Button>
      </div>
      <p role="status" class="muted">
        {said.value}
      </p>
      <Trouble problem={problem.value} />
      {isForgetting.value && (
        <ForgetDialog
          machines={[machine]}
          onClose={(isDone) => {
            isForgetting.value = false;
            if (isDone) store.show(addressOf({ page: "machines" }));
          }}
        />
      )}
    </>
  );
}

function Inventory({ machine }: { machine: Machine }): JSX.Element {
  const { secureBoot, memory, firmware, architecture } = machine;
  return (
    <Section title={c("machine.inventory")}>
      <Facts
        rows={[
          [c("machines.group"), machine.group],
          [c("machine.note"), machine.note],
          [c("machines.approval"), c(`approval.${machine.approval}`)],
          [c("machines.policy"), c(`policy.${machine.policy}`)],
          [c("machine.cards"), machine.macs.join(", ")],
          [c("machines.address"), machine.address],
          [c("machine.model"), modelOf(machine)],
          [c("machine.serial"), machine.serial],
          ["UUID", machine.uuid],
          [c("machine.firmware"), [firmware, architecture].filter((word) => word !== undefined).join(", ")],
          ["Secure Boot", secureBoot === undefined ? undefined : c(secureBoot ? "machine.on" : "machine.off")],
          [c("machine.memory"), memory === undefined ? undefined : format.bytes(memory)],
          [c("machine.first-seen"), when(machine.firstSeen)],
          [c("machine.last-seen"), when(machine.lastSeen)],
        ]}
      />
    </Section>
  );
}
