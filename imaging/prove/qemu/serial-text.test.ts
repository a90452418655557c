import { describe, expect, it } from "vitest";
import { SerialText } from "#imaging/prove/qemu/serial-text.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("SerialText", () => {
  it("finds what is printed later, over chunk borders and without escape sequences", async () => {
    const serial = new SerialText();
    const match = serial.waitFor(/READY (\w+)/, 5);
    for (const part of ["\u001b[1;3", "1mREA", "DY t\u001b[0mwo\r\n"]) serial.append(bytes(part));
    expect((await match)[1]).toBe("two");
    expect(serial.text).toBe("READY two\n");
  });

  it("takes a string literally and finds the past", async () => {
    const serial = new SerialText();
    serial.append(bytes("a+b (c)\n"));
    expect((await serial.waitFor("a+b (c)", 1)).index).toBe(0);
  });

  it("rejects with the last 40 lines when the VM ends", async () => {
    const serial = new SerialText();
    for (let i = 0; i < 50; i++) serial.append(bytes(`line ${i}\n`));
    const waiting = serial.waitFor("never", 60);
    serial.end("the VM ended (status 0)");
    const message = await waiting.catch((error: Error) => error.message);
    expect(message).toContain("the VM ended (status 0)");
    expect(message).toContain("line 10\n");
    expect(message).not.toContain("line 9\n");
  });

  it("rejects at a kernel panic, also one that came first", async () => {
    const serial = new SerialText();
    const waiting = serial.waitFor("login:", 60);
    serial.append(bytes("Kernel panic - not syncing: VFS: Unable to mount root fs\n"));
    await expect(waiting).rejects.toThrow("Unable to mount root fs");
    await expect(serial.waitFor("login:", 60)).rejects.toThrow("panicked");
  });

  it("rejects at the timeout", async () => {
    await expect(new SerialText().waitFor("x", 0.01)).rejects.toThrow("0.01 seconds passed");
  });
});
