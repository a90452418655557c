import { at, bytes, struct, u32, uuid } from "#base/struct.ts";

/** It lies 1024 bytes into the volume, behind room for a boot loader. */
export const swapHeader = struct("swap_header.info", "Linux kernel, include/linux/swap.h, union swap_header", 44, {
  version: at(0, u32, "1"),
  lastPage: at(4, u32, "number of the last page"),
  badPages: at(8, u32, "how many pages are listed as bad"),
  uuid: at(12, uuid, ""),
  label: at(28, bytes(16), "UTF-8, padded with NUL"),
});

/** The last 10 bytes of the first page. */
export const SWAP_SIGNATURES = ["SWAPSPACE2", "SWAP-SPACE"] as const;

/** What takes their place while a system sleeps in the swap space (kernel, uswsusp), as in util-linux, swap.c. */
export const HIBERNATION_SIGNATURES = ["S1SUSPEND", "S2SUSPEND", "ULSUSPEND", "LINHIB0001"] as const;

/** TuxOnIce leaves the swap signature as it is, and puts its own at the volume's start. */
export const TUXONICE_SIGNATURE = "\xed\xc3\x02\xe9\x98\x56\xe5\x0c";
