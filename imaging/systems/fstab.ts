/** Folders that belong to a system itself; what is mounted elsewhere (/home, /srv, /data) is its users'. */
const SYSTEM_FOLDERS = ["/", "/boot", "/boot/efi", "/efi", "/usr", "/var", "/opt", "/etc", "/root", "/tmp"];

/** A line of fstab(5) that is part of the system, and how it calls what is mounted. */
export interface SystemMount {
  readonly device: string;
  /** "swap" for swap space. */
  readonly folder: string;
  /** As the line gives them: "rw,subvol=@". */
  readonly options: string;
}

/** What a system needs of what its fstab(5) names. */
export function systemMounts(text: string): SystemMount[] {
  return text.split("\n").flatMap((line) => {
    const [device = "", folder = "", type = "", options = ""] = line.trim().split(/\s+/);
    if (device === "" || device.startsWith("#")) return [];
    if (type === "swap") return [{ device, folder: "swap", options }];
    const isSystem = SYSTEM_FOLDERS.includes(folder) || folder.startsWith("/var/") || folder.startsWith("/usr/");
    return isSystem ? [{ device, folder, options }] : [];
  });
}
