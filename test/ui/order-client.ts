import { randomBytes } from "node:crypto";
import { newKeyPair, unseal } from "#base/deployment/keys.ts";
import {
  type Directive,
  ORDER_PATH,
  ORDER_REPORT_PATH,
  type Order,
  type OrderAnswer,
  type OrderProgress,
  orderBinding,
} from "#base/deployment/order.ts";
import { pairingCode, proofOf } from "#base/deployment/proof.ts";
import type { Task } from "#base/deployment/task.ts";
import type { Namespace } from "#test/engine/network/namespace.ts";

/** What the rescue system of a machine says to the server of its orders, by real requests from that machine's address; it restores nothing. */
export class OrderClient {
  readonly #namespace: Namespace;
  readonly #url: string;
  readonly #mac: string;
  readonly #pair = newKeyPair("x25519");
  #given: { readonly order: Order; readonly task: Task } | undefined;
  #sequence = 0;

  constructor(namespace: Namespace, url: string, mac: string) {
    this.#namespace = namespace;
    this.#url = url;
    this.#mac = mac;
  }

  /** As the machine's own screen shows it. */
  get code(): string {
    return pairingCode(this.#pair.publicText);
  }

  async ask(): Promise<OrderAnswer["state"]> {
    const nonce = randomBytes(16).toString("base64url");
    const body = { version: 1, key: this.#pair.publicText, nonce, macs: [this.#mac] };
    const answer = await this.#post<OrderAnswer>(ORDER_PATH, body);
    if (answer.state === "order") {
      const order = JSON.parse(answer.order) as Order;
      const binding = orderBinding(order.deployment.id, order.member, nonce);
      this.#given = { order, task: JSON.parse(unseal(order.task, this.#pair, binding)) as Task };
    }
    return answer.state;
  }

  /** @returns what the server tells it to do */
  async say(phase: OrderProgress["phase"], more: Partial<OrderProgress> = {}): Promise<Directive["action"]> {
    if (!this.#given) throw new Error("it has no order");
    const { order, task } = this.#given;
    const of = {
      ...{ deployment: order.deployment.id, member: order.member, key: this.#pair.publicText },
      sequence: ++this.#sequence,
    };
    const body = JSON.stringify({ phase, text: "", ...more });
    const proof = proofOf(task.token, "machine", of, body);
    const answer = await this.#post<{ body: string }>(ORDER_REPORT_PATH, { ...of, body, proof });
    return (JSON.parse(answer.body) as Directive).action;
  }

  async #post<T>(path: string, body: object): Promise<T> {
    const sent = ["-sS", "-f", "-H", "Content-Type: application/json", "-d", JSON.stringify(body)];
    return JSON.parse(await this.#namespace.tool("curl", [...sent, `${this.#url}${path}`])) as T;
  }
}
