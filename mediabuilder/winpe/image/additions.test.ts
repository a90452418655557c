import { expect, test } from "vitest";
import { WimContent } from "../wim/wim-content.ts";
import { pathIn } from "./additions.ts";

test("a file goes into the folders that are there, in their own spelling", () => {
  const content = new WimContent("x.wim", 1, ["/windows", "/windows/SYSTEM32", "/windows/SYSTEM32/winpeshl.ini"]);
  expect(pathIn(content, "/Windows/System32/winpeshl.ini")).toBe("/windows/SYSTEM32/winpeshl.ini");
  expect(pathIn(content, "/Windows/System32/drivers/x.sys")).toBe("/windows/SYSTEM32/drivers/x.sys");
  expect(pathIn(content, "/Lifeboat/node.exe")).toBe("/Lifeboat/node.exe");
});
