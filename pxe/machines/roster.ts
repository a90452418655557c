import type { Sentence } from "#base/sentence.ts";
import { say } from "../words/words.ts";
import type { Entry } from "./entry.ts";
import { SERVER_TIMELINE } from "./entry.ts";
import { type Machine, type MachineFacts, NO_MARKS } from "./machine.ts";
import { merged } from "./merged.ts";
import { FACTS, type Sighting } from "./sighting.ts";
import { usableSerial, usableUuid } from "./usable-uuid.ts";

type Draft = { -readonly [K in keyof Machine]: Machine[K] };

/** What a batch of sightings does to the machines. */
export interface RosterChange {
  /** New and changed ones, as they are now. */
  readonly machines: readonly Machine[];
  readonly entries: readonly { readonly machine: number; readonly entry: Entry }[];
  /** The first is the second now: its timeline goes there. */
  readonly merges: readonly (readonly [gone: number, into: number])[];
  /** UUIDs that were found on two boards. */
  readonly sharedUuids: readonly string[];
  /** Whether rules by which boot files are given may have changed. */
  readonly changesRules: boolean;
}

/**
 * The machines that a batch of sightings may be of, and which one each is of. A machine is known by the MACs of its cards, and by its UUID,
 * which brings several cards together; a UUID that two boards have (two serial numbers were seen with it, or somebody said so) brings
 * nobody together any more. A card that turns up with the UUID of another board was moved: a USB adapter goes around.
 */
export class Roster {
  readonly #machines = new Map<number, Draft>();
  readonly #byMac = new Map<string, Draft>();
  readonly #byUuid = new Map<string, Draft>();
  readonly #shared: Set<string>;
  readonly #touched = new Set<Draft>();
  readonly #entries: { machine: number; entry: Entry }[] = [];
  readonly #merges: [number, number][] = [];
  readonly #newlyShared: string[] = [];
  readonly #nextId: () => number;
  #changesRules = false;

  /** @param known all machines with a MAC or UUID of the batch @param nextId numbers nobody has had */
  constructor(known: Iterable<Machine>, sharedUuids: Iterable<string>, nextId: () => number) {
    this.#shared = new Set(sharedUuids);
    this.#nextId = nextId;
    for (const machine of known) this.#index({ ...machine });
  }

  take(sighting: Sighting): void {
    const { at, mac, happening } = sighting;
    const machine = mac === undefined ? undefined : this.#machineOf(sighting, mac);
    if (mac !== undefined && !machine) return;
    if (machine) this.#see(machine, sighting);
    if (happening) this.#note(machine?.id ?? SERVER_TIMELINE, { ...happening, at });
    if (happening?.kind === "done" && machine?.policy === "once") {
      machine.policy = "never";
      this.#changesRules = true;
    }
  }

  changes(): RosterChange {
    return {
      machines: [...this.#touched],
      entries: this.#entries,
      merges: this.#merges,
      sharedUuids: this.#newlyShared,
      changesRules: this.#changesRules,
    };
  }

  #machineOf(sighting: Sighting, mac: string): Draft | undefined {
    const own = this.#byMac.get(mac);
    const uuid = this.#tellingUuid(sighting.uuid);
    const byUuid = uuid === undefined ? undefined : this.#byUuid.get(uuid);
    if (!own) return this.#ofNewCard(sighting, mac, byUuid);
    const before = this.#tellingUuid(own.uuid);
    if (uuid !== undefined && before !== undefined && uuid !== before)
      return this.#moveCard(own, mac, byUuid, sighting);
    if (byUuid && byUuid !== own) return this.#merge(own, byUuid, sighting.at);
    return this.#isOtherBoard(own, sighting) && own.macs.length > 1 ? this.#separate(own, mac, sighting) : own;
  }

  #ofNewCard(sighting: Sighting, mac: string, byUuid: Draft | undefined): Draft | undefined {
    if (byUuid && this.#isOtherBoard(byUuid, sighting)) {
      this.#share(byUuid.uuid);
      return this.#create(mac, sighting);
    }
    if (!byUuid) return sighting.mayCreate ? this.#create(mac, sighting) : undefined;
    this.#giveCard(byUuid, mac);
    if (byUuid.macs.length > 1) this.#tell(byUuid, sighting.at, say("told.card", { mac }));
    return byUuid;
  }

  #moveCard(from: Draft, mac: string, to: Draft | undefined, sighting: Sighting): Draft {
    this.#tell(from, sighting.at, say("told.card-gone", { mac }));
    const machine = to ?? this.#create(mac, sighting);
    if (to) this.#giveCard(to, mac);
    this.#tell(machine, sighting.at, say("told.card-came", { mac }));
    return machine;
  }

  /** Two that were taken for one: their boards have one UUID. */
  #separate(from: Draft, mac: string, sighting: Sighting): Draft {
    this.#share(from.uuid);
    const machine = this.#create(mac, { ...sighting, uuid: sighting.uuid ?? from.uuid });
    this.#tell(from, sighting.at, say("told.twin-card", { mac }));
    this.#tell(machine, sighting.at, say("told.twin"));
    return machine;
  }

  /** The older one stays; nobody's word is lost. */
  #merge(one: Draft, other: Draft, at: number): Draft {
    const [stays, goes] = one.id < other.id ? [one, other] : [other, one];
    Object.assign(stays, merged(stays, goes));
    this.#machines.delete(goes.id);
    this.#touched.delete(goes);
    this.#merges.push([goes.id, stays.id]);
    for (const entry of this.#entries) if (entry.machine === goes.id) entry.machine = stays.id;
    this.#index(stays);
    this.#touched.add(stays);
    this.#changesRules = true;
    this.#tell(stays, at, say("told.merged", { macs: goes.macs }));
    return stays;
  }

  #isOtherBoard({ serial }: Machine, sighting: Sighting): boolean {
    const seen = usableSerial(sighting.serial);
    return seen !== undefined && serial !== undefined && seen !== serial;
  }

  #tellingUuid(text: string | undefined): string | undefined {
    const uuid = usableUuid(text);
    return uuid === undefined || this.#shared.has(uuid) ? undefined : uuid;
  }

  #share(text: string | undefined): void {
    const uuid = usableUuid(text);
    if (uuid === undefined || this.#shared.has(uuid)) return;
    this.#shared.add(uuid);
    this.#newlyShared.push(uuid);
    this.#byUuid.delete(uuid);
  }

  #create(mac: string, { at }: Sighting): Draft {
    const machine: Draft = { ...NO_MARKS, id: this.#nextId(), macs: [], firstSeen: at, lastSeen: at };
    this.#machines.set(machine.id, machine);
    this.#giveCard(machine, mac);
    return machine;
  }

  #giveCard(machine: Draft, mac: string): void {
    const before = this.#byMac.get(mac);
    if (before && before !== machine) {
      before.macs = before.macs.filter((one) => one !== mac);
      this.#touched.add(before);
    }
    machine.macs = [...new Set([...machine.macs, mac])].toSorted();
    this.#byMac.set(mac, machine);
    this.#touched.add(machine);
    this.#changesRules = true;
  }

  #see(machine: Draft, sighting: Sighting): void {
    const facts: MachineFacts = { ...sighting, serial: usableSerial(sighting.serial), uuid: usableUuid(sighting.uuid) };
    for (const fact of FACTS) if (facts[fact] !== undefined) Object.assign(machine, { [fact]: facts[fact] });
    if (machine.firstSeen === 0) machine.firstSeen = sighting.at;
    machine.lastSeen = Math.max(machine.lastSeen, sighting.at);
    const uuid = this.#tellingUuid(machine.uuid);
    if (uuid !== undefined) this.#byUuid.set(uuid, machine);
    this.#touched.add(machine);
  }

  #index(machine: Draft): void {
    this.#machines.set(machine.id, machine);
    for (const mac of machine.macs) this.#byMac.set(mac, machine);
    const uuid = this.#tellingUuid(machine.uuid);
    if (uuid !== undefined) this.#byUuid.set(uuid, machine);
  }

  #tell(machine: Machine, at: number, sentence: Sentence): void {
    this.#note(machine.id, { at, kind: "identity", ...sentence });
  }

  #note(machine: number, entry: Entry): void {
    this.#entries.push({ machine, entry });
  }
}
