import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { crc32 } from "node:zlib";
import type { Loaded } from "./loaded.ts";

/** No connection is kept: loaders open one for each file. */
const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });

/** Loads a file from an address of this computer, as a boot loader does. @throws Error a status other than 200, or a part only */
export async function loadByHttp(url: string, from: string): Promise<Loaded> {
  const begun = performance.now();
  const response = await ask(url, from, "GET");
  let [bytes, crc] = [0, 0];
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length;
    crc = crc32(part, crc);
  }
  const expected = Number(response.headers["content-length"]);
  if (response.statusCode !== 200) throw new Error(`${url}: status ${response.statusCode}`);
  if (bytes !== expected) throw new Error(`${url}: ${bytes} bytes came of ${expected}`);
  return { bytes, crc, seconds: (performance.now() - begun) / 1000 };
}

/** Says how far a machine is. @throws Error a status other than 204 */
export async function reportByHttp(url: string, from: string, report: object): Promise<void> {
  const response = await ask(url, from, "POST", JSON.stringify(report));
  response.resume();
  await once(response, "end");
  if (response.statusCode !== 204) throw new Error(`${url}: status ${response.statusCode}`);
}

async function ask(url: string, localAddress: string, method: string, body?: string): Promise<IncomingMessage> {
  const headers = {
    "User-Agent": "GRUB 2.12",
    ...(body !== undefined && { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) }),
  };
  const asked = request(url, { agent, localAddress, method, headers });
  asked.end(body);
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  return response;
}
