/** An execution that can read and nothing else: whoever tries to write, send or schedule in it has a bug. */
import type { App } from '../../../run/app';

const forbidden = (what: string) => (): never => {
  throw new Error(`Rent Ledger bug: a dry run tried to ${what}`);
};
const nothing = (): void => undefined;

/** The same app without hands. Hints that a read would note down are not noted. */
export function still(app: App): App {
  const { host } = app;
  return {
    ...app,
    host: {
      ...host,
      workbook: { ...host.workbook, commit: forbidden('write') },
      transport: { fetchAll: forbidden('call a platform') },
      mail: { ...host.mail, send: forbidden('send a mail') },
      documentStore: { ...host.documentStore, set: nothing, setAll: nothing, remove: nothing },
      userStore: { ...host.userStore, set: nothing, setAll: nothing, remove: nothing },
      triggers: {
        list: host.triggers.list,
        everyMinutes: forbidden('make a trigger'),
        everyHour: forbidden('make a trigger'),
        onEdit: forbidden('make a trigger'),
        after: forbidden('make a trigger'),
        remove: forbidden('remove a trigger'),
      },
    },
  };
}
