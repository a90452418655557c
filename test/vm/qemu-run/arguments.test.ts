import { describe, expect, it } from "vitest";
import { qemuArguments } from "./arguments.ts";
import { parseForwardedPorts } from "./forwarded-ports.ts";
import { chordsOf, parseChord } from "./keys.ts";
import type { DiskBus, RunFiles, VmOptions } from "./options.ts";

const files: RunFiles = { serialLog: "/r/serial.log", qmpSocket: "/r/qmp", overlays: new Map() };
const build = (options: Partial<VmOptions>, more: Partial<RunFiles> = {}) =>
  qemuArguments({ name: "t", ...options }, { ...files, ...more }).join(" ");
const disk = (bus: DiskBus) => ({ file: "d.raw", format: "raw", bus }) as const;

describe("qemuArguments", () => {
  it("never uses KVM", () => {
    for (const firmware of ["bios", "uefi", "uefi-secure-boot"] as const) {
      const line = build({ firmware }, { variables: "/r/v.fd" });
      expect(line).toContain("-accel tcg,thread=multi -cpu max");
      expect(line).not.toMatch(/kvm/i);
    }
  });

  it("gives Secure Boot a flash that only SMM writes", () => {
    const line = build({ firmware: "uefi-secure-boot" }, { variables: "/r/v.fd" });
    expect(line).toContain("-machine q35,smm=on -global driver=cfi.pflash01,property=secure,value=on");
    expect(line).toMatch(/unit=0,file=\S*secboot.fd,readonly=on/);
    expect(line).toContain("unit=1,file=/r/v.fd");
    expect(() => build({ firmware: "uefi" })).toThrow("variable store");
  });

  it.each([
    ["virtio", "virtio-blk-pci,drive=disk0"],
    ["ahci", "ide-hd,bus=ide.1,drive=disk0"],
    ["nvme", "nvme,drive=disk0"],
    ["scsi", "scsi-hd,bus=scsi0.0,drive=disk0"],
    ["usb", "usb-storage,bus=xhci.0,removable=on,drive=disk0"],
  ] as const)("attaches a %s disk", (bus, device) => {
    expect(build({ disks: [disk(bus)] })).toContain(`-device ${device},serial=LIFEBOAT-0,bootindex=10`);
  });

  it("puts an overlay in the place of the file, and passes serial, sector size and boot index", () => {
    const options = { ...disk("virtio"), overlay: true, serial: "A,B", sectorSize: 4096, bootIndex: 1 } as const;
    const line = build({ disks: [options] }, { overlays: new Map([[0, "/r/o.qcow2"]]) });
    expect(line).toContain("format=qcow2,file=/r/o.qcow2");
    expect(line).not.toContain("d.raw");
    expect(line).toContain("serial=A,,B,bootindex=1,logical_block_size=4096,physical_block_size=4096");
  });

  it("boots the CD before the disks", () => {
    const line = build({ cdrom: "x.iso", disks: [disk("virtio"), disk("ahci")] });
    const order = [...line.matchAll(/bootindex=(\d+)/g)].map((m) => Number(m[1]));
    expect(order).toEqual([10, 11, 5]);
  });

  it("restricts the network and forwards from a port that the system chooses", () => {
    const line = build({ nics: [{ forward: [80, 22] }, { restrict: false }] });
    expect(line).toContain("user,id=net0,restrict=on,hostfwd=tcp:127.0.0.1:0-:80,hostfwd=tcp:127.0.0.1:0-:22 ");
    expect(line).toContain("user,id=net1,restrict=off ");
  });

  it("sets the display's size, or no display", () => {
    expect(build({ displaySize: { width: 800, height: 600 } })).toContain("VGA,edid=on,xres=800,yres=600");
    expect(build({ display: "virtio" })).toContain("virtio-vga,edid=on,xres=1280,yres=800");
    expect(build({ display: "none" })).toContain("-vga none");
  });
});

it("parseForwardedPorts reads the table of QEMU 7.2", () => {
  const table = `VLAN -1 (net0):\r
  Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ\r
  TCP[HOST_FORWARD]  12       127.0.0.1 34567       10.0.2.15    80     0     0\r
Hub -1 (net1):\r
  TCP[HOST_FORWARD]  14       127.0.0.1 40001       10.0.2.15    22     0     0\r\n`;
  const ports = parseForwardedPorts(table);
  expect([...ports]).toEqual([
    ["0:80", 34567],
    ["1:22", 40001],
  ]);
});

it("keys: chords and text", () => {
  expect(parseChord("shift-tab")).toEqual(["shift", "tab"]);
  expect(parseChord("enter")).toEqual(["ret"]);
  expect(chordsOf("aB:\n")).toEqual([["a"], ["shift", "b"], ["shift", "semicolon"], ["ret"]]);
  expect(() => chordsOf("ü")).toThrow("no key");
});
