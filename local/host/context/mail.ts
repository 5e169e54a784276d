/** Gmail (the advanced service) and MailApp, context side. */
import { call, exception } from './bridge';
import { isString, mismatch } from './types-of';

type Args = readonly unknown[];

/** One method of the advanced service; undefined arguments at the end are not sent. */
function api(method: string, least: number) {
  return (...args: Args): unknown => {
    if (args.length < least)
      throw exception(`Invalid number of arguments provided. Expected ${least}-${least + 1} only`);
    return call('Gmail', method, args);
  };
}

export const Gmail = {
  Users: {
    getProfile: api('Users.getProfile', 1),
    Messages: {
      send: api('Users.Messages.send', 2),
      list: api('Users.Messages.list', 1),
      get: api('Users.Messages.get', 2),
    },
    Threads: { list: api('Users.Threads.list', 1), get: api('Users.Threads.get', 2) },
    Labels: { list: api('Users.Labels.list', 1), create: api('Users.Labels.create', 2) },
  },
  newMessage: (): object => ({}),
  newLabel: (): object => ({}),
};

const OPTION_NAMES = ['cc', 'bcc', 'htmlBody', 'name', 'replyTo'];

function mailOf(args: Args): Record<string, unknown> {
  if (args.length === 1 && typeof args[0] === 'object' && args[0] !== null) {
    const mail = args[0] as Record<string, unknown>;
    return { ...mail, to: String(mail.to ?? ''), subject: String(mail.subject ?? ''), body: String(mail.body ?? '') };
  }
  const [to, subject, body, last] = args;
  if (![to, subject, body].every(isString)) throw mismatch(args, 'MailApp.sendEmail');
  // The older form is (to, replyTo, subject, body).
  if (isString(last)) return { to, replyTo: subject, subject: body, body: last };
  const options = (last ?? {}) as Record<string, unknown>;
  const known = OPTION_NAMES.filter((name) => options[name] !== undefined).map((name) => [name, String(options[name])]);
  return { ...Object.fromEntries(known), to, subject, body };
}

export const MailApp = {
  sendEmail(...args: unknown[]): void {
    call('MailApp', 'sendEmail', [mailOf(args)]);
  },
  getRemainingDailyQuota(): number {
    return Number(call('MailApp', 'getRemainingDailyQuota'));
  },
  toString(): string {
    return 'MailApp';
  },
};
