import type { problems as en } from "#ui/console/i18n/en/problems.ts";

export const problems: typeof en = {
  "error.safe": "Ничего не изменено.",
  "error.SERVER_UNREACHABLE": "Сервер не отвечает.",
  "next.SERVER_UNREACHABLE": "Проверьте сеть и работает ли сервер, затем повторите.",
  "error.CONSOLE_NOT_LOGGED_IN": "Вход завершён.",
  "next.CONSOLE_NOT_LOGGED_IN": "Войдите снова.",
  "error.CONSOLE_LOGIN_FAILED": "Имя и пароль не подходят друг к другу",
  "next.CONSOLE_LOGIN_FAILED": "Повторите. Администратор может задать новый пароль.",
  "error.CONSOLE_TOO_MANY_TRIES": (p) => `Слишком много неверных попыток: следующая через ${p.seconds} с.`,
  "next.CONSOLE_TOO_MANY_TRIES":
    "Подождите. Если это были не вы, пробует кто-то другой: журнал действий покажет откуда.",
  "error.CONSOLE_ROLE_TOO_LOW": (p) => `Ваша роль этого не позволяет: нужна роль ${p.needs}.`,
  "next.CONSOLE_ROLE_TOO_LOW": "Обратитесь к администратору.",
  "error.CONSOLE_SET_UP_REFUSED":
    "Первого администратора создать нельзя: это не код сервера, или пользователи уже есть.",
  "next.CONSOLE_SET_UP_REFUSED": "Прочтите код ещё раз, в конце вывода сервера.",
  "error.CONSOLE_USER_EXISTS": (p) => `Пользователь ${p.name} уже есть.`,
  "next.CONSOLE_USER_EXISTS": "Выберите другое имя.",
  "error.CONSOLE_LAST_ADMIN": (p) =>
    `${p.name} — единственный администратор: без него никто ничего не сможет изменить.`,
  "next.CONSOLE_LAST_ADMIN": "Сначала назначьте другого администратора.",
  "error.PXE_MACHINE_NAME_TAKEN": (p) => `Имя ${p.name} уже у другого компьютера (${p.owner}).`,
  "next.PXE_MACHINE_NAME_TAKEN": "Выберите другое имя.",
  "error.PXE_MACHINE_UNKNOWN": (p) => `Компьютер ${p.machine} неизвестен.`,
  "next.PXE_MACHINE_UNKNOWN": "Возможно, его тем временем забыли. Он появится, когда снова обратится.",
  "error.PXE_DEPLOYMENT_NAME_TAKEN": (p) => `Развёртывание ${p.name} уже есть.`,
  "next.PXE_DEPLOYMENT_NAME_TAKEN": "Выберите другое имя или удалите прежнее.",
  "error.PXE_DEPLOYMENT_UNKNOWN": (p) => `Развёртывания ${p.name} нет.`,
  "next.PXE_DEPLOYMENT_UNKNOWN": "Его удалили, или адрес неверен.",
  "error.PXE_CODE_WRONG": (p) => `Ни один компьютер, ожидающий как ${p.machine}, не показывает код ${p.code}.`,
  "next.PXE_CODE_WRONG": "Прочтите его ещё раз на экране компьютера: после каждого запуска он другой.",
  "error.RETENTION_LOCKED": (p) => `${p.folder} зашифровано: какие точки можно удалить, видно только с паролем.`,
  "next.RETENTION_LOCKED": "Используйте «lifeboat repo prune» там, где можно ввести пароль.",
  "error.RETENTION_NOT_SET": (p) => `У ${p.repository} больше нет правил.`,
  "next.RETENTION_NOT_SET": "Кто-то их убрал. Без правил ничего не удаляется.",
  "error.RETENTION_CHANGED": (p) => `Сейчас были бы удалены другие точки ${p.repository}, чем показано.`,
  "next.RETENTION_CHANGED":
    "Закройте это и посмотрите ещё раз: за это время появились новая точка, закрепление или другие правила.",
  "error.REPOSITORY_CAPTURING": (p) => `На ${p.by} идёт сохранение в ${p.folder}.`,
  "next.REPOSITORY_CAPTURING": "Дождитесь его конца. Сам сервер пробует снова каждые несколько минут.",
};
