import { expect, test } from "vitest";
import { qemuCommand } from "#imaging/prove/qemu/qemu-process.ts";

test("QEMU ends with its parent, as nobody where that is asked for, with a file that it may not open itself", () => {
  expect(qemuCommand(["-m", "1"], {}).join(" ")).toBe("setpriv --pdeathsig KILL -- qemu-system-x86_64 -m 1");
  expect(qemuCommand([], { user: 7, group: 8, opened: "/x" }).join(" ")).toBe(
    'sh -c exec 3<>"$1"; shift; exec "$@" sh /x setpriv --reuid 7 --regid 7 --groups 8 --no-new-privs --pdeathsig KILL -- qemu-system-x86_64 -add-fd fd=3,set=1',
  );
  expect(qemuCommand([], { user: 7 })).toContain("--clear-groups");
  expect(qemuCommand([], { network: 42 }).join(" ")).toBe(
    "nsenter --target 42 --net -- setpriv --pdeathsig KILL -- qemu-system-x86_64",
  );
});
