import type { NetworkInterfaceInfo } from "node:os";
import { expect, test } from "vitest";
import { deviceIndex } from "../net/device-socket.ts";
import { lossOf } from "./card-loss.ts";

const LO = { device: "lo", address: "127.0.0.1" };
const index = deviceIndex("lo");
const having = (name: string, address: string) =>
  ({ [name]: [{ address } as NetworkInterfaceInfo] }) satisfies NodeJS.Dict<NetworkInterfaceInfo[]>;

test("a card with its address is not lost, also where Node does not list it because its cable is out", async () => {
  expect(await lossOf(LO, index)).toBeUndefined();
  expect(await lossOf(LO, index, {})).toBeUndefined();
});

test("gone, put in again, without its address, or another card has it", async () => {
  expect(await lossOf({ ...LO, device: "none0" }, 7)).toBe("the network card is gone");
  expect(await lossOf(LO, index + 1)).toBe("the network card was taken out and put in again");
  expect(await lossOf({ ...LO, address: "192.0.2.1" }, index)).toBe("it has lost its address");
  expect(await lossOf({ ...LO, address: "192.0.2.1" }, index, having("br0", "192.0.2.1"))).toBe(
    "another network card has its address now",
  );
  expect(await lossOf(LO, index, having("lo:1", "127.0.0.1"))).toBeUndefined();
});
