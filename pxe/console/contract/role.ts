import type * as z from "zod";
import { route } from "#base/http/contract.ts";

/** Each may do what those before it may: look; change machines; change who may do what. */
export const ROLES = ["viewer", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** "anybody": without a login, too. */
export type Needs = Role | "anybody";

export const isEnough = (has: Role | undefined, needs: Needs): boolean =>
  needs === "anybody" || (has !== undefined && ROLES.indexOf(has) >= ROLES.indexOf(needs));

/** One row of the contract, with who may use it. The `body` of a GET is its query. */
export const routeFor = <
  const N extends Needs,
  M extends "GET" | "POST",
  P extends string,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  needs: N,
  method: M,
  path: P,
  body: B,
  reply: R,
) => ({ ...route(method, path, body, reply), needs });
