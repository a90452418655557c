import { rm } from "node:fs/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newKeyPair, unseal } from "#base/deployment/keys.ts";
import {
  type Order,
  type OrderAnswer,
  type OrderProgress,
  type OrderReport,
  orderBinding,
} from "#base/deployment/order.ts";
import { pairingCode, proofOf } from "#base/deployment/proof.ts";
import type { Task } from "#base/deployment/task.ts";
import { ALIVE, SILENT } from "#pxe/fleet/deployment.ts";
import { Fleet } from "#pxe/fleet/fleet.ts";
import { FleetKey } from "#pxe/fleet/fleet-key.ts";
import { FleetOrders } from "#pxe/fleet/fleet-orders.ts";
import { fleetTick } from "#pxe/fleet/fleet-tick.ts";
import { type FleetStore, openFleetStore } from "#pxe/fleet/open-fleet-store.ts";
import type { MachineStore } from "#pxe/machines/machine-store.ts";
import { openMachineStore } from "#pxe/machines/open-machine-store.ts";
import { sampleWanted } from "#test/doubles/sample-deployment.ts";
import { A, B, seen } from "./machine-store.ts";

/** What deployments hold to, in whichever database they are. @param newPlace an empty one each time @param keyFile where there is none yet */
export function fleetStoreSuite(newPlace: () => Promise<string>, keyFile: string): void {
  let [store, machines, key]: [FleetStore, MachineStore, FleetKey] = [] as never;
  let place: string;
  let now: number;
  let [fleet, orders]: [Fleet, FleetOrders] = [] as never;
  beforeEach(async () => {
    place = await newPlace();
    [machines, store] = [await openMachineStore(place), await openFleetStore(place)];
    key = await FleetKey.open(keyFile);
    now = 1_000_000;
    const deps = { store, machines, key, now: () => now };
    [fleet, orders] = [new Fleet(deps), new FleetOrders(deps)];
    await machines.record([seen(A, 1), seen(B, 2)]);
    await machines.mark(1, { name: "pc1", group: "office" });
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
    await machines[Symbol.asyncDispose]();
    await rm(keyFile, { force: true });
  });

  /** What the rescue system of a machine does. */
  function rescue(mac: string, more: { serial?: string } = {}) {
    const pair = newKeyPair("x25519");
    const nonce = Buffer.alloc(16, mac).toString("base64url");
    let sequence = 0;
    let given: { order: Order; task: Task } | undefined;
    return {
      key: pair.publicText,
      given: () => given,
      async ask(): Promise<OrderAnswer["state"]> {
        const [machine] = await machines.find(mac);
        if (!machine) throw new Error("unknown machine");
        const { answer } = await orders.ask(machine, { version: 1, key: pair.publicText, nonce, macs: [mac], ...more });
        if (answer.state === "order") {
          const order = JSON.parse(answer.order) as Order;
          const text = unseal(order.task, pair, orderBinding(order.deployment.id, order.member, nonce));
          given = { order, task: JSON.parse(text) as Task };
        }
        return answer.state;
      },
      sealed(progress: Partial<OrderProgress>, change: Partial<OrderReport> = {}, token?: string): OrderReport {
        if (!given) throw new Error("it has no order");
        const { order, task } = given;
        const of = {
          deployment: order.deployment.id,
          member: order.member,
          key: pair.publicText,
          sequence: ++sequence,
        };
        const body = JSON.stringify({ text: "", ...progress });
        const proof = proofOf(token ?? task.token, "machine", { ...of, ...change }, body);
        return { ...of, body, proof, ...change };
      },
      async say(phase: OrderProgress["phase"], more_: Partial<OrderProgress> = {}) {
        const answer = await orders.report(this.sealed({ phase, ...more_ }));
        return answer && (JSON.parse(answer.body) as { action: string }).action;
      },
    };
  }
  const states = async (name: string) => (await fleet.show(name)).members.map(({ state }) => state);

  test("a machine gets its order, with what is its own, reports, and is done", async () => {
    const work = { template: { to: "only", identity: "new" }, hostnames: "pc-{n:02}" };
    await fleet.create(sampleWanted("Lab", { work, machines: { machines: ["pc1", B] }, limitEach: 5000 }));
    const one = rescue(A);
    expect(await one.ask()).toBe("order");
    expect(one.given()?.task.work).toMatchObject({
      ...{ kind: "restore", bytesPerSecond: 5000, restore: { to: "only", hostname: "pc-01", again: true } },
    });
    expect(await one.say("running", { percent: 40, text: "writing" })).toBe("go-on");
    expect((await fleet.show("lab")).members).toMatchObject([
      { name: "pc1", state: "running", phase: "running", percent: 40, text: "writing", hostname: "pc-01", tries: 1 },
      { name: B, state: "waiting", tries: 0 },
    ]);
    expect(await one.say("done")).toBe("go-on");
    expect(await states("Lab")).toEqual(["done", "waiting"]);
    expect(await rescue(A).ask()).toBe("nothing");
    const two = rescue(B);
    await two.ask();
    await two.say("done");
    expect(await fleet.list()).toMatchObject([{ name: "Lab", state: "over", counts: { done: 2, waiting: 0 } }]);
  });

  test("policies: from the network until it is done, and then its own disk", async () => {
    await fleet.create(sampleWanted("Lab", { machines: { machines: ["pc1"] } }));
    const policy = async () => (await machines.find("pc1"))[0]?.policy;
    const before = await machines.rulesVersion();
    await fleetTick(store, now);
    expect(await policy()).toBe("once");
    expect(await machines.rulesVersion()).not.toBe(before);
    const one = rescue(A);
    await one.ask();
    await one.say("done");
    expect(await policy()).toBe("never");
    await fleet.act("Lab", { action: "retry", machines: ["pc1"] });
    await fleetTick(store, now);
    expect(await policy()).toBe("once");
    await fleet.forget("lab");
    expect(await policy()).toBe("never");
    expect(await fleet.list()).toEqual([]);
  });

  test("a rebooted machine goes on when the first start of it is silent; its first key is worth nothing any more", async () => {
    await fleet.create(sampleWanted("Lab", { machines: { machines: ["pc1"] } }));
    const [first, second] = [rescue(A), rescue(A)];
    await first.ask();
    await first.say("running");
    expect(await second.ask()).toBe("wait");
    now += ALIVE;
    expect(await second.ask()).toBe("order");
    // A whole system may lie on its disk.
    expect(second.given()?.task.work).toMatchObject({ restore: { again: false } });
    expect(await first.say("done")).toBeUndefined();
    expect(await first.ask()).not.toBe("order");
    expect(await second.say("done")).toBe("go-on");
    expect((await fleet.show("Lab")).members).toMatchObject([{ state: "done", tries: 2 }]);
  });

  test("two servers that are asked at once give two places of two, and three machines get no third", async () => {
    await fleet.create(sampleWanted("Next", { machines: { next: 2 } }));
    const C = "52:54:00:00:00:0c";
    await machines.record([seen(C, 3)]);
    await using other = await openFleetStore(place);
    const elsewhere = new FleetOrders({ store: other, key, now: () => now });
    const [mine] = [orders];
    const asked = await Promise.all(
      [A, B, C].flatMap((mac, at) => {
        orders = at % 2 === 0 ? mine : elsewhere;
        const one = rescue(mac).ask();
        orders = mine;
        return [one];
      }),
    );
    expect(asked.toSorted()).toEqual(["nothing", "order", "order"]);
    expect((await fleet.show("Next")).members.map(({ number }) => number)).toEqual([1, 2]);
  });

  test("reports: forged ones, those of another machine, and those that were said before are none", async () => {
    await fleet.create(sampleWanted("Lab", { machines: { machines: ["pc1", B] } }));
    const [one, two] = [rescue(A), rescue(B)];
    await one.ask();
    await two.ask();
    const real = one.sealed({ phase: "running" });
    expect(await orders.report(real)).toBeDefined();
    expect(await orders.report(real)).toBeUndefined();
    const later = one.sealed({ phase: "running" });
    const wrong = [
      { ...later, sequence: later.sequence + 7 },
      { ...later, body: JSON.stringify({ phase: "done", text: "" }) },
      { ...later, member: 2 },
      { ...later, key: two.key },
      { ...later, deployment: "other" },
      { ...later, proof: "" },
      // The token of one machine says nothing of another one.
      two.sealed({ phase: "done" }, { member: 1, key: one.key }, two.given()?.task.token),
      two.sealed({ phase: "done" }, { member: 1 }, two.given()?.task.token),
      one.sealed({ phase: "done" }, {}, "guessed"),
    ];
    for (const report of wrong) expect(await orders.report(report)).toBeUndefined();
    expect(await orders.report(one.sealed({ phase: "nonsense" } as never))).toBeUndefined();
    expect(await states("Lab")).toEqual(["running", "running"]);
    expect(await orders.report(later)).toBeDefined();
    expect(one.given()?.task.token).not.toBe(two.given()?.task.token);
  });

  test("secrets: sealed where they are kept, sealed on the way, and never shown", async () => {
    const spec = { machines: { machines: ["pc1"] }, admission: "network" } as const;
    const shown = await fleet.create(sampleWanted("Lab", spec, { password: "geheim" }));
    expect(JSON.stringify([shown, await fleet.list()])).not.toContain("geheim");
    expect(shown.hasSecrets).toBe(true);
    const kept = await store.read((rows) => rows.deployments());
    expect(JSON.stringify(kept)).not.toContain("geheim");
    const one = rescue(A);
    await one.ask();
    expect(JSON.stringify(one.given()?.order)).not.toContain("geheim");
    expect(one.given()?.task.work).toMatchObject({ password: "geheim" });
    await expect(fleet.create(sampleWanted("Other", { machines: { next: 1 } }, { password: "x" }))).rejects.toThrow(
      /choose who is given it/,
    );
  });

  test("with codes, nothing is given before a person has compared", async () => {
    await fleet.create(
      sampleWanted("Safe", { machines: { machines: ["pc1"] }, admission: "code" }, { password: "geheim" }),
    );
    const [forger, own] = [rescue(A), rescue(A)];
    expect([await forger.ask(), await own.ask()]).toEqual(["confirm", "confirm"]);
    const code = pairingCode(own.key);
    expect((await fleet.show("Safe")).members[0]?.codes).toEqual([pairingCode(forger.key), code]);
    const confirm = (typed: string) => fleet.act("Safe", { action: "confirm", machine: "pc1", code: typed });
    await expect(confirm("00000-00000-00000")).rejects.toThrow(/PXE_CODE_WRONG/);
    await confirm(code);
    expect([await forger.ask(), await own.ask()]).toEqual(["confirm", "order"]);
  });

  test("paused, gone on with, cancelled: machines that are at it hear of it", async () => {
    await fleet.create(sampleWanted("Lab", { machines: { group: "office" } }));
    const one = rescue(A);
    await one.ask();
    await fleet.act("Lab", { action: "pause" });
    expect(await one.say("running")).toBe("pause");
    expect((await fleet.list())[0]?.state).toBe("paused");
    await fleet.act("Lab", { action: "resume" });
    await fleet.act("Lab", { action: "pause", machines: ["pc1"] });
    expect(await one.say("running")).toBe("pause");
    await fleet.act("Lab", { action: "resume", machines: ["pc1"] });
    expect(await one.say("running")).toBe("go-on");
    await expect(fleet.forget("Lab")).rejects.toThrow(/PXE_DEPLOYMENT_BUSY.*#1/);
    await fleet.act("Lab", { action: "cancel" });
    expect(await one.say("running")).toBe("cancel");
    expect(await one.say("stopped")).toBe("go-on");
    expect(await states("Lab")).toEqual(["cancelled"]);
    expect(await rescue(A).ask()).toBe("nothing");
  });

  test("a machine that is another board, or was found to be another record, has the turn of the machine that it is", async () => {
    await machines.record([seen(A, 5, { serial: "S1" })]);
    await fleet.create(sampleWanted("Lab", { machines: { machines: ["pc1"] } }));
    expect(await rescue(A, { serial: "S2" }).ask()).toBe("nothing");
    // A and B are the cards of one board: the older record stays, and the place goes with it.
    await fleet.create(sampleWanted("Second", { machines: { machines: [B] } }));
    const UUID = "4c4c4544-0042-3510-8051-b7c04f4e3132";
    await machines.record([seen(A, 6, { uuid: UUID }), seen(B, 7, { uuid: UUID })]);
    expect((await fleet.show("Second")).members).toMatchObject([{ machine: 1, name: "pc1" }]);
  });

  test("who works and is not heard of is counted as silent, in the list too", async () => {
    await fleet.create(sampleWanted("Lab", { machines: { machines: ["pc1", B] } }));
    const one = rescue(A);
    await one.ask();
    await one.say("running");
    expect(await fleet.list()).toMatchObject([{ silent: 0 }]);
    now += SILENT;
    expect(await fleet.list()).toMatchObject([{ silent: 1, counts: { running: 1, waiting: 1 } }]);
    await one.say("running");
    expect(await fleet.show("Lab")).toMatchObject({ silent: 0 });
  });

  test("who watches hears of what was changed, once it is kept, and of nothing else", async () => {
    const seenThen: number[] = [];
    let looking: Promise<unknown> = Promise.resolve();
    await using watched = await openFleetStore(place, () => {
      looking = fleet.list().then((all) => seenThen.push(all.length));
    });
    const watching = new Fleet({ store: watched, machines, key, now: () => now });
    await watching.create(sampleWanted("Lab", { machines: { machines: ["pc1"] } }));
    await looking;
    await watching.list();
    await expect(watching.create(sampleWanted("lab"))).rejects.toThrow(/PXE_DEPLOYMENT_NAME_TAKEN/);
    expect(seenThen).toEqual([1]);
    // The machine is told to start from the network; the same again brings nothing.
    for (const _ of [1, 2, 3]) await fleetTick(watched, now);
    await watching.forget("Lab");
    await looking;
    expect(seenThen).toEqual([1, 1, 0]);
  });

  test("a list of names is looked at as a new deployment would have it, and nothing is kept", async () => {
    const list = `machine,hostname\npc1,anna\n${B},otto\n`;
    const looked = await fleet.previewIdentities({ list, machines: { group: "office" } });
    expect(looked).toMatchObject({ problems: [], machines: [{ name: "pc1", hostname: "anna", line: 2 }] });
    const both = await fleet.previewIdentities({ list, machines: { machines: ["pc1", B] } });
    const work = { template: { to: "only", identity: "new" }, identities: both.identities };
    const made = await fleet.create(sampleWanted("Lab", { work, machines: { machines: ["pc1", B] } }));
    expect(made.members.map(({ hostname }) => hostname)).toEqual(both.machines.map(({ hostname }) => hostname));
  });

  test("what cannot be is refused, and nothing of it is kept", async () => {
    const made = (name: string, spec: object, secrets = {}) => fleet.create(sampleWanted(name, spec as never, secrets));
    const identities = [
      { machine: "pc1", hostname: "a" },
      { machine: B, hostname: "A" },
    ];
    const fresh = { template: { to: "only", identity: "new" } };
    await expect(made("Twice", { work: { ...fresh, identities } })).rejects.toThrow(/two machines would be called A/);
    const alone = { work: { ...fresh, identities: identities.slice(1) }, machines: { machines: ["pc1"] } };
    await expect(made("Alone", alone)).rejects.toThrow(/is none of the machines/);
    const nowhere = { work: { point: "/nowhere/points/x.lbi" } };
    await expect(made("Nowhere", nowhere)).rejects.toThrow(/PXE_DEPLOYMENT_INVALID.*there is no folder \/nowhere/);
    await expect(made("Who", { machines: { machines: ["pc9"] } })).rejects.toThrow(/PXE_MACHINE_UNKNOWN/);
    await made("Lab", {});
    await expect(made("lab", {})).rejects.toThrow(/PXE_DEPLOYMENT_NAME_TAKEN/);
    await expect(fleet.show("none")).rejects.toThrow(/PXE_DEPLOYMENT_UNKNOWN/);
    await expect(fleet.act("Lab", { action: "retry", machines: ["pc1"] })).rejects.toThrow(/PXE_MEMBER_UNKNOWN/);
    expect((await fleet.list()).map(({ name }) => name)).toEqual(["Lab"]);
  });
}
