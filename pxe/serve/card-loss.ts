import { networkInterfaces } from "node:os";
import { bindUdp, closeUdp } from "../net/bind-udp.ts";
import { deviceIndex } from "../net/device-socket.ts";
import type { OwnInterface } from "./own-interface.ts";

export type LossReason =
  | "the network card is gone"
  | "the network card was taken out and put in again"
  | "another network card has its address now"
  | "it has lost its address";

/**
 * Why nothing can be offered at an interface any more. Undefined: it can; a cable that is out is no reason, though Node then does not list
 * the interface. @param index what `deviceIndex` said when its sockets were opened
 */
export async function lossOf(
  { device, address }: Pick<OwnInterface, "device" | "address">,
  index: number,
  interfaces = networkInterfaces(),
): Promise<LossReason | undefined> {
  const now = deviceIndex(device);
  if (now !== index) return now === 0 ? "the network card is gone" : "the network card was taken out and put in again";
  const owner = Object.entries(interfaces).find(([, list]) => list?.some((one) => one.address === address))?.[0];
  if (owner !== undefined)
    return owner.replace(/:.*/, "") === device ? undefined : "another network card has its address now";
  return (await hasAddress(address)) ? undefined : "it has lost its address";
}

/** Whether any card of this machine has it: else it cannot be bound to. */
async function hasAddress(address: string): Promise<boolean> {
  try {
    await closeUdp(await bindUdp({ service: "the look at network cards", address, port: 0 }));
    return true;
  } catch {
    return false;
  }
}
