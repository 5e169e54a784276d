/** Runs inside the frame of a sidebar or dialog: `google.script.run` and `google.script.host` over messages to the page. */

type Done = (value: unknown, userObject?: unknown) => void;
type Failed = (error: Error, userObject?: unknown) => void;

interface Handlers {
  readonly done?: Done;
  readonly failed?: Failed;
  readonly userObject?: unknown;
}

/** What the frame tells the page. */
export type ToPage =
  | { readonly rentLedger: 'run'; readonly id: number; readonly functionName: string; readonly args: string }
  | ToHost;

/** What a page asks of the window around it; only a size has pixels. */
export interface ToHost {
  readonly rentLedger: 'host';
  readonly what: 'close' | 'focus' | 'width' | 'height' | 'open';
  readonly px?: number;
  /** Of a page that the person wants to see. */
  readonly href?: string;
}

/** What the page answers: the value as JSON, or Google's error. */
export interface FromPage {
  readonly rentLedger: 'answer';
  readonly id: number;
  readonly value?: string;
  readonly error?: { readonly name: string; readonly message: string };
}

declare global {
  interface Window {
    RENT_LEDGER_HOME: string;
  }
}

const home = window.RENT_LEDGER_HOME;
const waiting = new Map<number, Handlers>();
let calls = 0;

const tell = (message: ToPage): void => window.parent.postMessage(message, home);

function startCall(handlers: Handlers, functionName: string, args: readonly unknown[]): void {
  calls += 1;
  waiting.set(calls, handlers);
  tell({ rentLedger: 'run', id: calls, functionName, args: JSON.stringify(args) });
}

const NAMES: Readonly<Record<string, keyof Handlers>> = {
  withSuccessHandler: 'done',
  withFailureHandler: 'failed',
  withUserObject: 'userObject',
};

/** Any other name is a function of the script. */
const runner = (handlers: Handlers): unknown =>
  new Proxy(
    {},
    {
      get: (_target, name) => {
        if (typeof name !== 'string') return undefined;
        const handler = NAMES[name];
        if (handler !== undefined) return (value: unknown) => runner({ ...handlers, [handler]: value });
        return (...args: unknown[]) => startCall(handlers, name, args);
      },
    },
  );

function answered({ id, value, error }: FromPage): void {
  const handlers = waiting.get(id);
  waiting.delete(id);
  if (handlers === undefined) return;
  const { done, failed, userObject } = handlers;
  if (error === undefined) {
    done?.(value === undefined ? undefined : JSON.parse(value), userObject);
    return;
  }
  const thrown = Object.assign(new Error(error.message), { name: error.name });
  if (failed === undefined) console.error(thrown);
  else failed(thrown, userObject);
}

window.addEventListener('message', (event: MessageEvent<FromPage>) => {
  if (event.source === window.parent && event.origin === home && event.data?.rentLedger === 'answer') {
    answered(event.data);
  }
});

/** Pages of vendors are stand-ins here: the page around the frame knows where they are. */
document.addEventListener('click', (event) => {
  const link = (event.target as Element | null)?.closest?.('a[target="_blank"][href^="https://"]');
  if (!(link instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  tell({ rentLedger: 'host', what: 'open', href: link.href });
});

const host = {
  close: () => tell({ rentLedger: 'host', what: 'close' }),
  setWidth: (px: number) => tell({ rentLedger: 'host', what: 'width', px }),
  setHeight: (px: number) => tell({ rentLedger: 'host', what: 'height', px }),
  editor: { focus: () => tell({ rentLedger: 'host', what: 'focus' }) },
  origin: home,
};

Object.assign(window, { google: { script: { run: runner({}), host } } });
