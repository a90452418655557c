import type { problems as en } from "#ui/console/i18n/en/problems.ts";

export const problems: typeof en = {
  "error.safe": "Nada foi alterado.",
  "error.SERVER_UNREACHABLE": "O servidor não responde.",
  "next.SERVER_UNREACHABLE": "Confira a rede e se o servidor está rodando. Depois tente de novo.",
  "error.CONSOLE_NOT_LOGGED_IN": "A sessão terminou.",
  "next.CONSOLE_NOT_LOGGED_IN": "Entre de novo.",
  "error.CONSOLE_LOGIN_FAILED": "O nome e a senha não combinam",
  "next.CONSOLE_LOGIN_FAILED": "Tente de novo. Um administrador pode definir outra senha.",
  "error.CONSOLE_TOO_MANY_TRIES": (p) => `Tentativas erradas demais: a próxima vale em ${p.seconds} s.`,
  "next.CONSOLE_TOO_MANY_TRIES":
    "Espere esse tempo. Se não foi você, outra pessoa está tentando: o registro de auditoria diz de onde.",
  "error.CONSOLE_ROLE_TOO_LOW": (p) => `Seu papel não permite isso: é preciso o papel ${p.needs}.`,
  "next.CONSOLE_ROLE_TOO_LOW": "Peça a um administrador.",
  "error.CONSOLE_SET_UP_REFUSED":
    "O primeiro administrador não pode ser criado: não é o código do servidor, ou já há usuários.",
  "next.CONSOLE_SET_UP_REFUSED": "Leia o código de novo, no fim do que o servidor escreve.",
  "error.CONSOLE_USER_EXISTS": (p) => `Já existe um usuário ${p.name}.`,
  "next.CONSOLE_USER_EXISTS": "Escolha outro nome.",
  "error.CONSOLE_LAST_ADMIN": (p) => `${p.name} é o único administrador: sem um, ninguém poderia mudar nada.`,
  "next.CONSOLE_LAST_ADMIN": "Crie antes outro administrador.",
  "error.PXE_MACHINE_NAME_TAKEN": (p) => `O nome ${p.name} é de outro computador (${p.owner}).`,
  "next.PXE_MACHINE_NAME_TAKEN": "Escolha outro nome.",
  "error.PXE_MACHINE_UNKNOWN": (p) => `O computador ${p.machine} não é conhecido.`,
  "next.PXE_MACHINE_UNKNOWN": "Talvez tenha sido esquecido nesse meio tempo. Volta quando perguntar de novo.",
  "error.PXE_DEPLOYMENT_NAME_TAKEN": (p) => `Já existe uma implantação ${p.name}.`,
  "next.PXE_DEPLOYMENT_NAME_TAKEN": "Escolha outro nome, ou esqueça aquela.",
  "error.PXE_DEPLOYMENT_UNKNOWN": (p) => `Não há implantação ${p.name}.`,
  "next.PXE_DEPLOYMENT_UNKNOWN": "Alguém a esqueceu, ou o endereço está errado.",
  "error.PXE_CODE_WRONG": (p) => `Nenhum computador que espera como ${p.machine} mostra o código ${p.code}.`,
  "next.PXE_CODE_WRONG": "Leia de novo na tela do computador: é outro a cada início.",
};
