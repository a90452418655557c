import { basename, join } from "node:path";
import { runTool } from "../tool.ts";

/**
 * Runs a program of the Debian root on this machine, without a chroot: the root's own loader with the root's own libraries. So it is of
 * one version with the files it works on, and need not be installed here.
 */
export function runRootTool(root: string, program: string, args: readonly string[], purpose: string): Promise<string> {
  const libraries = ["usr/lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu/systemd"].map((path) => join(root, path));
  const loader = ["--library-path", libraries.join(":"), "--argv0", basename(program), join(root, program)];
  return runTool(join(root, "usr/lib64/ld-linux-x86-64.so.2"), [...loader, ...args], { purpose });
}
