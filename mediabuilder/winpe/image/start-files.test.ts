import { expect, test } from "vitest";
import { MediumSettings } from "#base/medium-settings.ts";
import { startFiles } from "./start-files.ts";

const file = (path: string): string => String(startFiles().find((one) => one.path === path)?.content);

test("every script ends its lines as cmd.exe wants them", () => {
  for (const { path, content } of startFiles())
    if (/\.(cmd|ini)$/.test(path)) expect(String(content).replaceAll("\r\n", ""), path).not.toMatch(/[\r\n]/);
});

test("the settings are those of a medium, and open the pages behind a code", () => {
  const settings = MediumSettings.parse(JSON.parse(file("/Lifeboat/settings.json")));
  expect(settings.remoteAccess.pages).toBe("pairing");
});

test("the network and the drivers come before the server, and the prompt is left free", () => {
  const startnet = file("/Windows/System32/startnet.cmd");
  expect(startnet.indexOf("\r\nwpeinit\r\n")).toBeGreaterThan(0);
  expect(startnet.indexOf("\r\nwpeinit\r\n")).toBeLessThan(startnet.indexOf("drvload"));
  expect(startnet.indexOf("drvload")).toBeLessThan(startnet.indexOf("serve.cmd"));
  expect(file("/Lifeboat/serve.cmd")).toContain('start "Lifeboat server" cmd /k');
});
