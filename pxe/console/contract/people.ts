import * as z from "zod";
import { Empty } from "#base/http/contract.ts";
import { ROLES, routeFor } from "./role.ts";

/** Who may come in, and what was done: users, sessions, tokens, the audit log. */

export const LEAST_PASSWORD = 10;
/** Longer than anybody's password, shorter than what would keep scrypt busy. */
const MOST_PASSWORD = 1024;
/** Days. */
const MOST_TOKEN_DAYS = 3650;

const Role = z.enum(ROLES);
/** Of a user or a token: it stands in the audit log, so it has no blanks and nothing that a terminal obeys. */
const Name = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9._@-]{0,62}[a-z0-9])?$/, "small letters, digits, and . _ @ - between them");
export const isName = (text: string): boolean => Name.safeParse(text).success;
const NewPassword = z.string().min(LEAST_PASSWORD, `at least ${LEAST_PASSWORD} characters`).max(MOST_PASSWORD);
const GivenPassword = z.string().min(1).max(MOST_PASSWORD);
const Time = z.number();

export const User = z.object({
  name: Name,
  role: Role,
  createdAt: Time,
  /** Undefined: never. */
  lastLogin: Time.optional(),
  /** Browsers that are logged in. */
  sessions: z.int().nonnegative(),
});
export type User = z.infer<typeof User>;

export const Session = z.object({
  version: z.string(),
  /** Nobody can log in yet: `setUp` makes the first admin. */
  needsSetUp: z.boolean(),
  user: z
    .object({
      name: z.string(),
      role: Role,
      kind: z.enum(["user", "token"]),
      /** When the login ends, however it is used. Undefined: a token without an end. */
      endsAt: Time.optional(),
    })
    .optional(),
});
export type Session = z.infer<typeof Session>;

export const Token = z.object({
  id: z.string(),
  name: Name,
  role: Role,
  createdAt: Time,
  createdBy: z.string(),
  /** Undefined: never. */
  expiresAt: Time.optional(),
  /** To the minute. Undefined: never. */
  lastUsed: Time.optional(),
});
export type Token = z.infer<typeof Token>;

export const AuditEntry = z.object({
  id: z.int(),
  at: Time,
  /** "anna", "token backup", "root (command)", "nobody" */
  who: z.string(),
  address: z.string(),
  /** Name of the route, or of the command: "approveMachines". */
  what: z.string(),
  /** What it was done to, in words; passwords are never in it. */
  target: z.string(),
  /** "done", or the code of the error. */
  result: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** Entries of one answer at most. */
export const AUDIT_PAGE = 200;
const AuditPage = z.strictObject({
  /** Those older than this id. */
  before: z.coerce.number().int().positive().optional(),
  /** Those that have it in a name, an address, what was done, to what, or how it ended; case does not matter. */
  search: z.string().max(100).optional(),
});

export const peopleApi = {
  session: routeFor("anybody", "GET", "/api/v1/session", Empty, Session),
  /** With the code that the server's log has, as long as there is no user. */
  setUp: routeFor(
    ...(["anybody", "POST", "/api/v1/session/set-up"] as const),
    z.strictObject({ code: z.string().max(100), name: Name, password: NewPassword }),
    Session,
  ),
  logIn: routeFor(
    ...(["anybody", "POST", "/api/v1/session/log-in"] as const),
    z.strictObject({ name: z.string().min(1).max(64), password: GivenPassword }),
    Session,
  ),
  logOut: routeFor("viewer", "POST", "/api/v1/session/log-out", Empty, Empty),
  /** All browsers of this user, this one too. */
  logOutEverywhere: routeFor("viewer", "POST", "/api/v1/session/log-out-everywhere", Empty, Empty),
  /** Other browsers of this user are logged out. */
  changePassword: routeFor(
    ...(["viewer", "POST", "/api/v1/session/password"] as const),
    z.strictObject({ password: GivenPassword, newPassword: NewPassword }),
    Empty,
  ),
  users: routeFor("admin", "GET", "/api/v1/users", Empty, z.array(User)),
  addUser: routeFor(
    ...(["admin", "POST", "/api/v1/users"] as const),
    z.strictObject({ name: Name, role: Role, password: NewPassword }),
    User,
  ),
  changeRole: routeFor("admin", "POST", "/api/v1/users/:name/role", z.strictObject({ role: Role }), User),
  /** The user is logged out everywhere. */
  setPassword: routeFor(
    ...(["admin", "POST", "/api/v1/users/:name/password"] as const),
    z.strictObject({ newPassword: NewPassword }),
    User,
  ),
  logOutUser: routeFor("admin", "POST", "/api/v1/users/:name/log-out", Empty, User),
  removeUser: routeFor("admin", "POST", "/api/v1/users/:name/remove", Empty, Empty),
  tokens: routeFor("admin", "GET", "/api/v1/tokens", Empty, z.array(Token)),
  /** `secret` is shown this once. It goes into the header "Authorization: Bearer SECRET". */
  createToken: routeFor(
    ...(["admin", "POST", "/api/v1/tokens"] as const),
    z.strictObject({ name: Name, role: Role, days: z.int().min(1).max(MOST_TOKEN_DAYS).optional() }),
    Token.extend({ secret: z.string() }),
  ),
  revokeToken: routeFor("admin", "POST", "/api/v1/tokens/:id/revoke", Empty, Empty),
  /** The newest first. */
  audit: routeFor("admin", "GET", "/api/v1/audit", AuditPage, z.array(AuditEntry)),
} as const;
