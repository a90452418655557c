export const problems = {
  "error.safe": "Nothing was changed.",
  "error.SERVER_UNREACHABLE": "The server does not answer.",
  "next.SERVER_UNREACHABLE": "Check the network, and whether the server is running. Then try again.",
  "error.CONSOLE_NOT_LOGGED_IN": "The login has ended.",
  "next.CONSOLE_NOT_LOGGED_IN": "Log in again.",
  "error.CONSOLE_LOGIN_FAILED": "The name and the password do not belong together",
  "next.CONSOLE_LOGIN_FAILED": "Try again. An admin can set a new password.",
  "error.CONSOLE_TOO_MANY_TRIES": (p: { seconds: string }) =>
    `Too many wrong tries: the next one counts in ${p.seconds} s.`,
  "next.CONSOLE_TOO_MANY_TRIES":
    "Wait that long. If it was not you, somebody else is trying: the audit log says from where.",
  "error.CONSOLE_ROLE_TOO_LOW": (p: { needs: string }) =>
    `Your role does not allow that: it takes the role ${p.needs}.`,
  "next.CONSOLE_ROLE_TOO_LOW": "Ask an admin.",
  "error.CONSOLE_SET_UP_REFUSED":
    "The first admin cannot be made: this is not the code that the server has printed, or there are users already.",
  "next.CONSOLE_SET_UP_REFUSED": "Read the code again, at the end of what the server prints.",
  "error.CONSOLE_USER_EXISTS": (p: { name: string }) => `There is a user ${p.name} already.`,
  "next.CONSOLE_USER_EXISTS": "Take another name.",
  "error.CONSOLE_LAST_ADMIN": (p: { name: string }) =>
    `${p.name} is the only admin: without one nobody could change anything.`,
  "next.CONSOLE_LAST_ADMIN": "Make another admin first.",
  "error.PXE_MACHINE_NAME_TAKEN": (p: { name: string; owner: string }) =>
    `The name ${p.name} is that of another machine (${p.owner}).`,
  "next.PXE_MACHINE_NAME_TAKEN": "Take another name.",
  "error.PXE_MACHINE_UNKNOWN": (p: { machine: string }) => `The machine ${p.machine} is not known.`,
  "next.PXE_MACHINE_UNKNOWN": "It may have been forgotten meanwhile. It comes back when it asks again.",
  "error.PXE_DEPLOYMENT_NAME_TAKEN": (p: { name: string }) => `There is a deployment ${p.name} already.`,
  "next.PXE_DEPLOYMENT_NAME_TAKEN": "Take another name, or forget that one.",
  "error.PXE_DEPLOYMENT_UNKNOWN": (p: { name: string }) => `There is no deployment ${p.name}.`,
  "next.PXE_DEPLOYMENT_UNKNOWN": "Somebody has forgotten it, or the address is wrong.",
  "error.PXE_CODE_WRONG": (p: { code: string; machine: string }) =>
    `No computer that waits as ${p.machine} shows the code ${p.code}.`,
  "next.PXE_CODE_WRONG": "Read it on the machine's own screen once more: it is another one after each start.",
  "error.RETENTION_LOCKED": (p: { folder: string }) =>
    `${p.folder} is encrypted: only its password shows which points may go.`,
  "next.RETENTION_LOCKED": "Use “lifeboat repo prune” where the password may be typed.",
  "error.RETENTION_NOT_SET": (p: { repository: string }) => `${p.repository} has no rules any more.`,
  "next.RETENTION_NOT_SET": "Somebody has removed them. Without rules nothing is deleted.",
  "error.RETENTION_CHANGED": (p: { repository: string }) =>
    `Other points of ${p.repository} would go now than those that were shown.`,
  "next.RETENTION_CHANGED": "Close this and look again: a capture, a pin or other rules have come in between.",
  "error.REPOSITORY_CAPTURING": (p: { by: string; folder: string }) =>
    `A capture into ${p.folder} is running on ${p.by}.`,
  "next.REPOSITORY_CAPTURING": "Wait until it has ended. By itself the server tries again every few minutes.",
  "error.NOTICE_NOT_SENT": (p: { channel: string; reason: string }) =>
    `${p.channel} did not take the message: ${p.reason}`,
  "next.NOTICE_NOT_SENT": "Check address, login and certificate of that server.",
  "failed.OPEN_FAILED": (p: { path: string; reason: string }) => `${p.path} cannot be opened: ${p.reason}`,
  "failed.READ_FAILED": (p: { device: string; reason: string }) => `${p.device} cannot be read: ${p.reason}`,
  "failed.WRITE_FAILED": (p: { device: string; reason: string }) => `${p.device} cannot be written: ${p.reason}`,
  "failed.SPACE_EXHAUSTED": (p: { file: string }) => `There is no room left for ${p.file}.`,
  "failed.REPOSITORY_NOT_FOUND": (p: { folder: string; file: string }) =>
    `${p.folder} is no repository: it has no file ${p.file}.`,
};
