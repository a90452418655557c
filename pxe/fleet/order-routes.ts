import express, { type Router } from "express";
import { ORDER_PATH, ORDER_REPORT_PATH, OrderReport, OrderRequest } from "#base/deployment/order.ts";
import type { Happening } from "../machines/entry.ts";
import type { Machine } from "../machines/machine.ts";
import type { FleetOrders } from "./fleet-orders.ts";

export interface OrderRoutes {
  readonly orders: FleetOrders;
  /** Which machine has an address, where it may start from here. */
  readonly askingMachine: (address: string, macs: readonly string[]) => Promise<Machine | undefined>;
  /** For a machine's timeline. */
  readonly note: (machine: Machine, happening: Happening) => void;
}

/** Milliseconds between two questions of one address, and addresses that are remembered. */
const PAUSE = 500;
const MOST_ADDRESSES = 10_000;

/** Where machines ask what to do, and tell how far they are. */
export function orderRoutes({ orders, askingMachine, note }: OrderRoutes): Router {
  const router = express.Router();
  const asked = new Map<string, number>();
  const isTooSoon = (address: string): boolean => {
    const now = performance.now();
    const isSoon = now - (asked.get(address) ?? Number.NEGATIVE_INFINITY) < PAUSE;
    if (!isSoon) {
      asked.delete(address);
      asked.set(address, now);
      if (asked.size > MOST_ADDRESSES) asked.delete(asked.keys().next().value ?? "");
    }
    return isSoon;
  };
  router.post(ORDER_PATH, express.json({ limit: "16kb" }), async (request, response) => {
    const address = request.socket.remoteAddress?.replace(/^::ffff:/, "") ?? "";
    const body = OrderRequest.safeParse(request.body);
    if (!body.success) return void response.status(400).end();
    if (isTooSoon(address)) return void response.status(429).set("Retry-After", "1").end();
    const machine = await askingMachine(address, body.data.macs);
    if (!machine) return void response.status(403).end();
    const { answer, news } = await orders.ask(machine, body.data);
    if (news) {
      const { isProblem, ...sentence } = news;
      note(
        machine,
        isProblem ? { kind: "problem", code: "ORDER_CONTESTED", ...sentence } : { kind: "job", ...sentence },
      );
    }
    response.json(answer);
  });
  router.post(ORDER_REPORT_PATH, express.json({ limit: "32kb" }), async (request, response) => {
    const body = OrderReport.safeParse(request.body);
    if (!body.success) return void response.status(400).end();
    const answer = await orders.report(body.data);
    if (answer) response.json(answer);
    else response.status(403).end();
  });
  // Its words would show paths of this machine. A database that is away is asked again.
  router.use((error: { status?: number }, _request: express.Request, response: express.Response, _next: unknown) => {
    response.status(error.status ?? 503).end();
  });
  return router;
}
