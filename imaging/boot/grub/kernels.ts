import type { SystemTree } from "#imaging/installed/system-tree.ts";

/** A kernel that is installed, with what it starts with. */
export interface Kernel {
  readonly version: string;
  /** Files of the system. */
  readonly linux: string;
  /** In the order in which they are loaded: microcode first. */
  readonly initrds: readonly string[];
  /** Made by the system for the case that others fail. */
  readonly isRescue: boolean;
}

const KERNEL = /^(?:vmlinuz|vmlinux|kernel|bzImage)-(.+)$/;
const MICROCODE = ["amd-ucode.img", "intel-ucode.img", "early_ucode.cpio", "microcode.cpio"];
const COPIES = /\.(?:old|bak|dpkg-\w+|rpm\w+|hmac|sig|efi\.signed)$/;

/** The kernels in /boot, newest first, those for rescue last. */
export async function kernelsOf(tree: SystemTree, folder = "/boot"): Promise<Kernel[]> {
  const names = await tree.list(folder);
  const microcode = MICROCODE.filter((name) => names.includes(name));
  const kernels = names.flatMap((name): Kernel[] => {
    const version = KERNEL.exec(name)?.[1];
    if (version === undefined || COPIES.test(name)) return [];
    const initrd = initrdNames(version).find((one) => names.includes(one));
    const initrds = initrd === undefined ? [] : [...microcode, initrd];
    return [
      {
        version,
        linux: `${folder}/${name}`,
        initrds: initrds.map((one) => `${folder}/${one}`),
        isRescue: /rescue/.test(version),
      },
    ];
  });
  const files: Kernel[] = [];
  for (const kernel of kernels) if ((await tree.kind(kernel.linux)) === "file") files.push(kernel);
  return files.toSorted((a, b) => Number(a.isRescue) - Number(b.isRescue) || compareVersions(b.version, a.version));
}

/** Debian; Fedora, Arch; SUSE; Gentoo. */
const initrdNames = (version: string): string[] => [
  `initrd.img-${version}`,
  `initramfs-${version}.img`,
  `initrd-${version}`,
  `initrd-${version}.img`,
  `initramfs-${version}`,
];

/** Numbers by value, all else by letter: 6.9.1 is before 6.12.0. */
export function compareVersions(a: string, b: string): number {
  const parts = (text: string) => text.match(/\d+|\D+/g) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x = "", y = ""] = [left[i], right[i]];
    const [m, n] = [Number(x), Number(y)];
    if (x !== "" && y !== "" && Number.isFinite(m) && Number.isFinite(n)) {
      if (m !== n) return m - n;
    } else if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}
