import type { BootFileOrders } from "../../fleet/boot-file-orders.ts";
import type { FleetAction } from "../../fleet/contract.ts";
import type { Fleet } from "../../fleet/fleet.ts";
import { deploymentsApi } from "../contract/deployments.ts";
import type { Serve } from "../route.ts";

export interface DeploymentDeps {
  readonly fleet: Pick<Fleet, "list" | "show" | "create" | "previewIdentities" | "act" | "forget">;
  readonly bootFileOrders: () => Promise<BootFileOrders>;
}

/** Deployments, as people handle them. */
export function deploymentRoutes(serve: Serve, { fleet, bootFileOrders }: DeploymentDeps): void {
  serve("deployments", deploymentsApi.deployments, () => fleet.list());
  serve("bootFileOrders", deploymentsApi.bootFileOrders, bootFileOrders);
  serve("deployment", deploymentsApi.deployment, async (_query, { params }) => details(await fleet.show(params.name)));
  serve("previewIdentities", deploymentsApi.previewIdentities, (asked) => fleet.previewIdentities(asked));
  serve("createDeployment", deploymentsApi.createDeployment, async (wanted, { note }) => {
    note(`${wanted.name}: ${wanted.spec.work.kind} ${machinesOf(wanted.spec.machines)}`);
    return details(await fleet.create(wanted));
  });
  serve("actOnDeployment", deploymentsApi.actOnDeployment, async (action, { params, note }) => {
    note(`${params.name}: ${said(action)}`);
    return details(await fleet.act(params.name, action));
  });
  serve("forgetDeployment", deploymentsApi.forgetDeployment, async (_body, { params, note }) => {
    note(params.name);
    await fleet.forget(params.name);
    return {};
  });
}

const details = ({ members, ...view }: Awaited<ReturnType<Fleet["show"]>>) => ({ ...view, members: [...members] });

const machinesOf = (machines: object): string => JSON.stringify(machines).slice(0, 300);

/** The code that a person compares is no secret once it was compared, but nobody needs it again. */
function said(action: FleetAction): string {
  const { action: what, ...more } = action;
  const told = Object.fromEntries(Object.entries(more).filter(([name]) => name !== "code"));
  return Object.keys(told).length === 0 ? what : `${what} ${JSON.stringify(told).slice(0, 300)}`;
}
