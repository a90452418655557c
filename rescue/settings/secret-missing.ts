import { LifeboatError } from "#base/errors.ts";
import type { SecretUse } from "#base/medium/secret.ts";
import { asDetail } from "#base/sentence.ts";
import { hear } from "#imaging/words/hear.ts";

export const secretMissing = ({ what }: SecretUse): LifeboatError =>
  new LifeboatError("SECRET_MISSING", { what }, asDetail("what", hear(what)));
