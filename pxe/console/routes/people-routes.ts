import { LifeboatError } from "#base/errors.ts";
import type { Access } from "../access.ts";
import { peopleApi, type Session } from "../contract/people.ts";
import { clearCookie, type Door, setCookie } from "../guard.ts";
import type { Context, Serve } from "../route.ts";
import { readAudit } from "../store/audit.ts";
import type { ConsoleStore } from "../store/console-store.ts";
import { endSessionsOf } from "../store/sessions.ts";
import { listTokens, revokeToken } from "../store/tokens.ts";
import { changeRole, findUser, listUsers, removeUser } from "../store/users.ts";
import { callWho, type Who } from "../who.ts";

export interface PeopleDeps {
  readonly access: Access;
  readonly store: ConsoleStore;
  readonly door: Door;
  readonly version: string;
}

/** Logging in and out; users, tokens and the audit log. */
export function peopleRoutes(serve: Serve, { access, store, door, version }: PeopleDeps): void {
  const sessionOf = async (who: Who | undefined): Promise<Session> => ({
    ...{ version, needsSetUp: await access.needsSetUp() },
    ...(who && {
      user: {
        ...{ name: who.name, role: who.role, kind: who.kind },
        ...(who.endsAt !== undefined && { endsAt: who.endsAt }),
      },
    }),
  });
  const enter = async (secret: string, { response }: Pick<Context<never>, "response">) => {
    setCookie(response, door, secret);
    return sessionOf(await access.who(secret));
  };
  serve("session", peopleApi.session, (_query, { who }) => sessionOf(who));
  serve("setUp", peopleApi.setUp, async ({ code, name, password }, context) => {
    context.note(name);
    return enter(await access.setUp(code, name, password, context.address), context);
  });
  serve("logIn", peopleApi.logIn, async ({ name, password }, context) => {
    context.note(name);
    return enter(await access.logIn(name, password, context.address), context);
  });
  serve("logOut", peopleApi.logOut, async (_body, { who, response }) => {
    await access.logOut(userOf(who).session ?? "");
    clearCookie(response, door);
    return {};
  });
  serve("logOutEverywhere", peopleApi.logOutEverywhere, async (_body, { who, response }) => {
    await access.logOutEverywhere(userOf(who).name);
    clearCookie(response, door);
    return {};
  });
  serve("changePassword", peopleApi.changePassword, async ({ password, newPassword }, { who, address }) => {
    await access.changePassword(userOf(who), password, newPassword, address);
    return {};
  });
  userRoutes(serve, access, store);
  serve("tokens", peopleApi.tokens, () => store.read(listTokens));
  serve("createToken", peopleApi.createToken, ({ name, role, days }, { who, note }) => {
    note(`${name}: ${role}${days === undefined ? "" : `, ${days} days`}`);
    return access.createToken({ name, role, days }, callWho(who));
  });
  serve("revokeToken", peopleApi.revokeToken, async (_body, { params, note }) => {
    note((await store.change((sql) => revokeToken(sql, params.id))).name);
    return {};
  });
  serve("audit", peopleApi.audit, (wanted) => store.read((sql) => readAudit(sql, wanted)));
}

function userRoutes(serve: Serve, access: Access, store: ConsoleStore): void {
  serve("users", peopleApi.users, () => store.read(listUsers));
  serve("addUser", peopleApi.addUser, ({ name, role, password }, { note }) => {
    note(`${name}: ${role}`);
    return access.addUser(name, role, password);
  });
  serve("changeRole", peopleApi.changeRole, ({ role }, { params, note }) => {
    note(`${params.name}: ${role}`);
    return store.change((sql) => changeRole(sql, params.name, role));
  });
  serve("setPassword", peopleApi.setPassword, ({ newPassword }, { params, note }) => {
    note(params.name);
    return access.setPassword(params.name, newPassword);
  });
  serve("logOutUser", peopleApi.logOutUser, (_body, { params, note }) => {
    note(params.name);
    return store.change(async (sql) => {
      await endSessionsOf(sql, params.name);
      return findUser(sql, params.name);
    });
  });
  serve("removeUser", peopleApi.removeUser, async (_body, { params, note }) => {
    note(params.name);
    await store.change((sql) => removeUser(sql, params.name));
    return {};
  });
}

/** A token has neither a browser nor a password. @throws REQUEST_INVALID */
function userOf(who: Who | undefined): Who {
  if (who?.kind === "user") return who;
  throw new LifeboatError("REQUEST_INVALID", { path: "Authorization", problem: "this is for users, not for tokens" });
}
