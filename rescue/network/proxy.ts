import type { HttpProxy } from "#base/medium/network.ts";
import { shellQuote } from "#base/shell-quote.ts";

/**
 * The proxy as programs and Node's own agents (`proxyEnv`) read it from their environment: http_proxy, https_proxy,
 * no_proxy. This computer itself is always reached without it.
 */
export function proxyEnvironment(proxy: HttpProxy | undefined, password: string | undefined): Record<string, string> {
  if (!proxy) return {};
  const { server, port, user, except } = proxy;
  const who = user === undefined ? "" : `${encodeURIComponent(user)}:${encodeURIComponent(password ?? "")}@`;
  const url = `http://${who}${server.includes(":") ? `[${server}]` : server}:${port}`;
  const noProxy = ["localhost", "127.0.0.1", "::1", ...except].join(",");
  return Object.fromEntries(
    Object.entries({ http_proxy: url, https_proxy: url, no_proxy: noProxy }).flatMap(([name, value]) => [
      [name, value],
      [name.toUpperCase(), value],
    ]),
  );
}

/** The same as lines of a shell, for the command and for shells of the rescue system. NODE_USE_ENV_PROXY: Node's fetch goes by them. */
export const proxyScript = (environment: Readonly<Record<string, string>>): string =>
  Object.entries({ ...environment, ...(Object.keys(environment).length > 0 && { NODE_USE_ENV_PROXY: "1" }) })
    .map(([name, value]) => `export ${name}=${shellQuote(value)}\n`)
    .join("");
