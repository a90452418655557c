import * as z from "zod";
import { Empty } from "#base/http/contract.ts";
import { Sentence } from "#base/sentence.ts";
import { DIAGNOSES } from "../../doctor/diagnosis.ts";
import type { Entry } from "../../machines/entry.ts";
import { APPROVALS, type Machine as MachineRecord, POLICIES } from "../../machines/machine.ts";
import { routeFor } from "./role.ts";

/** What is known of machines, and what people say of them. */

/** Machines that one request changes. */
const MOST_AT_ONCE = 1000;
/** Characters of a list. */
const MOST_LIST = 4 << 20;

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;
export const Machine = z.custom<MachineRecord>(isObject);
export const TimelineEntry = z.custom<Entry>(isObject);

export const Diagnosis = z.object({
  code: z.enum(DIAGNOSES),
  certainty: z.enum(["sure", "likely"]),
  seen: Sentence,
  means: Sentence,
  next: Sentence,
});

const Marks = z.strictObject({
  name: z.string().trim().max(63).optional(),
  note: z.string().max(1000).optional(),
  group: z.string().trim().max(63).optional(),
  approval: z.enum(APPROVALS).optional(),
  policy: z.enum(POLICIES).optional(),
});
const Ids = z.array(z.int().positive()).min(1).max(MOST_AT_ONCE);
const Mac = z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/);

export const machinesApi = {
  machines: routeFor("viewer", "GET", "/api/v1/machines", Empty, z.array(Machine)),
  /** What happened to each machine last, as far as anything did. */
  machineStates: routeFor(
    ...(["viewer", "GET", "/api/v1/machines/states"] as const),
    Empty,
    z.array(z.object({ machine: z.int(), entry: TimelineEntry })),
  ),
  machine: routeFor(
    ...(["viewer", "GET", "/api/v1/machines/:id"] as const),
    Empty,
    z.object({ machine: Machine, timeline: z.array(TimelineEntry) }),
  ),
  /** Why it does not start. Empty: nothing is wrong that can be seen. */
  diagnoseMachine: routeFor("viewer", "GET", "/api/v1/machines/:id/doctor", Empty, z.array(Diagnosis)),
  markMachine: routeFor("operator", "POST", "/api/v1/machines/:id/mark", Marks, Machine),
  /** All of them or none. */
  markMachines: routeFor(
    ...(["operator", "POST", "/api/v1/machines/mark"] as const),
    z.strictObject({ machines: Ids, marks: Marks.omit({ name: true }) }),
    z.array(Machine),
  ),
  splitMachine: routeFor("operator", "POST", "/api/v1/machines/:id/split", z.strictObject({ mac: Mac }), Machine),
  forgetMachines: routeFor(
    ...(["operator", "POST", "/api/v1/machines/forget"] as const),
    z.strictObject({ machines: Ids }),
    Empty,
  ),
  /** Whether one of them hears it cannot be known. */
  wakeMachines: routeFor(
    ...(["operator", "POST", "/api/v1/machines/wake"] as const),
    z.strictObject({ machines: Ids }),
    Empty,
  ),
  /** CSV or JSON. `isTry`: only looked whether it is right. */
  importMachines: routeFor(
    ...(["operator", "POST", "/api/v1/machines/import"] as const),
    z.strictObject({ list: z.string().max(MOST_LIST), isTry: z.boolean().default(false) }),
    z.object({ machines: z.int(), added: z.int(), changed: z.int() }),
  ),
  exportMachines: routeFor(
    ...(["viewer", "GET", "/api/v1/machines/export"] as const),
    z.strictObject({ format: z.enum(["csv", "json"]).default("csv") }),
    z.object({ list: z.string() }),
  ),
} as const;
