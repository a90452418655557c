import * as z from "zod";

/** What people write: any script, spaces, quotes, semicolons; no control characters, which would end a line of some other program's file. */
export const Text = z.string().refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), "has control characters");

/** Of a file in the folder of settings.json. */
export const FileName = Text.min(1)
  .max(200)
  .refine((name) => !name.includes("/") && !/^\.{1,2}$/.test(name), "is not the name of a file without its folder");

/**
 * A name or an address of a machine, IPv6 without brackets. Names may be in any script. No comma and no dash at the start: tools that take
 * a name as an argument would read options from them.
 */
export const Server = Text.max(253).regex(/^(?!-)[^\s/\\@[\]"',]+$/, "is not the name or the address of a server");

export const Colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, "is not a colour such as #1a5fb4");
