import type { Express, Request, Response } from "express";
import type * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import type { Idempotency, Reply } from "#rescue/api/idempotency.ts";
import { asLifeboatError, problemOf } from "#rescue/api/problem.ts";
import type { Log } from "#rescue/log.ts";

export interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body: z.ZodType;
  readonly reply: z.ZodType;
}

/** The `:name` parts of a path. */
type Names<P extends string> = P extends `${infer A}/${infer B}`
  ? Names<A> | Names<B>
  : P extends `:${infer N}`
    ? N
    : never;
export type Params<P extends string> = Readonly<Record<Names<P>, string>>;

export type Handler<R extends Route> = (
  request: z.output<R["body"]>,
  params: Params<R["path"]>,
) => Promise<z.input<R["reply"]>> | z.input<R["reply"]>;

export interface RouteOptions {
  /** Status of a good reply, default 200. */
  readonly status?: number;
  /** Refuse the request when it carries no Idempotency-Key. */
  readonly needsKey?: boolean;
}

/** Adds a route of the contract: what comes in and what goes out are both held against its schemas. */
export type Serve = <R extends Route>(route: R, handler: Handler<R>, options?: RouteOptions) => void;

/** Keys are made by our own pages; the bound keeps the memory for them bounded. */
const MOST_KEY_LENGTH = 200;

export const server = (app: Express, idempotency: Idempotency, log: Log): Serve => {
  return <R extends Route>(route: R, handler: Handler<R>, { status = 200, needsKey = false }: RouteOptions = {}) => {
    const answer = async (request: Request): Promise<Reply> => {
      try {
        const body = parseBody<R["body"]>(route.body, route.method === "POST" ? request.body : {});
        const result = await handler(body, request.params as Params<R["path"]>);
        return { status, body: route.reply.parse(result) };
      } catch (error) {
        return failure(error, request, log);
      }
    };
    app[route.method === "GET" ? "get" : "post"](route.path as string, async (request: Request, response: Response) => {
      const key = route.method === "POST" ? request.get("Idempotency-Key") : undefined;
      const { status: code, body } =
        key === undefined
          ? await (needsKey ? failure(missingKey(), request, log) : answer(request))
          : await once(idempotency, key, request, () => answer(request)).catch((e) => failure(e, request, log));
      response.status(code).json(body);
    });
  };
};

async function once(idempotency: Idempotency, key: string, request: Request, answer: () => Promise<Reply>) {
  if (key === "" || key.length > MOST_KEY_LENGTH)
    throw new LifeboatError("REQUEST_INVALID", {
      path: "Idempotency-Key",
      problem: `it must have 1 to ${MOST_KEY_LENGTH} characters`,
    });
  const { method, originalUrl: url, body } = request;
  return idempotency.once(key, { method, url, body }, answer);
}

const missingKey = () =>
  new LifeboatError("REQUEST_INVALID", { path: "Idempotency-Key", problem: "this header is missing" });

function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new LifeboatError("REQUEST_INVALID", {
    path: issue?.path.join(".") || "body",
    problem: issue?.message ?? "it is not as the API asks",
  });
}

/** The reply to a request that was refused or went wrong, and its line in the log. */
export function failure(error: unknown, request: Request, log: Log): Reply {
  const known = asLifeboatError(error);
  const facts = { method: request.method, url: request.originalUrl, code: known.code, details: known.details };
  if (known.httpStatus >= 500) log.error({ ...facts, err: error }, known.message);
  else log.info(facts, known.message);
  return { status: known.httpStatus, body: problemOf(known) };
}
