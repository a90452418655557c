import { createSocket } from "node:dgram";
import { once } from "node:events";
import { expect, test } from "vitest";
import { ConnectedSocket } from "./connected-socket.ts";
import { Epoll } from "./epoll.ts";

async function peer() {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const got: Buffer[] = [];
  socket.on("message", (packet) => got.push(packet));
  return { socket, got, address: "127.0.0.1", port: socket.address().port };
}

test("packets that are sent at once come as they would one by one", async () => {
  const client = await peer();
  using socket = new ConnectedSocket("127.0.0.1", client, 100, 16);
  expect(socket.mostAtOnce).toBe(16);
  const bytes = Buffer.from(Array.from({ length: 530 }, (_, i) => i));
  expect(socket.sendWindow(bytes)).toBe("sent");
  expect(socket.send(bytes)).toBe("sent"); // one, though it is longer
  expect(socket.sendWindow(bytes)).toBe("sent");
  await expect.poll(() => client.got.length).toBe(13);
  const window = [100, 100, 100, 100, 100, 30];
  expect(client.got.map(({ length }) => length)).toEqual([...window, 530, ...window]);
  expect(Buffer.concat(client.got).equals(Buffer.concat([bytes, bytes, bytes]))).toBe(true);
  client.socket.close();
});

test("a port that is closed is noticed, and others are not heard", async () => {
  const client = await peer();
  using socket = new ConnectedSocket("127.0.0.1", client, 100, 1);
  const packet = Buffer.alloc(200);
  expect(socket.receive(packet)).toBe("empty");
  socket.send(Buffer.from("hello"));
  const [, from] = (await once(client.socket, "message")) as [Buffer, { port: number }];
  const other = createSocket("udp4");
  await new Promise((resolve) => other.send("noise", from.port, "127.0.0.1", resolve));
  await new Promise((resolve) => client.socket.send("answer", from.port, "127.0.0.1", resolve));
  using epoll = new Epoll();
  epoll.add(socket.fd);
  const ready: unknown[] = [];
  for (let i = 0; i < 100 && ready.length === 0; i++) epoll.tell(epoll.wait(10), (...what) => ready.push(what));
  expect(ready).toEqual([[socket.fd, true, false]]);
  expect(socket.receive(packet)).toBe(6);
  expect(socket.receive(packet)).toBe("empty");
  client.socket.close();
  other.close();
  await once(client.socket, "close");
  socket.send(Buffer.from("hello"));
  expect(socket.receive(packet)).toBe("gone");
});
