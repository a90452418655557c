import * as z from "zod";
import { RESCUE_KINDS } from "#base/medium/rescue-set.ts";
import { parseBytes, parseDuration } from "#base/units.ts";
import { safeParts } from "../net/served-root.ts";
import { parsePasswordHash } from "./password-hash.ts";

/** How a user says what computers may start: `pxe serve --menu FILE`, YAML or JSON. */

const CONTROL = /\p{Cc}/u;
/** Also a label of iPXE and an id of GRUB. */
const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "is not a short name of a-z, 0-9 and -");
/** One that iPXE and GRUB take as it is. */
const UserName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,31}$/i, "is not a name of letters and digits");
const Title = z
  .string()
  .trim()
  .min(1, "is empty")
  .max(100, "is longer than 100 characters")
  .refine((text) => !CONTROL.test(text), "has control characters");
/** Relative to the folder that is served. */
export const ServedName = z
  .string()
  .refine((name) => safeParts(name) !== undefined && !CONTROL.test(name), "is not a file below the folder")
  .transform((name) => (safeParts(name) as string[]).join("/"));
/** iPXE has no quotes, and would expand a setting. */
const Arguments = z
  .string()
  .max(2000, "is longer than 2000 characters")
  .refine((text) => !CONTROL.test(text), "has control characters")
  .refine((text) => !/\$\{|&&|\|\|/.test(text), "has one of ${ && ||, which mean something to boot loaders");
const Url = z
  .string()
  .max(1000)
  .regex(/^http:\/\/[A-Za-z0-9.:-]+\/[\w.~!*+,;=@:/%?-]*$/, "is not an address such as http://10.0.0.9/boot.ipxe");

const Bytes = z.union([z.int().positive(), z.string()]).transform((given, context) => {
  const bytes = typeof given === "number" ? given : parseBytes(given);
  if (bytes !== undefined && bytes > 0) return bytes;
  context.addIssue({ code: "custom", message: "is not a size such as 512 MiB" });
  return z.NEVER;
});

/** 0: without an end. */
const Timeout = z.union([z.number(), z.string()]).transform((given, context) => {
  const seconds = typeof given === "number" ? given : parseDuration(given);
  if (seconds !== undefined && seconds >= 0 && seconds <= 3600) return Math.round(seconds);
  context.addIssue({ code: "custom", message: "is not a time from 0 (waits for ever) to an hour, in seconds" });
  return z.NEVER;
});

const KINDS = ["rescue", "disk", "kernel", "iso", "wim", "chain"] as const;

export const EntryConfig = z
  .strictObject({
    id: Id,
    title: Title.optional(),
    /** Of RAM; else what the files make likely. */
    memory: Bytes.optional(),
    /** Who may start it. Absent: everybody. */
    users: z.array(UserName).min(1, "is empty").optional(),
    /** False: GRUB does not show it, and a password guards its files, too. */
    grub: z.boolean().default(true),
    rescue: z.enum(RESCUE_KINDS).optional(),
    disk: z.literal(true, "can only be true").optional(),
    kernel: ServedName.optional(),
    initrd: z
      .union([ServedName, z.array(ServedName).max(8)])
      .transform((one) => (Array.isArray(one) ? one : [one]))
      .optional(),
    arguments: Arguments.optional(),
    iso: ServedName.optional(),
    /** Of SYSLINUX: the ISO is loaded into memory. Absent: it is read over the network (sanboot). */
    memdisk: ServedName.optional(),
    /** Folder of `media winpe --pxe`. */
    wim: ServedName.optional(),
    wimboot: ServedName.optional(),
    chain: Url.optional(),
  })
  .superRefine((entry, context) => {
    const fault = (message: string) => context.addIssue({ code: "custom", message });
    const given = KINDS.filter((kind) => entry[kind] !== undefined);
    const [kind] = given;
    if (given.length !== 1 || kind === undefined) return fault(`has to have one of ${KINDS.join(", ")}`);
    for (const [key, of] of [
      ["initrd", "kernel"],
      ["arguments", "kernel"],
      ["memdisk", "iso"],
      ["wimboot", "wim"],
    ] as const)
      if (entry[key] !== undefined && kind !== of && !(key === "arguments" && kind === "rescue"))
        fault(`has ${key}, which belongs to ${of}`);
    if (kind !== "rescue" && kind !== "disk" && entry.title === undefined) fault("has no title");
  });
export type EntryConfig = z.infer<typeof EntryConfig>;

const MenuPart = {
  title: Title.default("Lifeboat"),
  timeout: Timeout.default(10),
  /** Of an entry; absent: the first one. */
  default: Id.optional(),
};

const SpecialMenu = z
  .strictObject({
    ...{ title: Title.optional(), timeout: Timeout.optional(), default: Id.optional() },
    groups: z.array(z.string().min(1)).optional(),
    /** By name, MAC, UUID or serial number. */
    machines: z.array(z.string().min(1)).optional(),
    /** In this order; absent: all. */
    entries: z.array(Id).min(1, "is empty").optional(),
  })
  .refine(({ groups, machines }) => groups !== undefined || machines !== undefined, "has neither groups nor machines");

export const MenuConfig = z.strictObject({
  ...MenuPart,
  /** What UEFI and BIOS load: GRUB, which Secure Boot takes, or iPXE, which starts more. */
  loader: z.enum(["grub", "ipxe"]).default("grub"),
  users: z
    .record(
      UserName,
      z.string().transform((text, context) => {
        const hash = parsePasswordHash(text);
        if (hash) return hash;
        context.addIssue({
          code: "custom",
          message: "is no password as `lifeboat pxe password` makes it, of 1,000 to 1,000,000 rounds",
        });
        return z.NEVER;
      }),
    )
    .default({}),
  entries: z.array(EntryConfig).min(1, "is empty").max(100, "has more than 100 entries"),
  menus: z.array(SpecialMenu).max(1000).default([]),
});
export type MenuConfig = z.infer<typeof MenuConfig>;
