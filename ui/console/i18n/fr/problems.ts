import type { problems as en } from "#ui/console/i18n/en/problems.ts";

export const problems: typeof en = {
  "error.safe": "Rien n’a été changé.",
  "error.SERVER_UNREACHABLE": "Le serveur ne répond pas.",
  "next.SERVER_UNREACHABLE": "Vérifiez le réseau et si le serveur tourne. Puis réessayez.",
  "error.CONSOLE_NOT_LOGGED_IN": "La session est finie.",
  "next.CONSOLE_NOT_LOGGED_IN": "Reconnectez-vous.",
  "error.CONSOLE_LOGIN_FAILED": "Le nom et le mot de passe ne vont pas ensemble",
  "next.CONSOLE_LOGIN_FAILED": "Réessayez. Un administrateur peut mettre un nouveau mot de passe.",
  "error.CONSOLE_TOO_MANY_TRIES": (p) => `Trop d’essais erronés : le prochain compte dans ${p.seconds} s.`,
  "next.CONSOLE_TOO_MANY_TRIES":
    "Attendez ce temps. Si ce n’était pas vous, quelqu’un d’autre essaie : le journal d’audit dit d’où.",
  "error.CONSOLE_ROLE_TOO_LOW": (p) => `Votre rôle ne le permet pas : il faut le rôle ${p.needs}.`,
  "next.CONSOLE_ROLE_TOO_LOW": "Demandez à un administrateur.",
  "error.CONSOLE_SET_UP_REFUSED":
    "Le premier administrateur ne peut être créé : ce n’est pas le code du serveur, ou il y a déjà des utilisateurs.",
  "next.CONSOLE_SET_UP_REFUSED": "Relisez le code, à la fin de ce que le serveur affiche.",
  "error.CONSOLE_USER_EXISTS": (p) => `Il y a déjà un utilisateur ${p.name}.`,
  "next.CONSOLE_USER_EXISTS": "Prenez un autre nom.",
  "error.CONSOLE_LAST_ADMIN": (p) =>
    `${p.name} est le seul administrateur : sans lui personne ne pourrait rien changer.`,
  "next.CONSOLE_LAST_ADMIN": "Créez d’abord un autre administrateur.",
  "error.PXE_MACHINE_NAME_TAKEN": (p) => `Le nom ${p.name} est celui d’une autre machine (${p.owner}).`,
  "next.PXE_MACHINE_NAME_TAKEN": "Prenez un autre nom.",
  "error.PXE_MACHINE_UNKNOWN": (p) => `La machine ${p.machine} n’est pas connue.`,
  "next.PXE_MACHINE_UNKNOWN": "Elle a peut-être été oubliée entre-temps. Elle revient quand elle demande à nouveau.",
  "error.PXE_DEPLOYMENT_NAME_TAKEN": (p) => `Il y a déjà un déploiement ${p.name}.`,
  "next.PXE_DEPLOYMENT_NAME_TAKEN": "Prenez un autre nom, ou oubliez celui-là.",
  "error.PXE_DEPLOYMENT_UNKNOWN": (p) => `Il n’y a pas de déploiement ${p.name}.`,
  "next.PXE_DEPLOYMENT_UNKNOWN": "Quelqu’un l’a oublié, ou l’adresse est fausse.",
  "error.PXE_CODE_WRONG": (p) => `Aucune machine qui attend comme ${p.machine} ne montre le code ${p.code}.`,
  "next.PXE_CODE_WRONG": "Relisez-le sur l’écran de la machine : il change à chaque démarrage.",
  "error.RETENTION_LOCKED": (p) => `${p.folder} est chiffré : seul le mot de passe montre quels points peuvent partir.`,
  "next.RETENTION_LOCKED": "Utilisez « lifeboat repo prune » là où le mot de passe peut être saisi.",
  "error.RETENTION_NOT_SET": (p) => `${p.repository} n’a plus de règles.`,
  "next.RETENTION_NOT_SET": "Quelqu’un les a retirées. Sans règles, rien n’est supprimé.",
  "error.RETENTION_CHANGED": (p) =>
    `D’autres points de ${p.repository} partiraient maintenant que ceux qui ont été montrés.`,
  "next.RETENTION_CHANGED":
    "Fermez ceci et regardez à nouveau : une capture, un point épinglé ou d’autres règles sont venus entre-temps.",
  "error.REPOSITORY_CAPTURING": (p) => `Une capture vers ${p.folder} est en cours sur ${p.by}.`,
  "next.REPOSITORY_CAPTURING":
    "Attendez qu’elle soit terminée. De lui-même, le serveur réessaie toutes les quelques minutes.",
  "error.NOTICE_NOT_SENT": (p) => `${p.channel} n’a pas accepté le message : ${p.reason}`,
  "next.NOTICE_NOT_SENT": "Vérifiez l’adresse, l’identification et le certificat de ce serveur.",
  "failed.OPEN_FAILED": (p) => `${p.path} ne peut pas être ouvert : ${p.reason}`,
  "failed.READ_FAILED": (p) => `${p.device} ne peut pas être lu : ${p.reason}`,
  "failed.WRITE_FAILED": (p) => `${p.device} ne peut pas être écrit : ${p.reason}`,
  "failed.SPACE_EXHAUSTED": (p) => `Il ne reste plus de place pour ${p.file}.`,
  "failed.REPOSITORY_NOT_FOUND": (p) => `${p.folder} n’est pas un dépôt : il n’y a pas de fichier ${p.file}.`,
};
