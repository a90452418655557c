import { z } from "zod";
import type { Happening } from "./entry.ts";
import type { MachineFacts } from "./machine.ts";

const text = z.string().max(300);

/** Anybody at a machine's address can send it: it is worth as much as what its DHCP messages say. */
const Report = z.strictObject({
  kind: z.enum(["up", "job", "done", "problem"]),
  text: text.default(""),
  /** Of a problem. */
  code: text.regex(/^[A-Z0-9_]+$/).default("PROBLEM"),
  serial: text.optional(),
  vendor: text.optional(),
  product: text.optional(),
  secureBoot: z.boolean().optional(),
  /** Bytes. */
  memory: z
    .int()
    .positive()
    .max(2 ** 50)
    .optional(),
});

/** Undefined: it is no report. */
export function readReport(body: unknown): { readonly facts: MachineFacts; readonly happening: Happening } | undefined {
  const parsed = Report.safeParse(body);
  if (!parsed.success) return undefined;
  const { kind, text, code, ...facts } = parsed.data;
  return { facts, happening: kind === "problem" ? { kind, code, text } : { kind, text } };
}
