import { isLifeboatError, LifeboatError } from "#base/errors.ts";

/** An error of a partition that was written as a device of its own, which nobody knows the name of. */
export function nameSlice(error: unknown, path: string, name: string): unknown {
  if (!isLifeboatError(error)) return error;
  const named = Object.entries(error.details).map(([key, value]) => [key, value === path ? name : value]);
  return new LifeboatError(error.code, Object.fromEntries(named), { cause: error });
}
