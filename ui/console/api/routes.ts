import type * as z from "zod";
import type { api } from "#pxe/console/contract.ts";

type Contract = typeof api;
export type RouteName = keyof Contract;
export type Reply<K extends RouteName> = z.output<Contract[K]["reply"]>;
/** Of a POST its body, of a GET its query. */
export type Body<K extends RouteName> = z.input<Contract[K]["body"]>;
export type Needs = Contract[RouteName]["needs"];
export type Role = Exclude<Needs, "anybody">;

interface Row<K extends RouteName> {
  readonly needs: Contract[K]["needs"];
  readonly method: Contract[K]["method"];
  readonly path: string;
}

/**
 * The contract's paths and roles again, because importing them as values would bring zod into the page (25 kB gz).
 * The types hold names, methods and roles together; routes.test.ts holds the paths.
 */
export const routes: { readonly [K in RouteName]: Row<K> } = {
  session: { needs: "anybody", method: "GET", path: "/api/v1/session" },
  setUp: { needs: "anybody", method: "POST", path: "/api/v1/session/set-up" },
  logIn: { needs: "anybody", method: "POST", path: "/api/v1/session/log-in" },
  logOut: { needs: "viewer", method: "POST", path: "/api/v1/session/log-out" },
  logOutEverywhere: { needs: "viewer", method: "POST", path: "/api/v1/session/log-out-everywhere" },
  changePassword: { needs: "viewer", method: "POST", path: "/api/v1/session/password" },
  users: { needs: "admin", method: "GET", path: "/api/v1/users" },
  addUser: { needs: "admin", method: "POST", path: "/api/v1/users" },
  changeRole: { needs: "admin", method: "POST", path: "/api/v1/users/:name/role" },
  setPassword: { needs: "admin", method: "POST", path: "/api/v1/users/:name/password" },
  logOutUser: { needs: "admin", method: "POST", path: "/api/v1/users/:name/log-out" },
  removeUser: { needs: "admin", method: "POST", path: "/api/v1/users/:name/remove" },
  tokens: { needs: "admin", method: "GET", path: "/api/v1/tokens" },
  createToken: { needs: "admin", method: "POST", path: "/api/v1/tokens" },
  revokeToken: { needs: "admin", method: "POST", path: "/api/v1/tokens/:id/revoke" },
  audit: { needs: "admin", method: "GET", path: "/api/v1/audit" },
  machines: { needs: "viewer", method: "GET", path: "/api/v1/machines" },
  machineStates: { needs: "viewer", method: "GET", path: "/api/v1/machines/states" },
  machine: { needs: "viewer", method: "GET", path: "/api/v1/machines/:id" },
  diagnoseMachine: { needs: "viewer", method: "GET", path: "/api/v1/machines/:id/doctor" },
  markMachine: { needs: "operator", method: "POST", path: "/api/v1/machines/:id/mark" },
  markMachines: { needs: "operator", method: "POST", path: "/api/v1/machines/mark" },
  splitMachine: { needs: "operator", method: "POST", path: "/api/v1/machines/:id/split" },
  forgetMachines: { needs: "operator", method: "POST", path: "/api/v1/machines/forget" },
  wakeMachines: { needs: "operator", method: "POST", path: "/api/v1/machines/wake" },
  importMachines: { needs: "operator", method: "POST", path: "/api/v1/machines/import" },
  exportMachines: { needs: "viewer", method: "GET", path: "/api/v1/machines/export" },
  servers: { needs: "viewer", method: "GET", path: "/api/v1/servers" },
  serverTimeline: { needs: "viewer", method: "GET", path: "/api/v1/servers/timeline" },
  diagnoseServer: { needs: "viewer", method: "GET", path: "/api/v1/servers/doctor" },
  snippets: { needs: "viewer", method: "GET", path: "/api/v1/snippets" },
  repositories: { needs: "viewer", method: "GET", path: "/api/v1/repositories" },
  previewRetention: { needs: "operator", method: "GET", path: "/api/v1/repositories/:name/retention" },
  setRetention: { needs: "admin", method: "POST", path: "/api/v1/repositories/:name/retention" },
  removeRetention: { needs: "admin", method: "POST", path: "/api/v1/repositories/:name/retention/remove" },
  applyRetention: { needs: "admin", method: "POST", path: "/api/v1/repositories/:name/retention/apply" },
  media: { needs: "viewer", method: "GET", path: "/api/v1/media" },
  settings: { needs: "admin", method: "GET", path: "/api/v1/settings" },
  testChannel: { needs: "admin", method: "POST", path: "/api/v1/settings/channels/:name/test" },
  deployments: { needs: "viewer", method: "GET", path: "/api/v1/deployments" },
  bootFileOrders: { needs: "viewer", method: "GET", path: "/api/v1/boot-file-orders" },
  deployment: { needs: "viewer", method: "GET", path: "/api/v1/deployments/:name" },
  previewIdentities: { needs: "operator", method: "POST", path: "/api/v1/deployments/identities" },
  createDeployment: { needs: "operator", method: "POST", path: "/api/v1/deployments" },
  actOnDeployment: { needs: "operator", method: "POST", path: "/api/v1/deployments/:name/act" },
  forgetDeployment: { needs: "operator", method: "POST", path: "/api/v1/deployments/:name/forget" },
};
export const eventsPath = "/api/v1/events";
export const mediaFilesPath = "/api/v1/media/files";

const ROLES: readonly Role[] = ["viewer", "operator", "admin"];

/** Whether a role may use a route. What it may not is not offered; the server refuses it in any case. */
export function may(role: Role | undefined, name: RouteName): boolean {
  const { needs } = routes[name];
  return needs === "anybody" || (role !== undefined && ROLES.indexOf(role) >= ROLES.indexOf(needs));
}
