import { z } from "zod";
import { APPROVALS, POLICIES } from "../machine.ts";

const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const mac = z
  .string()
  .transform((text) => text.trim().toLowerCase().replaceAll("-", ":"))
  .refine((text) => MAC.test(text), "a MAC is six pairs of digits: 52:54:00:12:34:56");
const text = (most: number) => z.string().trim().max(most, `at most ${most} characters`);
const one = <const T extends string>(words: readonly T[]) =>
  z.string().transform((word, context) => {
    const found = words.find((known) => known === word.trim().toLowerCase());
    if (found === undefined) context.addIssue({ code: "custom", message: `one of ${words.join(", ")}` });
    return found ?? (words[0] as T);
  });

/** What a line of a list may say of a machine. Empty: it says nothing of that. */
export const ListedMachine = z
  .strictObject({
    macs: z.array(mac).default([]),
    uuid: z
      .string()
      .transform((word) => word.trim().toLowerCase())
      .refine((word) => UUID.test(word), "a UUID has 32 digits in groups: 4c4c4544-0042-3510-8051-b7c04f4e3132")
      .optional(),
    serial: text(100).optional(),
    vendor: text(100).optional(),
    product: text(100).optional(),
    name: text(63).optional(),
    group: text(63).optional(),
    note: text(1000).optional(),
    approval: one(APPROVALS).optional(),
    policy: one(POLICIES).optional(),
  })
  .refine(({ macs, uuid }) => macs.length > 0 || uuid !== undefined, "it has neither a MAC nor a UUID");

/** Columns of a list, in the order in which they are written. */
export const LIST_COLUMNS = [
  ...["macs", "uuid", "serial", "vendor", "product", "name", "group", "note", "approval", "policy"],
] as const;
