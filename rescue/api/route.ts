import type { Express, Request, Response } from "express";
import type * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import { answerOnce, failure, type Params, parseBody } from "#base/http/answer.ts";
import type { Idempotency, Reply } from "#base/http/idempotency.ts";
import type { Log } from "#rescue/log.ts";

export interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body: z.ZodType;
  readonly reply: z.ZodType;
}

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
          : await answerOnce(idempotency, { key }, request, () => answer(request)).catch((e) =>
              failure(e, request, log),
            );
      response.status(code).json(body);
    });
  };
};

const missingKey = () =>
  new LifeboatError("REQUEST_INVALID", { path: "Idempotency-Key", problem: "this header is missing" });
