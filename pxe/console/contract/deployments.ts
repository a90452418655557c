import * as z from "zod";
import { Empty } from "#base/http/contract.ts";
import {
  DeploymentView,
  FleetAction,
  IdentityList,
  IdentityPreview,
  MemberView,
  NewDeployment,
} from "../../fleet/contract.ts";
import { routeFor } from "./role.ts";

/** Deployments: what machines are to do, and how far they are. */

export const DeploymentDetails = DeploymentView.extend({ members: z.array(MemberView) });

export const deploymentsApi = {
  /** The oldest first. */
  deployments: routeFor("viewer", "GET", "/api/v1/deployments", Empty, z.array(DeploymentView)),
  /** What start files must say for machines to ask for orders, and whether those that are served do; absent: there are none of `media pxe`. */
  bootFileOrders: routeFor(
    ...(["viewer", "GET", "/api/v1/boot-file-orders"] as const),
    Empty,
    z.object({ parameter: z.string(), isThere: z.boolean().optional() }),
  ),
  deployment: routeFor("viewer", "GET", "/api/v1/deployments/:name", Empty, DeploymentDetails),
  /** What a list of identities would do, and what is wrong with it, line by line. Nothing is kept. */
  previewIdentities: {
    ...routeFor("operator", "POST", "/api/v1/deployments/identities", IdentityList, IdentityPreview),
    onlyLooks: true,
  },
  /** Disks of all machines that are named will be erased. */
  createDeployment: routeFor("operator", "POST", "/api/v1/deployments", NewDeployment, DeploymentDetails),
  actOnDeployment: routeFor("operator", "POST", "/api/v1/deployments/:name/act", FleetAction, DeploymentDetails),
  forgetDeployment: routeFor("operator", "POST", "/api/v1/deployments/:name/forget", Empty, Empty),
} as const;
