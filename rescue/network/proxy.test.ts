import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { Network } from "#base/medium/network.ts";
import { proxyEnvironment, proxyScript } from "#rescue/network/proxy.ts";

const proxyOf = (proxy: object) => Network.parse({ proxy }).proxy;

test("user and password are parts of a URL, whatever they have in them", () => {
  const odd = `p@ss:/w"ö'rd`;
  const found = proxyEnvironment(proxyOf({ server: "proxy", port: 3128, user: "an:na", except: [".lan"] }), odd);
  const url = new URL(found["https_proxy"] ?? "");
  expect([decodeURIComponent(url.username), decodeURIComponent(url.password), url.host]).toEqual([
    "an:na",
    odd,
    "proxy:3128",
  ]);
  expect(found).toMatchObject({ HTTP_PROXY: url.href.replace(/\/$/, ""), no_proxy: "localhost,127.0.0.1,::1,.lan" });
  expect(proxyEnvironment(proxyOf({ server: "2001:db8::1", port: 80 }), undefined)["http_proxy"]).toBe(
    "http://[2001:db8::1]:80",
  );
});

test("a shell reads what was meant; without a proxy there is nothing to read", () => {
  const script = proxyScript(proxyEnvironment(proxyOf({ server: "p", port: 1, except: ["it's; $(x)"] }), undefined));
  const said = execFileSync("sh", ["-c", `${script} printf '%s|%s' "$no_proxy" "$NODE_USE_ENV_PROXY"`], {
    encoding: "utf8",
  });
  expect(said).toBe("localhost,127.0.0.1,::1,it's; $(x)|1");
  expect(proxyScript(proxyEnvironment(undefined, undefined))).toBe("");
});
