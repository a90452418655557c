import { createSocket } from "node:dgram";
import { once } from "node:events";
import { expect, test } from "vitest";
import { bindUdp, bindUdpOf, closeUdp } from "./bind-udp.ts";
import { deviceIndex } from "./device-socket.ts";

const SERVICE = "the test";

test("a socket of a card hears what comes in by it, and tells who has its port", async () => {
  const ear = await bindUdpOf("lo", { service: SERVICE, port: 0 });
  const { port } = ear.address();
  const heard = once(ear, "message");
  const mouth = createSocket("udp4");
  mouth.send("hello", port, "127.0.0.1");
  expect(String((await heard)[0])).toBe("hello");
  await expect(bindUdpOf("lo", { service: SERVICE, port })).rejects.toMatchObject({ code: "PXE_PORT_TAKEN" });
  await expect(bindUdp({ service: SERVICE, address: "0.0.0.0", port })).rejects.toMatchObject({
    code: "PXE_PORT_TAKEN",
  });
  await Promise.all([closeUdp(ear), closeUdp(mouth)]);
});

test("a card that is not there is named", async () => {
  expect(deviceIndex("lo")).toBe(1);
  expect(deviceIndex("none0")).toBe(0);
  await expect(bindUdpOf("none0", { service: SERVICE, port: 0 })).rejects.toMatchObject({
    ...{ code: "PXE_SOCKET_FAILED", details: { address: "none0", reason: expect.stringContaining("ENODEV") } },
  });
});
