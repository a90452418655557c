import type { WindowsTestArguments } from "#test/windows/arguments.ts";

/** Words on the serial port, by which the test knows where Windows is. */
export const INSTALLED = "LIFEBOAT-WINDOWS-INSTALLED";
export const UP = "LIFEBOAT-WINDOWS-UP";

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const component = (name: string, content: string): string => `
    <component name="${name}" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">${content}
    </component>`;

const commands = (list: string, item: string, all: readonly string[], tag = "Path"): string => {
  const rows = all.map(
    (command, at) => `
        <${item} wcm:action="add"><Order>${at + 1}</Order><${tag}>${escaped(command)}</${tag}></${item}>`,
  );
  return `
      <${list}>${rows.join("")}
      </${list}>`;
};

interface Planned {
  readonly type: "EFI" | "MSR" | "Primary";
  readonly size?: number;
  readonly format?: "FAT32" | "NTFS";
  readonly active?: boolean;
}

const LAYOUTS: Readonly<Record<"bios" | "uefi", readonly Planned[]>> = {
  uefi: [
    { type: "EFI", size: 260, format: "FAT32" },
    { type: "MSR", size: 16 },
    { type: "Primary", format: "NTFS" },
  ],
  bios: [
    { type: "Primary", size: 500, format: "NTFS", active: true },
    { type: "Primary", format: "NTFS" },
  ],
};

function disk(firmware: "bios" | "uefi"): string {
  const parts = LAYOUTS[firmware];
  const made = parts.map(({ type, size }, at) => {
    const room = size === undefined ? "<Extend>true</Extend>" : `<Size>${size}</Size>`;
    return `
            <CreatePartition wcm:action="add"><Order>${at + 1}</Order><Type>${type}</Type>${room}</CreatePartition>`;
  });
  const changed = parts.flatMap(({ format, active }, at) => {
    if (format === undefined) return [];
    const letter = at === parts.length - 1 ? "<Letter>C</Letter>" : "";
    return [
      `
            <ModifyPartition wcm:action="add"><Order>${at + 1}</Order><PartitionID>${at + 1}</PartitionID>${active ? "<Active>true</Active>" : ""}<Format>${format}</Format>${letter}</ModifyPartition>`,
    ];
  });
  return `
      <DiskConfiguration>
        <Disk wcm:action="add"><DiskID>0</DiskID><WillWipeDisk>true</WillWipeDisk>
          <CreatePartitions>${made.join("")}
          </CreatePartitions>
          <ModifyPartitions>${changed.join("")}
          </ModifyPartitions>
        </Disk>
      </DiskConfiguration>`;
}

/** Newer Windows asks for hardware that a virtual machine need not have. */
const CHECKS = ["BypassTPMCheck", "BypassSecureBootCheck", "BypassRAMCheck", "BypassCPUCheck"].map(
  (name) => `reg add HKLM\\SYSTEM\\Setup\\LabConfig /v ${name} /t REG_DWORD /d 1 /f`,
);

/** The script lies on the medium with the answers, whatever letter that has. */
const FIRST_LOGON = [
  'cmd /c "for %d in (D E F G H I) do if exist %d:\\lifeboat-up.cmd copy /y %d:\\lifeboat-up.cmd C:\\lifeboat-up.cmd"',
  "powercfg /h off",
  'schtasks /create /f /tn LifeboatUp /sc onstart /ru SYSTEM /tr "cmd /c C:\\lifeboat-up.cmd"',
  `cmd /c "echo ${INSTALLED}> \\\\.\\COM1"`,
  "shutdown /s /t 10",
];

/** Answers for Windows' set-up ("Answer files (unattend.xml)", Microsoft): installs without a question and shuts down. */
export function unattend({
  firmware,
  edition,
  key,
  drivers,
}: Pick<WindowsTestArguments, "firmware" | "edition" | "key" | "drivers">): string {
  const product = key === undefined ? "" : `<ProductKey><Key>${key}</Key><WillShowUI>OnError</WillShowUI></ProductKey>`;
  const setup = component(
    "Microsoft-Windows-Setup",
    `${disk(firmware)}
      <ImageInstall><OSImage>
        <InstallFrom><MetaData wcm:action="add"><Key>/IMAGE/INDEX</Key><Value>${edition}</Value></MetaData></InstallFrom>
        <InstallTo><DiskID>0</DiskID><PartitionID>${LAYOUTS[firmware].length}</PartitionID></InstallTo>
      </OSImage></ImageInstall>
      <UserData><AcceptEula>true</AcceptEula>${product}</UserData>${commands("RunSynchronous", "RunSynchronousCommand", CHECKS)}`,
  );
  const language = component(
    "Microsoft-Windows-International-Core-WinPE",
    "<SetupUILanguage><UILanguage>en-US</UILanguage></SetupUILanguage><InputLocale>en-US</InputLocale><SystemLocale>en-US</SystemLocale><UILanguage>en-US</UILanguage><UserLocale>en-US</UserLocale>",
  );
  const paths = ["D", "E", "F", "G"].map(
    (letter, at) =>
      `<PathAndCredentials wcm:action="add" wcm:keyValue="${at + 1}"><Path>${letter}:\\drivers</Path></PathAndCredentials>`,
  );
  const winpe =
    drivers === undefined
      ? ""
      : component("Microsoft-Windows-PnpCustomizationsWinPE", `<DriverPaths>${paths.join("")}</DriverPaths>`);
  const shell = component(
    "Microsoft-Windows-Shell-Setup",
    `
      <OOBE><HideEULAPage>true</HideEULAPage><HideOnlineAccountScreens>true</HideOnlineAccountScreens><HideWirelessSetupInOOBE>true</HideWirelessSetupInOOBE><ProtectYourPC>3</ProtectYourPC></OOBE>
      <UserAccounts><LocalAccounts><LocalAccount wcm:action="add"><Name>lifeboat</Name><Group>Administrators</Group><Password><Value>lifeboat</Value><PlainText>true</PlainText></Password></LocalAccount></LocalAccounts></UserAccounts>
      <AutoLogon><Enabled>true</Enabled><LogonCount>1</LogonCount><Username>lifeboat</Username><Password><Value>lifeboat</Value><PlainText>true</PlainText></Password></AutoLogon>${commands("FirstLogonCommands", "SynchronousCommand", FIRST_LOGON, "CommandLine")}`,
  );
  const names = component("Microsoft-Windows-Shell-Setup", "<ComputerName>LIFEBOAT-OLD</ComputerName>");
  return `<?xml version="1.0" encoding="utf-8"?>
<unattend xmlns="urn:schemas-microsoft-com:unattend" xmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State">
  <settings pass="windowsPE">${language}${setup}${winpe}
  </settings>
  <settings pass="specialize">${names}
  </settings>
  <settings pass="oobeSystem">${shell}
  </settings>
</unattend>
`;
}

/** Runs at every start, as the system: waits for our own script of the first start, says what it sees, shuts down. */
export const upScript = (): string =>
  [
    "@echo off",
    "set n=0",
    ":wait",
    "if not exist C:\\Lifeboat\\first-start.cmd goto say",
    "set /a n+=1",
    "if %n%==120 goto say",
    "ping -n 6 127.0.0.1 > nul",
    "goto wait",
    ":say",
    `echo ${UP} computer=%COMPUTERNAME% script=%n%> \\\\.\\COM1`,
    "if exist C:\\Lifeboat\\first-start.log type C:\\Lifeboat\\first-start.log > \\\\.\\COM1",
    "pnputil /enum-devices /connected /class SCSIAdapter > \\\\.\\COM1",
    "pnputil /enum-devices /connected /class HDC > \\\\.\\COM1",
    `echo ${UP}-END> \\\\.\\COM1`,
    "shutdown /s /t 5",
    "",
  ].join("\r\n");
