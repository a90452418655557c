/**
 * Host ports by `<nic>:<guest port>` from the monitor's "info usernet", the only place where QEMU tells which free port
 * it took for `hostfwd=tcp:127.0.0.1:0-:80`.
 */
export function parseForwardedPorts(text: string): ReadonlyMap<string, number> {
  const ports = new Map<string, number>();
  let nic = "";
  for (const line of text.split(/\r?\n/)) {
    nic = /\(net(\d+)\):/.exec(line)?.[1] ?? nic;
    const row = /^\s*TCP\[HOST_FORWARD\]\s+\d+\s+\S+\s+(\d+)\s+\S+\s+(\d+)/.exec(line);
    if (row) ports.set(`${nic}:${row[2]}`, Number(row[1]));
  }
  return ports;
}
