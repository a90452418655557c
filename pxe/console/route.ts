import type { Express, Request, Response } from "express";
import type * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import { answerOnce, failure, type Params, parseBody } from "#base/http/answer.ts";
import { Idempotency, type Reply } from "#base/http/idempotency.ts";
import { asLifeboatError } from "#base/http/problem.ts";
import type { Log } from "#base/log.ts";
import type { Access } from "./access.ts";
import { AuditTrail } from "./audit-trail.ts";
import { isEnough, type Needs } from "./contract/role.ts";
import { type Door, secretIn } from "./guard.ts";
import type { ConsoleStore } from "./store/console-store.ts";
import { plainAddress, type Who } from "./who.ts";

export interface ConsoleRoute {
  readonly needs: Needs;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body: z.ZodType;
  readonly reply: z.ZodType;
  /** A POST only because what is asked is too long for an address: nothing is changed, and nothing to be logged. */
  readonly onlyLooks?: boolean;
}

/** Beside what was asked for. */
export interface Context<R extends ConsoleRoute> {
  readonly params: Params<R["path"]>;
  /** Undefined for routes that anybody may use, and there only. */
  readonly who: Who | undefined;
  /** Of the client. */
  readonly address: string;
  /** What the audit log says of it: "pc7, pc8: approved". Never a secret. */
  readonly note: (target: string) => void;
  readonly response: Response;
}

export type Handler<R extends ConsoleRoute> = (
  request: z.output<R["body"]>,
  context: Context<R>,
) => Promise<z.input<R["reply"]>> | z.input<R["reply"]>;

/** Adds a route of the contract under its name. What comes in and what goes out are held against its schemas. */
export type Serve = <R extends ConsoleRoute>(name: string, route: R, handler: Handler<R>) => void;

export interface RouteDeps {
  readonly access: Pick<Access, "who">;
  readonly store: ConsoleStore;
  readonly door: Door;
  readonly log: Log;
}

const whoAsks = async (request: Request, { access, door }: RouteDeps): Promise<Who | undefined> => {
  const secret = secretIn(request, door);
  return secret === undefined ? undefined : access.who(secret);
};

const refusal = (who: Who | undefined, needs: Needs) =>
  who
    ? new LifeboatError("CONSOLE_ROLE_TOO_LOW", { has: who.role, needs })
    : new LifeboatError("CONSOLE_NOT_LOGGED_IN", {});

/** On whose behalf a request is, if it may do this at all. @throws CONSOLE_NOT_LOGGED_IN, CONSOLE_ROLE_TOO_LOW */
export async function admit(request: Request, needs: Needs, deps: RouteDeps): Promise<Who | undefined> {
  const who = await whoAsks(request, deps);
  if (!isEnough(who?.role, needs)) throw refusal(who, needs);
  return who;
}

/**
 * The one way into the API: who asks, whether the role is enough, what is asked for; then the handler; and of all that changes something,
 * and of all that was refused for its role, a line in the audit log.
 */
export const consoleRoutes = (app: Express, deps: RouteDeps): Serve => {
  const idempotency = new Idempotency();
  const trail = new AuditTrail(deps.store);
  return <R extends ConsoleRoute>(name: string, route: R, handler: Handler<R>) => {
    const answer = async (request: Request, response: Response, who: Who | undefined): Promise<Reply> => {
      let target = "";
      const note = (text: string) => {
        target = text;
      };
      const address = plainAddress(request.socket.remoteAddress);
      const params = request.params as Params<R["path"]>;
      const audit = async (result: string) => {
        if (route.method === "POST" && route.onlyLooks !== true)
          await trail.note(who, { address, what: name, target, result });
      };
      try {
        const body = parseBody<R["body"]>(route.body, route.method === "POST" ? request.body : request.query);
        const result = route.reply.parse(await handler(body, { params, who, address, note, response }));
        await audit("done");
        return { status: 200, body: result };
      } catch (error) {
        await audit(asLifeboatError(error).code);
        return failure(error, request, deps.log);
      }
    };
    const reply = async (request: Request, response: Response): Promise<Reply> => {
      const who = await whoAsks(request, deps);
      if (!isEnough(who?.role, route.needs)) {
        const address = plainAddress(request.socket.remoteAddress);
        if (who) await trail.note(who, { address, what: name, target: "", result: "CONSOLE_ROLE_TOO_LOW" });
        throw refusal(who, route.needs);
      }
      const key = route.method === "POST" ? request.get("Idempotency-Key") : undefined;
      // A reply with a cookie in it must not be repeated to whoever sends the same key.
      if (key === undefined || who === undefined) return answer(request, response, who);
      const scope = `${who.kind} ${who.name} `;
      return answerOnce(idempotency, { key, scope }, request, () => answer(request, response, who));
    };
    app[route.method === "GET" ? "get" : "post"](route.path as string, async (request: Request, response: Response) => {
      const { status, body } = await reply(request, response).catch((error) => failure(error, request, deps.log));
      response.status(status).json(body);
    });
  };
};
