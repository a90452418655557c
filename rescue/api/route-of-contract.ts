import type * as z from "zod";

/** One row of the contract. `:name` parts of a path are parameters. */
export const route = <M extends "GET" | "POST", P extends string, B extends z.ZodType, R extends z.ZodType>(
  method: M,
  path: P,
  body: B,
  reply: R,
) => ({ method, path, body, reply });
