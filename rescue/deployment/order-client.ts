import { randomBytes } from "node:crypto";
import { isSigned, type KeyPair, unseal } from "#base/deployment/keys.ts";
import {
  Directive,
  ORDER_PATH,
  ORDER_REPORT_PATH,
  Order,
  OrderAnswer,
  type OrderProgress,
  type OrderReport,
  type OrderRequest,
  orderBinding,
  ReportAnswer,
} from "#base/deployment/order.ts";
import { isProof, proofOf } from "#base/deployment/proof.ts";
import { Task } from "#base/deployment/task.ts";
import { LifeboatError } from "#base/errors.ts";
import { asDetail } from "#base/sentence.ts";
import { say } from "#imaging/words/say.ts";

/** What this machine is known by. */
export interface OwnIdentity {
  readonly macs: readonly string[];
  readonly serial?: string | undefined;
}

export interface OrderServer {
  /** "http://192.0.2.1" */
  readonly url: string;
  /** Whose orders are followed: `publicText`. */
  readonly key: string;
}

/** An order that is this machine's, from who may give it, and an answer to its own question. */
export interface TakenOrder {
  readonly order: Order;
  readonly task: Task;
}

export type Asked = Exclude<OrderAnswer, { state: "order" }> | ({ readonly state: "order" } & TakenOrder);

/** Milliseconds. */
const PATIENCE = 10_000;

/** @throws ORDER_REFUSED; Error: the server is away, or does not know this machine */
export async function askForOrder(
  server: OrderServer,
  own: OwnIdentity,
  pair: KeyPair,
  signal: AbortSignal,
): Promise<Asked> {
  const nonce = randomBytes(16).toString("base64url");
  const request: OrderRequest = {
    ...{ version: 1, key: pair.publicText, nonce, macs: [...own.macs] },
    ...(own.serial !== undefined && { serial: own.serial }),
  };
  const answer = OrderAnswer.parse(await post(new URL(ORDER_PATH, server.url), request, signal));
  return answer.state === "order" ? { state: "order", ...takeOrder(answer, server, own, pair, nonce) } : answer;
}

type RefusalKey = "says.not-signed" | "says.other-question" | "says.other-machine" | "says.not-opened";

/** All that makes an order worth following. @throws ORDER_REFUSED */
export function takeOrder(
  { order: text, signature }: Extract<OrderAnswer, { state: "order" }>,
  server: OrderServer,
  own: OwnIdentity,
  pair: KeyPair,
  nonce: string,
): TakenOrder {
  const refuse = (why: RefusalKey, options: ErrorOptions = {}) => {
    const reason = say(why);
    const details = { server: server.url, reason: reason.text };
    return new LifeboatError("ORDER_REFUSED", details, { ...options, ...asDetail("reason", reason) });
  };
  if (!isSigned(text, signature, server.key)) throw refuse("says.not-signed");
  const order = Order.parse(JSON.parse(text));
  if (order.nonce !== nonce || order.key !== pair.publicText) throw refuse("says.other-question");
  if (!order.macs.some((mac) => own.macs.includes(mac))) throw refuse("says.other-machine");
  if (order.serial !== undefined && own.serial !== undefined && order.serial !== own.serial)
    throw refuse("says.other-machine");
  try {
    const task = unseal(order.task, pair, orderBinding(order.deployment.id, order.member, nonce));
    return { order, task: Task.parse(JSON.parse(task)) };
  } catch (cause) {
    throw refuse("says.not-opened", { cause });
  }
}

/** Tells a server how far an order is. */
export class OrderReporter {
  readonly #server: OrderServer;
  readonly #of: Omit<OrderReport, "sequence" | "body" | "proof">;
  readonly #token: string;
  #sequence = 0;

  constructor(server: OrderServer, { order, task }: TakenOrder) {
    [this.#server, this.#token] = [server, task.token];
    this.#of = { deployment: order.deployment.id, member: order.member, key: order.key };
  }

  /**
   * @returns what to do; "over": the server knows nothing of this order any more
   * @throws Error: it is away, or somebody else answers for it
   */
  async report(progress: OrderProgress, signal: AbortSignal): Promise<Directive["action"] | "over"> {
    const of = { ...this.#of, sequence: ++this.#sequence };
    const body = JSON.stringify(progress);
    const report: OrderReport = { ...of, body, proof: proofOf(this.#token, "machine", of, body) };
    const answered = await post(new URL(ORDER_REPORT_PATH, this.#server.url), report, signal).catch(
      (error: unknown) => {
        if (error instanceof Refused) return undefined;
        throw error;
      },
    );
    if (answered === undefined) return "over";
    const answer = ReportAnswer.parse(answered);
    if (!isProof(answer.proof, proofOf(this.#token, "server", of, answer.body)))
      throw new Error("it is not its server that answers");
    return Directive.parse(JSON.parse(answer.body)).action;
  }
}

class Refused extends Error {}

async function post(url: URL, body: object, signal: AbortSignal): Promise<unknown> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
  });
  if (answer.ok) return answer.json();
  await answer.body?.cancel();
  throw answer.status === 403 ? new Refused("it does not want to know") : new Error(`it answered ${answer.status}`);
}
