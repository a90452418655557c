import { LifeboatError } from "#base/errors.ts";

/** Where the machines that start will find a PXE set over HTTP. */
export interface ServerUrl {
  /** "192.0.2.1:8080" */
  readonly host: string;
  /** "" or "/lifeboat": percent-encoded, without a slash at its end. */
  readonly path: string;
}

/** @throws USAGE: loaders and busybox speak neither https nor IPv6 here, and the layers have their own check */
export function parseServerUrl(text: string): ServerUrl {
  const url = URL.parse(text);
  const problem = (why: string) => new LifeboatError("USAGE", { problem: `--url ${text}: ${why}` });
  if (url?.protocol !== "http:") throw problem("is not an address such as http://192.0.2.1:8080/lifeboat");
  if (url.username !== "" || url.search !== "" || url.hash !== "")
    throw problem("must have neither a user nor what begins with ? or #");
  if (url.hostname.startsWith("[")) throw problem("computers that start from the network use IPv4 here");
  return { host: url.host, path: url.pathname.replace(/\/+$/, "") };
}
