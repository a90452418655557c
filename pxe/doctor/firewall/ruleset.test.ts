import { expect, test } from "vitest";
import { fateOf, parseRuleset } from "./ruleset.ts";

const chain = (more: object = {}) => ({
  chain: { family: "inet", table: "f", name: "input", hook: "input", prio: 0, policy: "accept", ...more },
});
let handles = 0;
const rule = (expr: readonly object[], more: object = {}) => ({
  rule: { family: "inet", table: "f", chain: "input", handle: ++handles, expr, ...more },
});
const match = (left: object, right: unknown, op = "==") => ({ match: { op, left, right } });
const dport = (right: unknown, protocol = "udp") => match({ payload: { protocol, field: "dport" } }, right);
const [drop, accept] = [{ drop: null }, { accept: null }];
const fate = (...objects: object[]) =>
  fateOf({ protocol: "udp", port: 69, device: "eth0" }, parseRuleset(JSON.stringify({ nftables: objects })));

test.each([
  ["no rules", [], "no"],
  ["a policy", [chain({ policy: "drop" })], "yes"],
  ["a port", [chain(), rule([dport(69), { counter: {} }, drop])], "yes"],
  ["another port", [chain(), rule([dport(70), drop])], "no"],
  ["another protocol", [chain(), rule([dport(69, "tcp"), drop])], "no"],
  ["a set of ports", [chain(), rule([dport({ set: [67, { range: [68, 70] }] }), { reject: null }])], "yes"],
  [
    "all ports but some",
    [chain(), rule([match({ payload: { protocol: "udp", field: "dport" } }, 53, "!="), drop])],
    "yes",
  ],
  [
    "a named set",
    [{ set: { family: "inet", table: "f", name: "p", elem: [69] } }, chain(), rule([dport("@p"), drop])],
    "yes",
  ],
  ["its own interface", [chain(), rule([match({ meta: { key: "iifname" } }, "eth*"), drop])], "yes"],
  ["another interface", [chain(), rule([match({ meta: { key: "iifname" } }, "lo", "!="), drop])], "yes"],
  [
    "what is known already",
    [chain({ policy: "drop" }), rule([match({ ct: { key: "state" } }, ["established"], "in"), accept])],
    "yes",
  ],
  ["let in before the policy", [chain({ policy: "drop" }), rule([dport(69), accept])], "no"],
  ["dropped after it was let in", [chain(), rule([accept]), rule([drop])], "no"],
  [
    "another chain drops what the first lets in",
    [chain({ name: "a" }), chain({ prio: 5, policy: "drop" }), rule([accept], { chain: "a" })],
    "yes",
  ],
  [
    "some senders",
    [chain(), rule([match({ payload: { protocol: "ip", field: "saddr" } }, "10.0.0.9"), drop])],
    "maybe",
  ],
  [
    "all but some senders",
    [chain({ policy: "drop" }), rule([match({ payload: { protocol: "ip", field: "saddr" } }, "10.0.0.9"), accept])],
    "maybe",
  ],
  ["what is too much", [chain(), rule([{ limit: { rate: 9 } }, drop])], "maybe"],
  ["what iptables alone knows", [chain(), rule([{ xt: { name: "multiport" } }, drop])], "maybe"],
  [
    "a chain that is called",
    [
      chain(),
      { chain: { family: "inet", table: "f", name: "g" } },
      rule([{ jump: { target: "g" } }]),
      rule([drop], { chain: "g" }),
    ],
    "yes",
  ],
  [
    "a chain that returns",
    [
      chain(),
      rule([{ jump: { target: "g" } }]),
      rule([{ return: null }], { chain: "g" }),
      rule([drop], { chain: "g" }),
    ],
    "no",
  ],
  ["a goto, which does not come back", [chain(), rule([{ goto: { target: "g" } }]), rule([drop])], "no"],
  ["IPv6", [chain({ family: "ip6", policy: "drop" })], "no"],
  ["what goes out", [chain({ hook: "output", policy: "drop" })], "no"],
] as const)("%s: %j drops %s", (_, objects, drops) => {
  expect(fate(...objects).drops).toBe(drops);
});

test("the place is named", () => {
  expect(fate(chain(), rule([drop], { handle: 7 })).where).toBe("table inet f, chain input, handle 7");
  expect(fate(chain({ policy: "drop" })).where).toBe("policy of chain input (table inet f)");
});
