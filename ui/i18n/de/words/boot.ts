import type { SentencesOf } from "#ui/i18n/tell.ts";

const PARTS = {
  ...{
    grub: "Das signierte GRUB",
    manager: "Die Schlüsselverwaltung",
    shim: "Das signierte erste Startprogramm, shim,",
  },
  ...{ line: "Den Verweis auf das Menü von GRUB", name: "Den Namen des Startprogramms" },
} as const;
const own = (isOwn: boolean): string => (isOwn ? "des Systems selbst" : "des Rettungssystems");

export const bootWords: SentencesOf<"boot"> = {
  "boot.no-system":
    "Auf diesem Datenträger wurde kein installiertes System gefunden: Es gibt nichts, was die Firmware starten könnte",
  "boot.several-esps": (p) =>
    `Der Datenträger hat ${p.count} EFI-Systempartitionen (${p.list.join(", ")}); jedes System benutzt die, die es einhängt, und keine andere wird angelegt`,
  "boot.closed": (p) => `Nicht angesehen: ${p.what}`,
  "boot.windows-table": "Windows startet mit UEFI nur von einer GPT und mit BIOS nur von einem MBR",
  "boot.next-table":
    "Wandeln Sie die Partitionstabelle unter „Partitionen“ um, oder wählen Sie beim Wiederherstellen in der Aufteilung eine andere Tabelle.",
  "boot.grub-embedded": (p) => `GRUB für BIOS wird in ${p.where} geschrieben, gebaut aus den Modulen ${own(p.isOwn)}`,
  "boot.bios-partition": (p) => `die BIOS-Startpartition ${p.number}`,
  "boot.mbr-gap": "die Lücke hinter dem MBR",
  "boot.grub-core": (p) => `Den Kern von GRUB in ${p.where} schreiben`,
  "boot.grub-code": "Den Startcode von GRUB vor die Partitionstabelle schreiben",
  "boot.signature": "Den ersten Sektor als Startcode kennzeichnen (55 AA)",
  "boot.syslinux": "Ein BIOS startet von diesem Datenträger syslinux, das so bleibt, wie es ist",
  "boot.next-syslinux": "Wählen Sie BIOS als Firmware, um an seiner Stelle GRUB zu haben.",
  "boot.no-active": "Keine primäre Partition könnte Windows mit BIOS starten",
  "boot.sector-empty": (p) => `Der Startsektor von Partition ${p.number} enthält keinen Startcode von Windows`,
  "boot.next-sector":
    "Starten Sie das Wiederherstellungsmedium von Windows selbst, und führen Sie aus: bootsect /nt60 SYS",
  "boot.active-code": "Startcode schreiben, der die aktive Partition startet",
  "boot.active": (p) => `Partition ${p.number} als die kennzeichnen, die ein BIOS startet`,
  "boot.hidden-sectors": (p) =>
    `Dem Startsektor von Partition ${p.number}${p.isCopy ? ", in seiner Kopie," : ""} sagen, wo er steht (versteckte Sektoren: ${p.lba})`,
  "boot.signed-loader": (p) =>
    `${PARTS[p.part]} von ${p.name} (${p.from}) auf die EFI-Systempartition bringen, als ${p.path}`,
  "boot.own-grub": (p) => `Das GRUB aus EFI/${p.home} dorthin bringen, wo Firmware ohne Eintrag startet`,
  "boot.built-grub": (p) =>
    `Ein GRUB für ${p.name}, gebaut aus den Modulen ${own(p.isOwn)}, auf die EFI-Systempartition bringen, als ${p.path}`,
  "boot.systemd-boot": (p) => `systemd-boot von ${p.name} auf die EFI-Systempartition bringen, als ${p.path}`,
  "boot.windows-loader": (p) =>
    `Den Start-Manager von Windows ablegen als ${p.path}, wo Firmware nachsieht, die keinen Eintrag für ihn hat`,
  "boot.windows-file": (p) => `${p.file} des Start-Managers von Windows auf die EFI-Systempartition bringen`,
  "boot.fallback-other": (p) =>
    `${p.path}, das Firmware ohne Eintrag startet, ist ein anderes Startprogramm (${p.loader}); es bleibt`,
  "boot.fallback-windows": (p) => `${p.path}, das Firmware ohne Eintrag startet, ist das von Windows; es bleibt`,
  "boot.fallback-not-windows": (p) =>
    `${p.path}, das Firmware ohne Eintrag startet, ist nicht das von Windows; es bleibt`,
  "boot.unsigned": (p) =>
    `Das GRUB für ${p.name} wird hier gebaut und ist nicht signiert: Secure Boot muss ausgeschaltet sein`,
  "boot.next-unsigned":
    "Installieren Sie im System die Pakete shim-signed und grub-efi-amd64-signed (oder wie die Distribution sie nennt), und reparieren Sie noch einmal.",
  "boot.fstab": (p) => `${p.folder} in /etc/fstab berichtigen: ${p.device} ist auf keinem Volume dieses Datenträgers`,
  "boot.fstab-new": "Die EFI-Systempartition in /etc/fstab eintragen, unter /boot/efi",
  "boot.menu-missing": "Das Menü von GRUB anlegen: Es gibt keines",
  "boot.menu-empty": "Das Menü von GRUB neu anlegen: Es hat keine Einträge",
  "boot.menu-dead": "Das Menü von GRUB neu anlegen: Keiner seiner Einträge startet einen Kernel, der da ist",
  "boot.menu-names": (p) =>
    `Das Menü von GRUB berichtigen, das ${p.list.join(", ")} nennt: kein Volume dieses Datenträgers`,
  "boot.menu-lost": (p) => `Ein Eintrag des Menüs nennt ${p.path}, das nicht da ist`,
  "boot.entry": (p) => `Den Starteintrag ${p.path} berichtigen: Seine Wurzel ist auf keinem Volume dieses Datenträgers`,
  "boot.entry-lost": (p) => `Der Starteintrag ${p.path} nennt ${p.list.join(", ")}, und das ist nicht da`,
  "boot.module": (p) => `Das Modul ${p.file} von GRUB neben das Menü legen, aus dem GRUB ${own(p.isOwn)}`,
  "boot.modules": (p) => `Die ${p.count} Module von GRUB neben das Menü legen, aus dem GRUB ${own(p.isOwn)}`,
  "boot.entry-stale": (p) =>
    `Der Starteintrag ${p.entry} (${p.label}) nennt eine Partition, die auf keinem Datenträger dieses Computers ist; er bleibt`,
  "boot.bcd-closed": (p) =>
    `Die Startkonfiguration von Windows auf Partition ${p.number} wurde nicht angesehen: Die Partition oder der Datenträger hat keine Kennung, oder es ließ sich nicht öffnen`,
};
