import { expect, test } from "vitest";
import {
  ADDED_PARAMETERS,
  changeEntry,
  changeGrubConfig,
  changeSyslinuxConfig,
} from "#imaging/prove/prepare/kernel-lines.ts";

const GRUB = `set timeout=5
if [ x = y ]; then
  terminal_output gfxterm
fi
menuentry "Debian" {
	search --no-floppy --fs-uuid --set=root 12ab
	linux	/vmlinuz-6.1 root=UUID=12ab ro  quiet splash
	initrd	/initrd.img-6.1
	linuxefi /vmlinuz-6.2 ro
	linux /goes \\
	  on ro
}
`;

test("grub.cfg: every kernel prints on the serial port, GRUB through the firmware, and nothing else changes", () => {
  const { text, kernels } = changeGrubConfig(GRUB);
  expect(kernels).toBe(2);
  const lines = text.split("\n");
  expect(lines[2]).toBe("  terminal_output console");
  expect(lines[6]).toBe(`	linux	/vmlinuz-6.1 root=UUID=12ab ro  quiet splash ${ADDED_PARAMETERS}`);
  expect(lines[8]).toBe(`	linuxefi /vmlinuz-6.2 ro ${ADDED_PARAMETERS}`);
  const others = (all: readonly string[]) => all.filter((_, i) => ![2, 6, 8].includes(i));
  expect(others(lines)).toEqual(others(GRUB.split("\n")));
});

test("entries of the Boot Loader Specification, with and without options, and SYSLINUX", () => {
  expect(changeEntry("title x\nlinux /k\noptions root=/dev/x quiet\n")).toEqual({
    text: `title x\nlinux /k\noptions root=/dev/x quiet ${ADDED_PARAMETERS}\n`,
    kernels: 1,
  });
  expect(changeEntry("title x\nlinux /k")).toEqual({
    text: `title x\nlinux /k\noptions ${ADDED_PARAMETERS}\n`,
    kernels: 1,
  });
  expect(changeEntry("title x\nefi /shell.efi\n").kernels).toBe(0);
  expect(changeSyslinuxConfig("LABEL x\n  KERNEL /k\n  APPEND ro quiet\n")).toEqual({
    text: `LABEL x\n  KERNEL /k\n  APPEND ro quiet ${ADDED_PARAMETERS}\n`,
    kernels: 1,
  });
});

test("the serial port is the kernel's last console, and so its main one", () => {
  expect(ADDED_PARAMETERS.indexOf("console=tty0")).toBeLessThan(ADDED_PARAMETERS.indexOf("console=ttyS0"));
});
