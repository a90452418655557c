import { describe, expect, it } from "vitest";
import { qemuArguments } from "#imaging/prove/qemu/arguments.ts";
import type { DiskBus, RunFiles, VmOptions } from "#imaging/prove/qemu/options.ts";

const files: RunFiles = { serialLog: "/r/serial.log", overlays: new Map() };
const build = (options: Partial<VmOptions>, more: Partial<RunFiles> = {}) =>
  qemuArguments({ name: "t", ...options }, { ...files, ...more }).join(" ");
const disk = (bus: DiskBus) => ({ file: "d.raw", format: "raw", bus }) as const;

describe("qemuArguments", () => {
  it("uses KVM only where it is asked for", () => {
    for (const firmware of ["bios", "uefi", "uefi-secure-boot"] as const) {
      const line = build({ firmware }, { variables: "/r/v.fd" });
      expect(line).toContain("-accel tcg,thread=multi -cpu max");
      expect(line).not.toMatch(/kvm/i);
    }
    expect(build({ accelerator: "kvm" })).toContain("-accel kvm -cpu host");
    expect(build({ accelerator: "steady-tcg" })).toMatch(/-accel tcg,thread=single -cpu max -icount shift=\d,/);
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
    ["scsi", "virtio-scsi-pci,id=scsi0", "scsi-hd,bus=scsi0.0,drive=disk0"],
    ["usb", "usb-storage,bus=xhci.0,removable=on,drive=disk0"],
    ["lsi", "lsi53c895a,id=lsi0", "scsi-hd,bus=lsi0.0,drive=disk0"],
    ["mptsas", "mptsas1068,id=mptsas0", "scsi-hd,bus=mptsas0.0,drive=disk0"],
    ["megasas", "megasas,id=megasas0", "scsi-hd,bus=megasas0.0,drive=disk0"],
    ["pvscsi", "pvscsi,id=pvscsi0", "scsi-hd,bus=pvscsi0.0,drive=disk0"],
  ] as const)("attaches a %s disk", (bus, ...devices) => {
    const line = build({ disks: [disk(bus)] });
    expect(line).toContain(`-device ${devices.at(-1)},serial=LIFEBOAT-0,bootindex=10`);
    for (const controller of devices.slice(0, -1)) expect(line).toContain(`-device ${controller} `);
  });

  it("puts an overlay in the place of the file, and passes serial, sector size and boot index", () => {
    const options = { ...disk("virtio"), overlay: true, serial: "A,B", sectorSize: 4096, bootIndex: 1 } as const;
    const line = build({ disks: [options] }, { overlays: new Map([[0, "/r/o.qcow2"]]) });
    expect(line).toContain("format=qcow2,file=/r/o.qcow2");
    expect(line).not.toContain("d.raw");
    expect(line).toContain("serial=A,,B,bootindex=1,logical_block_size=4096,physical_block_size=4096");
  });

  it("gives a USB disk of large sectors a device of its own, which keeps to them", () => {
    const line = build({ disks: [disk("ahci"), { ...disk("usb"), serial: "A", sectorSize: 4096 }] });
    expect(line).toContain(
      "-device usb-bot,bus=xhci.0,id=usb1,serial=A -device scsi-hd,bus=usb1.0,lun=0,removable=on,",
    );
    expect(line).toContain("drive=disk1,serial=A,bootindex=11,logical_block_size=4096");
    expect(line).not.toContain("usb-storage");
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

  it("starts from the network, before all disks", () => {
    const line = build({ nics: [{ netboot: { folder: "/a,b", file: "boot.efi" } }], disks: [disk("virtio")] });
    expect(line).toContain("user,id=net0,restrict=on,tftp=/a,,b,bootfile=boot.efi ");
    expect(line).toContain("mac=52:54:00:4c:42:10,bootindex=0");
  });

  it("has cards in networks of the host, and starts from them in their order", () => {
    const line = build({ nics: [{ tap: "tap0" }, { tap: "tap1" }] });
    expect(line).toContain(
      "-netdev tap,id=net1,ifname=tap1,script=no,downscript=no -device virtio-net-pci,netdev=net1",
    );
    expect(line).toContain("mac=52:54:00:4c:42:11,bootindex=1");
  });

  it("starts UEFI from the network by the firmware's own driver, where it has one", () => {
    const netboot = { folder: "/a", file: "boot.efi" };
    expect(build({ firmware: "uefi", nics: [{ netboot }] }, { variables: "/r/v.fd" })).toContain(
      "bootindex=0,romfile= ",
    );
    expect(build({ firmware: "uefi", nics: [{ netboot, model: "e1000e" }] }, { variables: "/r/v.fd" })).not.toContain(
      "romfile",
    );
  });

  it("is a sandbox, and tells the serial port only what it is given for it", () => {
    expect(build({})).toContain("-sandbox on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny");
    expect(build({})).toContain("stdio,id=serial0,signal=off,logfile=/r/serial.log");
    const line = qemuArguments({ name: "t" }, { overlays: new Map(), serialPort: "/r/port" });
    expect(line.join(" ")).toContain("signal=off -serial chardev:serial0 -fw_cfg name=etc/sercon-port,file=/r/port");
  });

  it("sets the display's size, or no display", () => {
    expect(build({ displaySize: { width: 800, height: 600 } })).toContain("VGA,edid=on,xres=800,yres=600");
    expect(build({ display: "virtio" })).toContain("virtio-vga,edid=on,xres=1280,yres=800");
    expect(build({ display: "none" })).toContain("-vga none");
  });
});
