export const help = {
  "help.title": "Help",
  "help.lead": "What to do when, and what the words mean. Nothing here changes anything.",
  "help.how": "How do I …",
  "help.how-restore": "… bring a computer back from an image?",
  "help.so-restore":
    "Choose “Restore”: the image first, then the disk. Before anything is written you see all that will be lost, and confirm it.",
  "help.how-smaller": "… go to a smaller or larger disk?",
  "help.so-smaller":
    "Choose “Clone”, or “Restore” when you have an image. On the page “Layout” partitions can become smaller, or use all of the disk.",
  "help.how-file": "… get single files out of an image?",
  "help.so-file":
    "Choose “Images”, open the image and look into it. Files and folders can be downloaded, or copied to another disk.",
  "help.how-start": "… repair a computer that does not start?",
  "help.so-start":
    "Choose “Boot”. It shows what starts the disk, what is wrong with that, and what a repair would change. Changed files are kept.",
  "help.how-power": "… go on after a power cut?",
  "help.so-power":
    "Start this system again. A restore is begun anew, and what is on the disk already is not written twice. A change of partitions is finished on the page “Partitions”.",
  "help.how-look": "… know that nothing is lost by trying?",
  "help.so-look":
    "Pages only look until a plan is shown and you start it. Each plan says which disk it writes to and what will be lost there.",
  "help.keys": "Keyboard",
  "help.keys-text":
    "Tab and Shift+Tab go from field to field, the arrow keys choose within one, the space bar ticks a box, Enter presses a button. Escape closes what is open. F1 shows this page.",
  "help.words": "Words",
  "help.word-image": "Image",
  "help.means-image": "What was on a disk at one time, in one file: its partitions, files and what starts them.",
  "help.word-capture": "Capture",
  "help.means-capture": "To make an image of a disk. The disk is only read.",
  "help.word-repository": "Repository",
  "help.means-repository":
    "A folder that keeps images of many computers and times, and what is equal in them only once.",
  "help.word-clone": "Clone",
  "help.means-clone": "To copy a disk onto another one, without an image between them.",
  "help.word-partition": "Partition",
  "help.means-partition": "A part of a disk with a file system of its own, such as drive C: of Windows.",
  "help.word-table": "Partition table",
  "help.means-table": "The list of partitions at the start of a disk: MBR on older computers, GPT on newer ones.",
  "help.word-esp": "EFI system partition",
  "help.means-esp": "The small partition from which newer computers start.",
  "help.word-firmware": "BIOS, UEFI",
  "help.means-firmware": "The program inside the computer that runs first and starts the system from a disk.",
  "help.word-secure-boot": "Secure Boot",
  "help.means-secure-boot": "UEFI starts only what is signed by somebody it trusts.",
  "help.word-universal": "Other hardware",
  "help.means-universal": "A system from one computer is given the drivers and start files that another one needs.",
  "help.word-identity": "Identity",
  "help.means-identity":
    "What others know a computer by: its name, ids and keys. A copy that runs beside its original needs another one.",
  "help.word-verify": "Verify",
  "help.means-verify": "To read everything back and compare it with its checksums.",
  "help.word-encryption": "Password and recovery key",
  "help.means-encryption":
    "An encrypted image opens with a password, or with the recovery key that was shown when it was made. Without one of them nobody can read it.",
  "help.word-pairing": "Pairing code",
  "help.means-pairing":
    "The code on this screen with which a browser on another computer, or another rescue system, may connect.",
  "help.word-undo": "Undo file",
  "help.means-undo":
    "What stood at the places that a restore writes first. With it the old partitions can be found again.",
  "help.back": "Back to where you were",
};
