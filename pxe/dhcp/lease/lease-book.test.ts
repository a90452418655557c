import { expect, test } from "vitest";
import { MemoryLeaseStore, message } from "#test/doubles/lease-network.ts";
import { ipv4Number, isWithin } from "../../net/ipv4.ts";
import type { DhcpPacket } from "../packet.ts";
import { LeaseBook } from "./lease-book.ts";
import { LeaseServer } from "./lease-server.ts";
import { planSubnets } from "./plan-subnets.ts";
import { DhcpConfig } from "./subnet-config.ts";

const OWNS = ["10.0.0.1/24", "10.1.0.1/24"] as const;

/** A server with two network cards; the network 10.9.0.0/24 is behind relays of both. */
function openCards() {
  const store = new MemoryLeaseStore();
  const book = new LeaseBook({ store, onFailure: () => {} });
  const relayed = { subnet: "10.9.0.0/24", pools: ["10.9.0.100"] };
  const config = DhcpConfig.parse({ subnets: [{ pools: ["10.0.0.100", "10.1.0.100"] }, relayed] });
  const subnets = planSubnets(config, { here: OWNS }, "the test");
  const cards = OWNS.map((cidr) => {
    const sent: DhcpPacket[] = [];
    const own = cidr.replace("/24", "");
    const other = ipv4Number(own === "10.0.0.1" ? "10.1.0.1" : "10.0.0.1");
    const server = new LeaseServer({
      ...{ own, subnets: subnets.filter((one) => !isWithin(one, other)), book, now: () => 1_000_000 },
      isInUse: async () => void (await new Promise((resolve) => setImmediate(resolve))),
      send: (reply) => void sent.push(reply),
      onEvent: () => {},
    });
    return { server, sent, own };
  });
  return { store, book, cards };
}
const settle = async () => {
  for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
};

test("one client at two cards has an address of each, and both are saved at once", async () => {
  const { store, cards } = openCards();
  for (const { server } of cards) server.take(message({ id: "a bond" }), false);
  await settle();
  expect(cards.map(({ sent }) => sent.map(({ yiaddr }) => yiaddr))).toEqual([["10.0.0.100"], ["10.1.0.100"]]);
  for (const { server, sent, own } of cards)
    server.take(message({ id: "a bond", kind: "request", wish: sent[0]?.yiaddr, server: own }), false);
  await settle();
  expect(cards.map(({ sent }) => sent.at(-1)?.options.get(53)?.[0])).toEqual([5, 5]);
  expect([store.saves, store.all().length]).toEqual([1, 2]);
  // At the other card each of the two is an address of another network.
  cards[0]?.server.take(message({ id: "a bond", kind: "request", wish: "10.1.0.100" }), false);
  expect(cards[0]?.sent.at(-1)?.options.get(53)?.[0]).toBe(6);
});

test("the last address behind relays is offered once, though two clients ask at two cards at the same time", async () => {
  const { cards } = openCards();
  for (const [i, { server }] of cards.entries())
    server.take(message({ mac: `52:54:00:00:00:0${i}`, giaddr: "10.9.0.1" }), true);
  await settle();
  expect(cards.flatMap(({ sent }) => sent.map(({ yiaddr }) => yiaddr))).toEqual(["10.9.0.100"]);
});

test("what a card still waits for is saved when the book is closed, and a card that is closed offers nothing", async () => {
  const { store, book, cards } = openCards();
  const [first, second] = cards;
  first?.server.take(message({}), false);
  await settle();
  first?.server.take(message({ kind: "request", wish: "10.0.0.100", server: first.own }), false);
  second?.server.take(message({}), false);
  second?.server.close();
  book[Symbol.dispose]();
  expect(store.all()).toMatchObject([{ address: 0x0a000064, state: "bound" }]);
  await settle();
  expect(second?.sent).toEqual([]);
});
