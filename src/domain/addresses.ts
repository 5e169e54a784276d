/** E-mail addresses that people type: one per field, or several in the Leases tab, each made safe for a mail header. */
import { asciiLabel } from './encoding';

declare const checked: unique symbol;
/** An address that {@link parseAddress} accepted: one mailbox, ASCII, no line break, domain in lower case. */
export type Address = string & { readonly [checked]: true };

/** RFC 3696 (as amended): 64 for the local part, `@`, 255 for the domain. */
const MAX_LENGTH = 320;
const MAX_LOCAL = 64;
const MAX_DOMAIN = 253;
const MAX_LABEL = 63;

const DOT_ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const QUOTED = /^"(?:[ !#-[\]-~]|\\[ -~])+"$/;
const LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/**
 * Reads one address. Plus tags and quoted local parts stay as written; an international domain becomes its `xn--` form,
 * which every mail server takes. Lists, names, line breaks and more than 320 characters are refused with the reason.
 */
export function parseAddress(text: string): { readonly address: Address } | { readonly reason: string } {
  const bare = text.trim();
  const no = (why: string) => ({ reason: `"${shown(bare)}" is not one e-mail address: ${why}` });
  if (bare === '') return { reason: 'The e-mail address is empty.' };
  if (bare.length > MAX_LENGTH) return no(`it has more than ${MAX_LENGTH} characters.`);
  if (hasHidden(bare)) return no('it holds a line break or a hidden character.');
  if (splitList(bare).length > 1) return no('write one address only.');
  const at = bare.lastIndexOf('@');
  if (at < 1) return no('the part before or after the @ is missing.');
  const [local, domain] = [bare.slice(0, at), asciiDomain(bare.slice(at + 1))];
  if (/[<>]/.test(local) && !local.startsWith('"')) return no('write the address alone, without a name or < >.');
  if (local.length > MAX_LOCAL) return no(`the part before the @ has more than ${MAX_LOCAL} characters.`);
  if (!DOT_ATOM.test(local) && !QUOTED.test(local))
    return no('the part before the @ has a character mail cannot carry.');
  if (domain === undefined) return no('the part after the @ is not a domain such as example.com.');
  return { address: `${local}@${domain}` as Address };
}

/**
 * Reads the Email cell of a lease: one address per resident, parted by comma, semicolon or line break. Bad ones give a
 * reason each and do not keep the good ones from their mail; a repeat counts once.
 */
export function parseAddressList(text: string): { readonly addresses: Address[]; readonly reasons: string[] } {
  const addresses: Address[] = [];
  const reasons: string[] = [];
  for (const part of splitList(text.replace(/[\r\n]+/g, ','))) {
    const parsed = parseAddress(part);
    if ('reason' in parsed) reasons.push(parsed.reason);
    else if (!addresses.includes(parsed.address)) addresses.push(parsed.address);
  }
  return { addresses, reasons };
}

/** Parts between commas and semicolons that stand outside a quoted local part; empty parts are left out. */
function splitList(text: string): string[] {
  const parts: string[] = [];
  let [part, quoted] = ['', false];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\' && quoted) part += character + text.charAt(++at);
    else if (!quoted && /[,;]/.test(character)) {
      parts.push(part);
      part = '';
    } else {
      if (character === '"') quoted = !quoted;
      part += character;
    }
  }
  return [...parts, part].map((each) => each.trim()).filter((each) => each !== '');
}

function asciiDomain(text: string): string | undefined {
  // NFKC and lower case are the part of UTS 46 that typed domains need; its dots include the ideographic full stop.
  const labels = text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[.\u3002]/)
    .map(asciiLabel);
  const domain = labels.join('.');
  const good = labels.length > 1 && labels.every((label) => label.length <= MAX_LABEL && LABEL.test(label));
  const top = labels[labels.length - 1] ?? '';
  return good && domain.length <= MAX_DOMAIN && !/^\d+$/.test(top) ? domain : undefined;
}

/** Control characters, zero-width and direction marks: nobody sees them, and they make two addresses look like one. */
const hasHidden = (text: string): boolean => /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(text);

function shown(text: string): string {
  const characters = Array.from(text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '\u00b7'));
  return characters.length > 60 ? `${characters.slice(0, 59).join('')}\u2026` : characters.join('');
}
