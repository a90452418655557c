import { LifeboatError } from "#base/errors.ts";
import { deviceIndex } from "../net/device-socket.ts";
import { lossOf } from "./card-loss.ts";
import { type CardReady, type CardServices, type CommonServices, openCardServices } from "./card-services.ts";
import { ownInterface } from "./own-interface.ts";
import type { Card } from "./plan-cards.ts";

export interface ServedCardsOptions {
  readonly cards: readonly Card[];
  readonly common: CommonServices;
  readonly tftpPort?: number | undefined;
  readonly httpPort?: number | undefined;
  /** What is offered where is another than before. */
  readonly onChange: () => void;
  /** The server cannot go on: PXE_SOCKET_FAILED at the only card that there is. */
  readonly onFailure: (error: Error) => void;
}

/** Milliseconds between two looks at the cards. */
const EVERY = 3000;

interface Served {
  readonly card: Card;
  ready: CardReady;
  /** Undefined: the card is lost. */
  services: CardServices | undefined;
  /** `deviceIndex` of the card that has the services. */
  index: number;
}

/**
 * The network cards that are served, each with services of its own. They end when the card or its address is gone, and begin again when it is
 * back; the others go on.
 */
export class ServedCards implements AsyncDisposable {
  readonly #options: ServedCardsOptions;
  readonly #served: Served[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** One change at a time. */
  #turn: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  private constructor(options: ServedCardsOptions) {
    this.#options = options;
  }

  /** @throws PXE_PORT_TAKEN, PXE_PORT_DENIED, PXE_SOCKET_FAILED: of any of them, and then none is served */
  static async open(options: ServedCardsOptions): Promise<ServedCards> {
    const cards = new ServedCards(options);
    try {
      for (const card of options.cards) {
        const services = await cards.#open(card, options);
        cards.#served.push({ card, services, ready: services.ready, index: deviceIndex(card.own.device) });
      }
      cards.#timer = setInterval(() => cards.#inTurn(() => cards.#look()), EVERY);
      return cards;
    } catch (error) {
      await cards[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** In the order in which they were asked for. */
  get ready(): readonly CardReady[] {
    return this.#served.map(({ ready }) => ready);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#turn;
    await Promise.all(this.#served.map(({ services }) => services?.[Symbol.asyncDispose]()));
  }

  #open(card: Card, ports: Parameters<typeof openCardServices>[2]): Promise<CardServices> {
    const { common, cards, onFailure } = this.#options;
    const isOnly = cards.length === 1;
    const tell: CommonServices["tell"] = isOnly
      ? common.tell
      : (event) => common.tell({ ...event, interface: card.own.name });
    return openCardServices(card, { ...common, tell }, ports, (error) => {
      if (isOnly) onFailure(error);
      else this.#inTurn(() => this.#lose(card, error.message));
    });
  }

  #inTurn(what: () => Promise<void>): void {
    this.#turn = this.#turn.then(() => (this.#isClosed ? undefined : what())).catch(this.#options.onFailure);
  }

  async #look(): Promise<void> {
    for (const served of this.#served) {
      const { card, services, index } = served;
      const reason = services && (await lossOf(card.own, index));
      if (reason !== undefined) await this.#lose(card, reason);
      if (!served.services) await this.#bringBack(served);
    }
  }

  async #lose(card: Card, reason: string): Promise<void> {
    const served = this.#served.find((one) => one.card === card);
    const services = served?.services;
    if (!services) return;
    served.services = undefined;
    served.ready = { ...served.ready, isLost: true };
    await services[Symbol.asyncDispose]();
    const { name, address } = card.own;
    const { code, text } = new LifeboatError("PXE_INTERFACE_LOST", { interface: name, address, reason });
    this.#options.common.tell({
      service: "interface",
      interface: name,
      event: { type: "lost", address, code, text, reason },
    });
    this.#options.onChange();
  }

  /** As soon as the card has the same address: what is given there hangs on it. */
  async #bringBack(served: Served): Promise<void> {
    const { card, ready } = served;
    try {
      const own = ownInterface(card.asked);
      if (own.cidr !== card.own.cidr) return;
      served.services = await this.#open({ ...card, own }, ready);
      served.index = deviceIndex(own.device);
    } catch {
      return; // not yet: it is tried again, and that it is lost was said
    }
    served.ready = served.services.ready;
    const { name, address } = card.own;
    this.#options.common.tell({ service: "interface", interface: name, event: { type: "back", address } });
    this.#options.onChange();
  }
}
