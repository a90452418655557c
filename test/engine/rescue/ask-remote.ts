import type { X509Certificate } from "node:crypto";
import { Agent, request } from "node:https";
import type { TLSSocket } from "node:tls";

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly cookie: string | undefined;
  readonly fingerprint: string;
}

/** Asks the pages for other machines as a browser does that has accepted the certificate. @param port of 127.0.0.1 */
export function askRemote(
  port: number,
  path: string,
  more: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const json = more.body === undefined ? {} : { "Content-Type": "application/json" };
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const sent = request(
    {
      host: "127.0.0.1",
      port,
      path,
      method: more.body === undefined ? "GET" : "POST",
      agent: new Agent({ rejectUnauthorized: false }),
      headers: { ...json, ...more.headers },
    },
    (response) => {
      const certificate = (response.socket as TLSSocket).getPeerX509Certificate() as X509Certificate;
      let text = "";
      response.on("data", (part) => {
        text += part;
      });
      response.on("end", () => {
        const [cookie] = response.headers["set-cookie"] ?? [];
        resolve({ status: response.statusCode ?? 0, text, cookie, fingerprint: certificate.fingerprint256 });
      });
    },
  );
  sent.on("error", reject);
  sent.end(more.body === undefined ? undefined : JSON.stringify(more.body));
  return promise;
}

/** What a session sends along: the cookie that the code was answered with. */
export const sessionOf = (cookie: string | undefined): Record<string, string> => ({
  Cookie: cookie?.split(";")[0] ?? "",
});
