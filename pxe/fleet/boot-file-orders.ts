import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ORDERS_PARAMETER } from "#base/deployment/order.ts";
import { RESCUE_SET_FILE } from "#base/medium/rescue-set.ts";
import { SCRIPT } from "../dhcp/boot-policy.ts";
import { GRUB_MENU } from "../menu/paths.ts";

/** What start files must say for machines to ask this server for orders, and whether those in its folder do. */
export interface BootFileOrders {
  /** "lifeboat.orders=KEY" */
  readonly parameter: string;
  /** Undefined: the folder has no start files of `media pxe`. */
  readonly isThere: boolean | undefined;
}

/** @param root folder of what computers load @param key `FleetKey.publicText` */
export async function bootFileOrders(root: string, key: string): Promise<BootFileOrders> {
  const parameter = `${ORDERS_PARAMETER}=${key}`;
  const names = [RESCUE_SET_FILE, SCRIPT, GRUB_MENU];
  const texts = await Promise.all(names.map((name) => readFile(join(root, name), "utf8").catch(() => "")));
  const isThere = texts.some((text) => text !== "") ? texts.some((text) => text.includes(parameter)) : undefined;
  return { parameter, isThere };
}
