/** A VM for a developer: `node test/vm/qemu-run/main.ts --help`. */
import { parseArgs } from "node:util";
import type { DirectBoot } from "#imaging/prove/qemu/options.ts";
import { parseDisk, parseOption, parseSize } from "./command-line.ts";
import { startVm } from "./start-vm.ts";

const HELP = `node test/vm/qemu-run/main.ts [options]
  --disk FILE:BUS[:ro|:overlay|:4k]  virtio, ahci, nvme, scsi or usb; may be repeated (*.qcow2 is qcow2, all else raw)
  --cdrom FILE             attach it and boot it first
  --firmware F             bios (default), uefi, uefi-secure-boot
  --memory MIB --cpus N    default 1024 and 2
  --display D --size WxH   std (default), virtio, none; default 1280x800
  --forward PORT           a guest's TCP port on a free port of 127.0.0.1; may be repeated
  --online                 the guest may reach the network
  --kernel F --initrd F --append TEXT   boot a kernel directly
  --name NAME              logs go to out/vm/NAME, default "sit"
  --screenshot FILE@SEC    a PNG after so many seconds; may be repeated
  --until TEXT             end when the serial port has said TEXT
  --seconds N              end after so long
  --sit                    stay until the guest ends (or ctrl-c); keys typed go to its serial port
Without --sit, --until and --seconds it stays as well.`;

const { values } = parseArgs({
  options: {
    disk: { type: "string", multiple: true, default: [] },
    cdrom: { type: "string" },
    firmware: { type: "string", default: "bios" },
    memory: { type: "string", default: "1024" },
    cpus: { type: "string", default: "2" },
    display: { type: "string", default: "std" },
    size: { type: "string", default: "1280x800" },
    forward: { type: "string", multiple: true, default: [] },
    online: { type: "boolean", default: false },
    kernel: { type: "string" },
    initrd: { type: "string" },
    append: { type: "string" },
    name: { type: "string", default: "sit" },
    screenshot: { type: "string", multiple: true, default: [] },
    until: { type: "string" },
    seconds: { type: "string" },
    sit: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const directBoot = (kernel: string): DirectBoot => ({
  kernel,
  ...(values.initrd ? { initrd: values.initrd } : {}),
  ...(values.append ? { append: values.append } : {}),
});

async function main(): Promise<void> {
  if (values.help) return console.log(HELP);
  await using vm = await startVm({
    name: values.name,
    firmware: parseOption("--firmware", values.firmware, ["bios", "uefi", "uefi-secure-boot"] as const),
    memoryMiB: Number(values.memory),
    cpus: Number(values.cpus),
    display: parseOption("--display", values.display, ["std", "virtio", "none"] as const),
    displaySize: parseSize(values.size),
    disks: values.disk.map(parseDisk),
    nics:
      values.forward.length || values.online ? [{ forward: values.forward.map(Number), restrict: !values.online }] : [],
    ...(values.cdrom ? { cdrom: values.cdrom } : {}),
    ...(values.kernel ? { direct: directBoot(values.kernel) } : {}),
    reboot: values.sit,
  });
  const say = (text: string) => process.stderr.write(`[vm ${vm.elapsedSeconds.toFixed(1)} s] ${text}\n`);
  say(`pid ${vm.pid}, serial log ${vm.serialLog}`);
  for (const port of values.forward) say(`guest port ${port}: 127.0.0.1:${await vm.forwardedPort(Number(port))}`);
  vm.onSerial((text) => process.stdout.write(text));
  process.stdin.on("data", (typed: Buffer) => vm.sendSerial(typed.toString()));
  for (const shot of values.screenshot) {
    const [, file = "", seconds = ""] = /^(.+)@([\d.]+)$/.exec(shot) ?? [];
    setTimeout(
      () => vm.screendump(`./${file}`).then(say, (e: Error) => say(e.message)),
      Number(seconds) * 1000,
    ).unref();
  }
  const interrupted = new Promise<string>((resolve) => process.once("SIGINT", () => resolve("interrupted")));
  const ends: Promise<string>[] = [vm.exited, interrupted];
  if (values.until)
    ends.push(vm.waitForSerial(values.until, { timeout: Number(values.seconds ?? 86_400) }).then(() => "found"));
  else if (values.seconds)
    ends.push(new Promise((resolve) => setTimeout(() => resolve("time"), Number(values.seconds) * 1000)));
  const why = await Promise.race(ends);
  say(`${why}, peak memory ${Math.round(vm.peakMemory / 2 ** 20)} MiB`);
}

await main();
process.stdin.destroy();
