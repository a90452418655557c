import type { ErrorRequestHandler, Request } from "express";
import type * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import type { Log } from "#base/log.ts";
import type { Idempotency, Reply } from "./idempotency.ts";
import { asLifeboatError, problemOf } from "./problem.ts";

/** The `:name` parts of a path. */
type Names<P extends string> = P extends `${infer A}/${infer B}`
  ? Names<A> | Names<B>
  : P extends `:${infer N}`
    ? N
    : never;
export type Params<P extends string> = Readonly<Record<Names<P>, string>>;

/** Keys are made by our own pages; the bound keeps the memory for them bounded. */
const MOST_KEY_LENGTH = 200;

/** @throws REQUEST_INVALID */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new LifeboatError("REQUEST_INVALID", {
    path: issue?.path.join(".") || "body",
    problem: issue?.message ?? "it is not as the API asks",
  });
}

/**
 * The answer to a request, or that of the first one with its key. @param scope what else the key is of: whose it is
 * @throws REQUEST_INVALID
 */
export async function answerOnce(
  idempotency: Idempotency,
  { key, scope = "" }: { readonly key: string; readonly scope?: string },
  request: Request,
  answer: () => Promise<Reply>,
): Promise<Reply> {
  if (key === "" || key.length > MOST_KEY_LENGTH)
    throw new LifeboatError("REQUEST_INVALID", {
      path: "Idempotency-Key",
      problem: `it must have 1 to ${MOST_KEY_LENGTH} characters`,
    });
  const { method, originalUrl: url, body } = request;
  return idempotency.once(`${scope}${key}`, { method, url, body }, answer);
}

/** The reply to a request that was refused or went wrong, and its line in the log. */
export function failure(error: unknown, request: Request, log: Log): Reply {
  const known = asLifeboatError(error);
  const facts = { method: request.method, url: request.originalUrl, code: known.code, details: known.details };
  if (known.httpStatus >= 500) log.error({ ...facts, err: error }, known.message);
  else log.info(facts, known.message);
  return { status: known.httpStatus, body: problemOf(known) };
}

/** The last one that express asks. */
export const errorReply =
  (log: Log): ErrorRequestHandler =>
  (error, request, response, _next) => {
    const { status, body } = failure(ofBodyParser(error) ?? error, request, log);
    // An event stream that has begun can only be cut off.
    if (response.headersSent) response.destroy();
    else response.status(status).json(body);
  };

/**
 * express throws http-errors, which say what kind they are in `type`. Their message quotes the body, which may
 * hold a password, and ours goes into the log.
 */
function ofBodyParser(error: { type?: unknown; status?: number }): LifeboatError | undefined {
  const isClientFault = typeof error?.status === "number" && error.status >= 400 && error.status < 500;
  if (!isClientFault) return undefined;
  const problem = error.type === "entity.too.large" ? "it is too large" : "it cannot be read as JSON";
  return new LifeboatError("REQUEST_INVALID", { path: "body", problem });
}
