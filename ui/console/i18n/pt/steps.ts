import type { StepWords } from "#pxe/console/contract.ts";
import { createFormat } from "#ui/i18n/format.ts";
import { ptLocale } from "#ui/i18n/pt/locale.ts";
import { plural } from "#ui/i18n/pt/plural.ts";

const { bytes, duration, number } = createFormat(ptLocale);

const named = ({ found, more }: { found: readonly string[]; more: number }): string =>
  found.length === 0 ? "" : ` (${found.join(", ")}${more > 0 ? ` e mais ${number(more)}` : ""})`;

export const steps: StepWords = {
  "step.card": (p) => `${p.interface}: ${p.text}`,
  "step.http": (p) =>
    `${p.client} HTTP ${p.method} ${p.file}: ${p.status}, ${bytes(p.bytes)} em ${duration(p.seconds)}`,
  "step.http-broken": (p) => `${p.client} HTTP ${p.method} ${p.file}: ${p.status}, interrompido após ${bytes(p.bytes)}`,
  "step.lost": (p) => `${p.code}: ${p.text}`,
  "step.back": (p) => `${p.interface} voltou: o serviço é oferecido de novo em ${p.address}`,
  "step.menu": (p) => `${p.client} tem o menu ${p.title}`,
  "step.menu-chosen": (p) => `${p.client} inicia ${p.title}`,
  "step.menu-refused": (p) => `${p.client} não inicia ${p.title}: ${p.reason}`,
  "step.offered": (p) => `a ${p.mac} é oferecido ${p.address}`,
  "step.bound": (p) => `${p.mac} tem ${p.address}`,
  "step.renewed": (p) => `${p.mac} mantém ${p.address}`,
  "step.released": (p) => `${p.mac} devolve ${p.address}`,
  "step.declined": (p) => `${p.mac} não aceita ${p.address}: outro computador o usa. Ele descansa dez minutos`,
  "step.conflict": (p) =>
    `${p.address} não foi oferecido a ${p.mac}: outro computador o usa (${p.user}). Ele descansa dez minutos`,
  "step.address-refused": (p) => `${p.mac} não pode usar ${p.address}: ${p.reason}`,
  "step.none-free": (p) => `${p.mac} não recebe endereço: não há nenhum livre em ${p.subnet}`,
  "step.relay": (p) => `${p.mac} não recebe endereço: o relay ${p.relay} não está em nenhuma rede conhecida aqui`,
  "step.other-server": (p) =>
    `Outro servidor DHCP dá endereços aqui: ${p.server}. Um dos dois precisa sair, ou os computadores recebem endereços de dois tipos`,
  "step.other-server-taken": (p) =>
    `Outro servidor DHCP dá endereços aqui: ${p.server} (${p.mac} aceitou sua oferta). Um dos dois precisa sair, ou os computadores recebem endereços de dois tipos`,
  "step.not-saved": (p) => `As concessões não podem ser salvas, por isso nenhum endereço é dado: ${p.reason}`,
  "step.answered": (p) => `${p.mac} (${p.kind}) deve carregar ${p.file}`,
  "step.passed-over": (p) => `${p.mac} (${p.kind}) não recebe resposta: ${p.reason}`,
  "kind.http": (p) => `${p.kind}, inicialização HTTP`,
  "kind.unknown": (p) => `arquitetura ${p.code}`,
  "step.tftp-begins": (p) => `${p.client} TFTP ${p.file}: começa`,
  "step.tftp-refused": (p) => `${p.client} TFTP ${p.file}: ${p.reason}`,
  "step.tftp": (p) => `${p.client} TFTP ${p.file}: ${bytes(p.bytes)} em ${duration(p.seconds)}`,
  "step.tftp-resent": (p) =>
    `${p.client} TFTP ${p.file}: ${bytes(p.bytes)} em ${duration(p.seconds)}, blocos reenviados: ${number(p.blocks)}`,
  "step.tftp-ended": (p) =>
    `${p.client} TFTP ${p.file}: ${p.outcome} após ${bytes(p.bytes)} de ${bytes(p.size)}${p.reason === "" ? "" : ` (${p.reason})`}`,
  "notice.cleaned": (p) =>
    [
      `${p.name}: ${plural(p.count, { one: "# ponto apagado", many: "# de pontos apagados", other: "# pontos apagados" })}${named(p)}, ${bytes(p.freed)} liberados${p.later > 0 ? `, mais ${bytes(p.later)} em uma próxima vez` : ""}`,
      ...p.warnings,
    ].join("; "),
};
