import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Accelerator } from "#imaging/prove/qemu/options.ts";
import { spawnQemu } from "#imaging/prove/qemu/qemu-process.ts";
import { makeVmFiles, VM_USER } from "#imaging/prove/vm-files.ts";

export interface Acceleration {
  readonly accelerator: Accelerator;
  /** Number of the group that may use it. */
  readonly group: number | undefined;
  /** In plain words: why it is not KVM. */
  readonly because: string | undefined;
}

const KVM = "/dev/kvm";
/** Firmware says its first word within a second. */
const PROBE_MS = 10_000;
const FIRST_WORD = "SeaBIOS";

/**
 * KVM where it works, which only a start tells: the device may be there and refuse, or take a guest and never run it
 * (nested, in containers). @throws TOOL_MISSING without QEMU
 */
export async function findAcceleration(signal: AbortSignal): Promise<Acceleration> {
  const device = await stat(KVM).catch(() => undefined);
  if (!device?.isCharacterDevice()) return emulated("this machine has no KVM");
  const problem = await probeKvm(device.gid, signal);
  return problem === undefined ? { accelerator: "kvm", group: device.gid, because: undefined } : emulated(problem);
}

/** A system has times of its own after which it gives up: they must not pass faster than its processor works. */
export const emulated = (because: string | undefined): Acceleration => ({
  accelerator: "steady-tcg",
  group: undefined,
  because,
});

/** @returns why it does not work */
async function probeKvm(group: number, signal: AbortSignal): Promise<string | undefined> {
  await using files = await makeVmFiles("bios", VM_USER);
  const args = [
    ...["-nodefaults", "-no-user-config", "-machine", "q35", "-accel", "kvm", "-cpu", "host", "-m", "64"],
    ...["-display", "none", "-serial", "stdio", "-fw_cfg", `name=etc/sercon-port,file=${files.serialPort}`],
  ];
  await using qemu = spawnQemu(args, { user: VM_USER, group });
  let said = "";
  const spoke = Promise.withResolvers<true>();
  qemu.stdout.on("data", (text: Buffer) => {
    said = (said + text.toString("latin1")).slice(-1024);
    if (said.includes(FIRST_WORD)) spoke.resolve(true);
  });
  const over = new AbortController();
  const late = sleep(PROBE_MS, false, { signal: AbortSignal.any([signal, over.signal]) });
  late.catch(() => {});
  const works = await Promise.race([spoke.promise, qemu.closed.then(() => false), late]);
  over.abort();
  signal.throwIfAborted();
  if (works) return undefined;
  if (qemu.running) return "KVM takes a guest, and does not run it";
  return `KVM does not work: ${qemu.messages().split("\n").at(-1) ?? ""}`.trim();
}
