import { expect, test } from "vitest";
import { marksOf, newNames } from "#imaging/identity/new-names.ts";
import { replaceNames } from "#imaging/identity/replace-names.ts";

const LUKS = "6a1f0c9e-3a52-4d0e-9b1c-0d2f8f5f9a01";
const NEW_LUKS = "11111111-2222-8333-8444-555555555555";
const VG = "AbCdEf-1234-5678-9abc-defg-hijk-lmnopq";
const LV = "rootAA-bbbb-cccc-dddd-eeee-ffff-gggggg";
const [NEW_VG, NEW_LV] = ["newVG0-1111-2222-3333-4444-5555-666666", "newLV0-1111-2222-3333-4444-5555-666666"];
const bare = (id: string) => id.replaceAll("-", "");

const NAMES = newNames({
  references: [
    { from: LUKS, to: NEW_LUKS },
    { from: "1234-ABCD", to: "9999-0000" },
  ],
  groups: [
    {
      ...{ number: 3, from: "my-vg", to: "my-vg_1f", volumes: ["root", "swap_1"] },
      ids: [
        { from: VG, to: NEW_VG },
        { from: LV, to: NEW_LV },
      ],
    },
  ],
});

test.each([
  ["crypttab", `vda3_crypt UUID=${LUKS} none luks`, `vda3_crypt UUID=${NEW_LUKS} none luks`],
  ["a kernel's command line", `rd.luks.uuid=${LUKS.toUpperCase()} ro`, `rd.luks.uuid=${NEW_LUKS} ro`],
  ["as Fedora calls it", `rd.luks.uuid=luks-${LUKS}`, `rd.luks.uuid=luks-${NEW_LUKS}`],
  ["Fedora's mapping", `/dev/mapper/luks-${LUKS} / xfs`, `/dev/mapper/luks-${NEW_LUKS} / xfs`],
  ["with a name", `rd.luks.name=${LUKS}=vault`, `rd.luks.name=${NEW_LUKS}=vault`],
  ["as Arch has it", `cryptdevice=UUID=${LUKS}:vault`, `cryptdevice=UUID=${NEW_LUKS}:vault`],
  ["GRUB's cryptomount", `cryptomount -u ${bare(LUKS)}`, `cryptomount -u ${bare(NEW_LUKS)}`],
  ["GRUB's root in LUKS", `set root='cryptouuid/${bare(LUKS)}'`, `set root='cryptouuid/${bare(NEW_LUKS)}'`],
  ["a serial number", "UUID=1234-abcd /boot/efi", "UUID=9999-0000 /boot/efi"],
  ["device mapper's name", "/dev/mapper/my--vg-root / ext4", "/dev/mapper/my--vg_1f-root / ext4"],
  ["LVM's own path", "resume=/dev/my-vg/swap_1 x", "resume=/dev/my-vg_1f/swap_1 x"],
  ["an encrypted volume", "cryptdevice=/dev/my-vg/root:r", "cryptdevice=/dev/my-vg_1f/root:r"],
  ["dracut's list", "rd.lvm.lv=my-vg/root rd.lvm.vg=my-vg", "rd.lvm.lv=my-vg_1f/root rd.lvm.vg=my-vg_1f"],
  ["GRUB by name", "set root='lvm/my--vg-root'", "set root='lvm/my--vg_1f-root'"],
  ["GRUB by UUID", `--hint='lvmid/${VG}/${LV}' x`, `--hint='lvmid/${NEW_VG}/${NEW_LV}' x`],
  [
    "udev's links",
    `/dev/disk/by-id/dm-name-my--vg-root dm-uuid-LVM-${bare(VG)}${bare(LV)} lvm-pv-uuid-${VG}`,
    `/dev/disk/by-id/dm-name-my--vg_1f-root dm-uuid-LVM-${bare(NEW_VG)}${bare(NEW_LV)} lvm-pv-uuid-${NEW_VG}`,
  ],
  [
    "lvm.conf",
    '\tvolume_list = [ "my-vg", "my-vg/root", "@tag" ]',
    '\tvolume_list = [ "my-vg_1f", "my-vg_1f/root", "@tag" ]',
  ],
  ["two in a row", `${LUKS} ${LUKS}\n1234-ABCD`, `${NEW_LUKS} ${NEW_LUKS}\n9999-0000`],
])("%s", (_, before, after) => {
  expect(replaceNames(before, NAMES)).toBe(after);
});

test.each([
  "/dev/mapper/my--vg-root2 /dev/mapper/my--vg-root-real /dev/mapper/my-vg-root /mnt/dev/mapper/my--vg-root",
  "/dev/my-vg/root2 /dev/my-vg/other /dev/xmy-vg/root /sysroot/dev/my-vg/root",
  "rd.lvm.lv=my-vg/roots rd.lvm.vg=my-vg2 nord.lvm.vg=my-vg LABEL=my-vg my--vg-root my-vg/root",
  `${LUKS}0 0${LUKS} ${LUKS}-1 1111${"1234-abcd"}-3333 ${bare(LUKS)}00 lvmid/${VG}A/x${LV}`,
  '# volume_list = [ "my-vg" ]\nother = [ "my-vg" ]\nfilter = "my-vg"',
])("not where more stands there, or what is no name: %s", (text) => {
  expect(replaceNames(text, NAMES)).toBe(text);
});

test("GRUB's environment keeps its size while there is room, and then has whole blocks", () => {
  const block = (text: string, size = 1024) => `# GRUB Environment Block\n${text}\n`.padEnd(size, "#");
  const short = replaceNames(block("kernelopts=root=/dev/mapper/my--vg-root"), NAMES);
  expect(short).toBe(block("kernelopts=root=/dev/mapper/my--vg_1f-root"));
  const full = "/dev/my-vg/root ".repeat(62);
  const long = replaceNames(block(full), NAMES);
  expect(long).toBe(block("/dev/my-vg_1f/root ".repeat(62), 2048));
});

test("every file that names something has a mark in it, and the text's length bounds the time", () => {
  expect(marksOf(NAMES)).toEqual(expect.arrayContaining([LUKS, bare(LUKS), "1234-abcd", VG, "my-vg", "my--vg-root"]));
  const started = Date.now();
  for (const text of ["#", "-", "a", "\nvolume_list = [", "/dev/", "LVM-", "lvm/a", "aaaaaa-", "A"])
    replaceNames(`# GRUB Environment Block\n${text.repeat((4 << 20) / text.length)}x`, NAMES);
  expect(Date.now() - started).toBeLessThan(15_000);
});
