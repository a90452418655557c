import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { newKeyPair, seal, signText } from "#base/deployment/keys.ts";
import {
  type Directive,
  ORDER_PATH,
  type Order,
  type OrderAnswer,
  type OrderProgress,
  type OrderReport,
  type OrderRequest,
  orderBinding,
} from "#base/deployment/order.ts";
import { proofOf } from "#base/deployment/proof.ts";
import type { Task } from "#base/deployment/task.ts";

export const TOKEN = "t".repeat(43);
export const TASK: Task = {
  ...{ token: TOKEN, countdownSeconds: 0, afterwards: "restart" },
  work: {
    ...{ kind: "restore", image: "/.lifeboat/image/d1/points/x.lbi" },
    restore: {
      ...{ to: "only", layout: "keep", universal: false, identity: "keep", verify: true, delta: false, again: true },
    },
  },
};
export const signer = newKeyPair("ed25519");

/** An order as a server makes it. @param change what somebody has made of it before, and after it was signed */
export function sampleOrder(
  request: OrderRequest,
  change: { readonly order?: Partial<Order>; readonly text?: (text: string) => string; readonly task?: Task } = {},
): Extract<OrderAnswer, { state: "order" }> {
  const { key, nonce, macs } = request;
  const order: Order = {
    ...{ version: 1, deployment: { id: "d1", name: "Lab" }, member: 1, macs, key, nonce },
    ...{ task: seal(JSON.stringify(change.task ?? TASK), key, orderBinding("d1", 1, nonce)), ...change.order },
  };
  const text = JSON.stringify(order);
  return { state: "order", order: change.text?.(text) ?? text, signature: signText(signer.privateKey, text) };
}

export interface OrderServerDouble extends AsyncDisposable {
  readonly url: string;
  readonly reports: OrderProgress[];
  readonly asked: OrderRequest[];
  /** What it does from now on. A report that is answered with a number has that status. */
  answer: (request: OrderRequest) => OrderAnswer;
  direct: (progress: OrderProgress) => Directive["action"] | number;
  /** Whether it proves what it directs. */
  isTrue: boolean;
}

/** A server that gives orders, or somebody who says that he is one. */
export async function openOrderServer(): Promise<OrderServerDouble> {
  const server = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await textOf(request));
    const send = (value: object) => response.setHeader("content-type", "application/json").end(JSON.stringify(value));
    if (request.url === ORDER_PATH) {
      double.asked.push(body as OrderRequest);
      return void send(double.answer(body as OrderRequest));
    }
    const report = body as OrderReport;
    const progress = JSON.parse(report.body) as OrderProgress;
    double.reports.push(progress);
    const action = double.direct(progress);
    if (typeof action === "number") return void response.writeHead(action).end();
    const text = JSON.stringify({ action });
    send({ body: text, proof: double.isTrue ? proofOf(TOKEN, "server", report, text) : "forged" });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const double: OrderServerDouble = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ reports: [], asked: [], isTrue: true },
    answer: () => ({ state: "nothing", askAgain: 1 }),
    direct: () => "go-on",
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return double;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) text += part;
  return text;
}
