import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { changeInittab, INIT_SCRIPT, NO_STATE, readMark, SYSTEMD_SCRIPT } from "#imaging/prove/prepare/marker.ts";

test("what the copied system says is read, and nothing else", () => {
  const named = readMark("LIFEBOAT-PROOF host=office", NO_STATE);
  expect(named.host).toBe("office");
  const line =
    "LIFEBOAT-PROOF state=degraded targets=multi-user.target, login=getty@tty1.service,serial-getty@ttyS0.service, display= failed=a.service,";
  expect(readMark(line, named)).toEqual({
    ...{ host: "office", state: "degraded", display: undefined, failed: ["a.service"] },
    ...{ targets: ["multi-user.target"], login: ["getty@tty1.service", "serial-getty@ttyS0.service"] },
  });
  expect(readMark("anything else", named)).toBe(named);
  expect(readMark("LIFEBOAT-PROOF nonsense", named)).toBe(named);
});

test("names without end are cut", () => {
  const long = `LIFEBOAT-PROOF state=running failed=${"x".repeat(10_000)},${"y,".repeat(10_000)}`;
  const { failed } = readMark(long, NO_STATE);
  expect(failed).toHaveLength(50);
  expect(failed[0]).toHaveLength(128);
});

test("an inittab gets a line at its end, in its own manner", () => {
  expect(changeInittab("id:2:initdefault:\nl2:2:wait:/etc/rc 2")).toBe(
    "id:2:initdefault:\nl2:2:wait:/etc/rc 2\nlbp:2345:once:/bin/sh /etc/lifeboat-boot-proof\n",
  );
  expect(changeInittab("::sysinit:/sbin/openrc sysinit\n::wait:/sbin/openrc default\n")).toMatch(
    /default\n::once:\/bin\/sh \/etc\/lifeboat-boot-proof\n$/,
  );
});

test.each([
  ["systemd's", SYSTEMD_SCRIPT],
  ["init's", INIT_SCRIPT],
])("%s script is one to sh", (_name, script) => {
  execFileSync("sh", ["-n"], { input: script });
});
