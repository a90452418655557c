import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Express } from "express";
import { readBytes } from "#imaging/device/block-device.ts";
import { httpApp } from "#pxe/http/server.ts";
import { readReport } from "#pxe/machines/report.ts";
import { ServedRoot } from "#pxe/net/served-root.ts";
import { REPORT_PATH, reportRoute } from "#pxe/serve/report-route.ts";
import { PieceHashes } from "#pxe/swarm/piece-hashes.ts";
import { trackerRoutes } from "#pxe/swarm/tracker-routes.ts";
import { Trackers } from "#pxe/swarm/trackers.ts";
import { answerTo } from "#test/doubles/in-process-request.ts";
import { text } from "#test/fuzz/make-seed.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const TOKEN = "0123456789abcdef";
const SECRET = "what lies beside the root";

let app: Promise<Express> | undefined;

async function newApp(): Promise<Express> {
  const folder = mkdtempSync(join(tmpdir(), "lifeboat-fuzz-"));
  mkdirSync(join(folder, "srv/live"), { recursive: true });
  mkdirSync(join(folder, "srv/repo/points"), { recursive: true });
  writeFileSync(join(folder, "secret"), SECRET);
  writeFileSync(join(folder, "srv/bootx64.efi"), Buffer.alloc(5000, 1));
  writeFileSync(join(folder, "srv/live/base.sqfs"), Buffer.alloc(70_000, 2));
  writeFileSync(join(folder, "srv/repo/lifeboat.repository"), "");
  writeFileSync(join(folder, "srv/repo/points/a.lbi"), "point");
  const root = await ServedRoot.open(join(folder, "srv"));
  return httpApp({
    root,
    routes: [
      trackerRoutes({ trackers: new Trackers(), hashes: new PieceHashes(root), token: TOKEN }),
      reportRoute((_address, body) => readReport(body) !== undefined),
    ],
  });
}

/** A request as it goes over the wire: a line, headers, an empty line, a body. */
const request = (line: string, headers: readonly string[] = [], body = "") => ({
  name: line.replaceAll(/[^\w]+/g, "-"),
  content: () => text([line, "Host: 192.0.2.1", ...headers, "", body].join("\n")),
});
const JSON_BODY = "Content-Type: application/json";

/** What a machine in the network may ask of the server of boot files: it gets files of the folder, and nothing else of this machine. */
export const target: FuzzTarget = {
  name: "boot-request",
  seeds: [
    request("GET /bootx64.efi"),
    request("HEAD /live/base.sqfs"),
    request("GET /live/base.sqfs", ["Range: bytes=100-199", 'If-Range: "1170-1"']),
    request("GET /live/base.sqfs", ["Range: bytes=0-9,20-29"]),
    request("GET /repo/points/"),
    request("GET /repo/points/a.lbi", ["User-Agent: iPXE/1.21.1", "If-None-Match: x"]),
    request(
      `POST ${REPORT_PATH}`,
      [JSON_BODY],
      '{"kind": "up", "text": "Lifeboat", "memory": 2147483648, "serial": "x"}',
    ),
  ],
  allowed: [],
  dictionary: [
    ...["../secret", "..%2fsecret", "%2e%2e/secret", "..\\secret", "%00", "//", "/live/../../secret", "bytes=-1"],
    ...["bytes=99999999999999999999-", "GET ", "POST ", "Range: ", "{}", "__proto__", REPORT_PATH],
  ],
  async parse(device) {
    const [head = "", ...rest] = new TextDecoder("latin1")
      .decode(await readBytes(device, 0, Math.min(device.size, 1 << 16)))
      .split("\n\n");
    const [line = "", ...headers] = head.split("\n");
    const [method = "", url = ""] = line.split(" ");
    // Node's reader of HTTP refuses these before anybody else sees them.
    if (!/^(GET|HEAD|POST|PUT|DELETE|OPTIONS)$/.test(method) || !/^\/[\x21-\x7e]*$/.test(url)) return "no HTTP";
    const named = headers.map((one) => /^([\w-]+): ([\x20-\x7e\x80-\xff]*)$/.exec(one)).filter((one) => one !== null);
    app ??= newApp();
    const { status, text: said } = await answerTo(await app, {
      ...{ method, url, headers: Object.fromEntries(named.map(([, name = "", value = ""]) => [name, value])) },
      body: Buffer.from(rest.join("\n\n"), "latin1"),
    });
    promise([200, 204, 206, 304].includes(status) || (status >= 400 && status < 500), () => `status ${status}`);
    promise(!said.includes(SECRET), () => "a file beside the root was sent");
    promise(!/\bat .*\.ts:\d|\/tmp\//.test(said), () => "a path of this machine is shown");
    const length = /\r\nContent-Length: (\d+)\r\n/i.exec(said)?.[1];
    const body = said.slice(said.indexOf("\r\n\r\n") + 4);
    if (method !== "HEAD" && status !== 304 && length !== undefined)
      promise(Number(length) === body.length, () => `${length} bytes were promised, and ${body.length} came`);
    return status < 400 ? "accepted" : `status ${status}`;
  },
};
