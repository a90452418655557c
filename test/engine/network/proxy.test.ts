import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { request as ask, createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, it } from "vitest";
import { Network } from "#base/medium/network.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import { proxyEnvironment, proxyScript } from "#rescue/network/proxy.ts";
import { serveFolder } from "#test/doubles/web-server.ts";
import { lifeboatJson, startLifeboatWith } from "#test/engine/image/command.ts";
import { noisyDisk, openWorkspace } from "#test/engine/image/workspace.ts";

/** A proxy that lets one user through, to one place, whatever name that was asked for (RFC 9110, 7.6 and 9.3.6). */
async function startProxy(user: string, password: string, to: number) {
  const asked: string[] = [];
  const isAllowed = ({ headers }: IncomingMessage) =>
    headers["proxy-authorization"] === `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  // Plain HTTP is asked for by the whole address (RFC 9112, 3.2.2).
  const server = createServer((request, response) => {
    const { host, pathname } = new URL(request.url ?? "");
    asked.push(host);
    if (!isAllowed(request)) return response.writeHead(407).end();
    const { method, headers } = request;
    const forwarded = ask({ host: "127.0.0.1", port: to, path: pathname, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    forwarded.on("error", () => response.destroy());
    request.pipe(forwarded);
  });
  server.on("connect", (request: IncomingMessage, socket) => {
    asked.push(request.url ?? "");
    if (!isAllowed(request)) return socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    const way = connect(to, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      way.pipe(socket).pipe(way);
    });
    way.on("error", () => socket.destroy());
    socket.on("error", () => way.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    asked,
    port: (server.address() as AddressInfo).port,
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

it("the command reaches images behind the proxy of the settings, with its password, and this machine without it", async () => {
  await using work = await openWorkspace();
  const disk = await noisyDisk(work.path("source.raw"), 4 << 20, 1);
  await lifeboatJson("repo", "init", work.path("images"));
  await lifeboatJson("capture", disk, "--to", work.path("images"), "--name", "office");
  const [point] = (await readdir(work.path("images/points"))).filter((name) => name.endsWith(".lbi"));
  await using web = await serveFolder(work.folder);
  const webPort = Number(new URL(web.address).port);
  const password = `p@ss:/w"ö'rd`;
  using proxy = await startProxy("anna", password, webPort);
  const { proxy: settings } = Network.parse({ proxy: { server: "127.0.0.1", port: proxy.port, user: "anna" } });
  const show = async (known: string) => {
    const script = work.path("proxy.sh");
    await writeFile(script, proxyScript(proxyEnvironment(settings, known)));
    // As rescue/init/lifeboat takes it.
    const text = await runTool("sh", ["-c", `. '${script}'; env`], "read the proxy's settings");
    const lines = text.split("\n").filter((line) => /proxy/i.test(line));
    const variables = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
    const address = `http://images.example.org:${webPort}/images/points/${point}`;
    return startLifeboatWith(variables, "image", "show", address, "--json").result;
  };
  const right = await show(password);
  expect([right.status, right.stderr]).toEqual([0, ""]);
  expect(JSON.parse(right.stdout)).toMatchObject({ manifest: { name: "office" } });
  expect(proxy.asked[0]).toBe(`images.example.org:${webPort}`);
  expect((await show("wrong")).status).not.toBe(0);
});
