import { entry } from "#base/errors/entry.ts";

const AS_BEFORE = "No deployment was made or changed, and no machine was told anything.";

/** Deployments: what a server orders machines that it has started to do. */
export const deploymentErrors = {
  PXE_DEPLOYMENT_INVALID: entry<{ name: string; problems: string }>(
    400,
    2,
    (d) => `the deployment ${d.name} cannot be: ${d.problems}`,
    AS_BEFORE,
    "Correct it. docs/pxe.md, Deployments, explains each option.",
  ),
  PXE_DEPLOYMENT_UNKNOWN: entry<{ name: string }>(
    404,
    2,
    (d) => `there is no deployment ${d.name}`,
    AS_BEFORE,
    "See them with `lifeboat pxe deploy list`.",
  ),
  PXE_DEPLOYMENT_NAME_TAKEN: entry<{ name: string }>(
    409,
    2,
    (d) => `there is a deployment ${d.name} already`,
    AS_BEFORE,
    "Give it another name, or remove that one: `lifeboat pxe deploy forget NAME`.",
  ),
  PXE_DEPLOYMENT_BUSY: entry<{ name: string; machines: string }>(
    409,
    7,
    (d) => `machines are at work for the deployment ${d.name}: ${d.machines}`,
    "They go on.",
    "Wait for them, or cancel it first: `lifeboat pxe deploy cancel NAME`. A machine whose disk is being written does not start until it is restored again.",
  ),
  PXE_MEMBER_UNKNOWN: entry<{ name: string; machine: string }>(
    404,
    2,
    (d) => `the machine ${d.machine} does not belong to the deployment ${d.name}`,
    AS_BEFORE,
    "See which machines do: `lifeboat pxe deploy show NAME`.",
  ),
  PXE_CODE_WRONG: entry<{ machine: string; code: string }>(
    403,
    7,
    (d) => `${d.machine} shows no code ${d.code}`,
    "It was told nothing.",
    "Read the code on the machine's own screen, and no other. Where the machine shows another code than the server knows, another computer asks in its name.",
  ),
  PXE_KEY_FAILED: entry<{ file: string; reason: string }>(
    500,
    3,
    (d) => `the key for orders (${d.file}) cannot be used: ${d.reason}`,
    "No order was given.",
    "Check the file; it belongs to the server's user alone. Servers that share a database need the same file. With another one machines need a new boot set (`lifeboat pxe deploy key`), and deployments that have secrets have to be made again.",
  ),
  ORDER_REFUSED: entry<{ server: string; reason: string }>(
    403,
    7,
    (d) => `an order from ${d.server} is not followed: ${d.reason}`,
    "Nothing was written.",
    "Somebody in this network may have changed it. Make the boot set again where the server's key has changed (`lifeboat pxe deploy key`); else look for another server in this network.",
  ),
} as const;
