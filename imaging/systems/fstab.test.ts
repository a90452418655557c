import { expect, test } from "vitest";
import { systemMounts } from "#imaging/systems/fstab.ts";

test("of an fstab, what belongs to the system itself and swap space", () => {
  const text = `# comment
UUID=1 / ext4 defaults 0 1
 LABEL=b	/boot   ext4 defaults 0 2
UUID=3 /home ext4 defaults 0 2
/dev/sdb1 /srv/data xfs defaults 0 0
UUID=4 none swap sw 0 0
/dev/mapper/vg-var /var/log ext4 defaults 0 2
tmpfs /tmp tmpfs rw 0 0
nonsense
`;
  expect(systemMounts(text).map(({ folder }) => folder)).toEqual(["/", "/boot", "swap", "/var/log", "/tmp"]);
});
