import { setTimeout as sleep } from "node:timers/promises";
import type { RequestHandler } from "express";
import { openMachineStore } from "../machines/open-machine-store.ts";
import { wake } from "../machines/wake.ts";
import type { MachineRecords } from "../serve/machine-records.ts";
import { say } from "../words/words.ts";
import { Fleet } from "./fleet.ts";
import { FleetKey } from "./fleet-key.ts";
import { FleetOrders } from "./fleet-orders.ts";
import { fleetTick } from "./fleet-tick.ts";
import { imageRoutes } from "./image-routes.ts";
import { openFleetStore } from "./open-fleet-store.ts";
import { orderRoutes } from "./order-routes.ts";

/** Milliseconds between two looks at the clock. */
const EVERY = 5000;

export interface FleetServiceOptions {
  /** As `openMachineStore`. */
  readonly place: string;
  readonly keyFile: string;
  readonly records: Pick<MachineRecords, "askingMachine" | "note">;
  /** Of the interfaces that machines are woken on. */
  readonly addresses: () => readonly string[];
  readonly onTrouble: (error: Error) => void;
  /** A deployment, or a machine of one, is another than before. */
  readonly onChange?: (() => void) | undefined;
}

export interface FleetService extends AsyncDisposable {
  readonly routes: readonly RequestHandler[];
  /** Whose orders machines have to follow: `lifeboat.orders`. */
  readonly publicKey: string;
}

/** Deployments as people handle them, for a command beside the server. @throws PXE_MACHINES_FAILED, PXE_KEY_FAILED */
export async function openFleet(
  place: string,
  keyFile: string,
): Promise<{ fleet: Fleet; key: FleetKey } & AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const key = await FleetKey.open(keyFile);
  const machines = stack.use(await openMachineStore(place));
  const store = stack.use(await openFleetStore(place));
  const kept = stack.move();
  return { fleet: new Fleet({ store, machines, key }), key, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** What a server does for deployments: it gives orders, hears how they go, hands out images, wakes machines. @throws PXE_MACHINES_FAILED, PXE_KEY_FAILED */
export async function openFleetService(options: FleetServiceOptions): Promise<FleetService> {
  const { place, keyFile, records, addresses, onTrouble, onChange } = options;
  const key = await FleetKey.open(keyFile);
  const store = await openFleetStore(place, onChange);
  let hasFailed = false;
  const tick = async () => {
    try {
      for (const machine of await fleetTick(store, Date.now())) {
        for (const address of addresses()) await wake(machine.macs, address);
        records.note(machine, { kind: "wake", ...say("told.turn") });
      }
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) onTrouble(error as Error);
      hasFailed = true;
    }
  };
  const over = new AbortController();
  const ticking = (async () => {
    while (!over.signal.aborted) {
      await tick();
      await sleep(EVERY, undefined, { signal: over.signal }).catch(() => {});
    }
  })();
  return {
    publicKey: key.publicText,
    routes: [
      orderRoutes({
        orders: new FleetOrders({ store, key }),
        askingMachine: records.askingMachine,
        note: records.note,
      }),
      imageRoutes({ store, key }),
    ],
    async [Symbol.asyncDispose]() {
      over.abort();
      await ticking;
      await store[Symbol.asyncDispose]();
    },
  };
}
