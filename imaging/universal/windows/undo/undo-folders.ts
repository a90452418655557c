import { OWN_FOLDER } from "#imaging/universal/windows/first-boot.ts";

/** Where old files are kept, in a folder for each time: on a volume with Windows or its boot manager, and on an EFI system partition. */
export const WINDOWS_UNDO = `${OWN_FOLDER}/Undo`;
export const ESP_UNDO = "/EFI/lifeboat";
