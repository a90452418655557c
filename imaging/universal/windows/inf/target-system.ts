/** As .inf files call them. */
export type WindowsArchitecture = "x86" | "amd64" | "arm" | "arm64";

/** The Windows that a driver is for, as far as .inf files ask for it. */
export interface TargetSystem {
  readonly architecture: WindowsArchitecture;
  /** 6.1 of Windows 7, 10.0 of Windows 10 and 11. */
  readonly major: number;
  readonly minor: number;
  /** 7601, 19045, 22631. */
  readonly build: number;
  /** 1 workstation, 2 domain controller, 3 server. */
  readonly productType: 1 | 2 | 3;
}
