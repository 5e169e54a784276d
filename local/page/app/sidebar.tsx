/** The add-on's sidebar, and its dialogs, in frames without an origin; their calls cross here to the script. */
import { useEffect, useRef } from 'preact/hooks';
import type { FromPage, ToHost, ToPage } from '../frame/bridge';
import type { ScriptReply } from '../grid-types';
import { ask, openVendor } from './net';
import { closePanel } from './panels';
import { openSidebar, runningItem, scriptDialog, sidebarShown, takeShown } from './script';
import { acting } from './store';

const SANDBOX = 'allow-scripts allow-forms allow-popups allow-downloads allow-modals';

/** Google's own words when a call does not come through. */
const LOST = 'ScriptError: NetworkError: Connection failure due to HTTP 0';

async function answerTo({ id, functionName, args }: ToPage & { rentLedger: 'run' }): Promise<FromPage> {
  try {
    const call = { function: functionName, args: JSON.parse(args) as unknown, user: acting() };
    const reply = await ask<ScriptReply>('/api/script', call);
    takeShown(reply);
    if (reply.ok) return { rentLedger: 'answer', id, value: JSON.stringify(reply.value ?? null) };
    return { rentLedger: 'answer', id, error: reply.error ?? { name: 'Error', message: LOST } };
  } catch (error) {
    return { rentLedger: 'answer', id, error: { name: 'Error', message: (error as Error).message || LOST } };
  }
}

/** What `google.script.host` asks of the window around it. */
function obey(message: ToHost, frame: HTMLIFrameElement | null, close: () => void): void {
  if (message.what === 'open') openVendor(message.href ?? '');
  else if (message.what === 'close') close();
  else if (message.what === 'focus') document.getElementById('grid')?.focus();
  else if (frame !== null) frame.style[message.what] = `${message.px ?? 0}px`;
}

interface FrameProps {
  readonly title: string;
  readonly src: string;
  readonly close: () => void;
}

function Frame({ title, src, close }: FrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const hear = async (event: MessageEvent<ToPage>) => {
      const inside = frame.current?.contentWindow;
      // A frame without an origin is known by its window alone.
      if (inside == null || event.source !== inside) return;
      if (event.data?.rentLedger === 'run') inside.postMessage(await answerTo(event.data), '*');
      else if (event.data?.rentLedger === 'host') obey(event.data, frame.current, close);
    };
    addEventListener('message', hear);
    return () => removeEventListener('message', hear);
  });
  return <iframe ref={frame} class="script-frame" title={title} sandbox={SANDBOX} src={src} />;
}

export function SidebarPanel() {
  const shown = sidebarShown.value;
  const close = () => closePanel('sidebar');
  return (
    <aside class="panel sidebar" id="sidebar-panel" tabIndex={-1} aria-label="Sidebar of the add-on">
      <div class="panel-head">
        <h2>Rent Ledger</h2>
        <button type="button" class="plain-button" onClick={close}>
          <span aria-hidden="true">✕</span>
          <span class="unseen">Close the sidebar</span>
        </button>
      </div>
      {shown > 0 ? (
        <Frame key={shown} title="Rent Ledger sidebar" src={`/frame/sidebar?n=${shown}`} close={close} />
      ) : (
        <div class="panel-body">
          {runningItem.value !== '' ? (
            <p role="status">Opening the sidebar…</p>
          ) : (
            <>
              <p>The sidebar is not open.</p>
              <button type="button" class="primary" onClick={() => void openSidebar()}>
                Open sidebar
              </button>
            </>
          )}
        </div>
      )}
    </aside>
  );
}

export function ScriptDialog() {
  const box = useRef<HTMLDialogElement>(null);
  const dialog = scriptDialog.value;
  useEffect(() => {
    if (dialog !== undefined && box.current?.open === false) box.current.showModal();
  });
  if (dialog === undefined) return null;
  const close = () => {
    scriptDialog.value = undefined;
  };
  return (
    <dialog ref={box} class="dialog script-dialog" aria-labelledby="script-dialog-title" onCancel={close}>
      <div class="panel-head">
        <h2 id="script-dialog-title">{dialog.title}</h2>
        <button type="button" class="plain-button" onClick={close}>
          <span aria-hidden="true">✕</span>
          <span class="unseen">Close the dialog</span>
        </button>
      </div>
      <div style={{ width: `min(${dialog.widthPx}px, 90vw)`, height: `min(${dialog.heightPx}px, 70vh)` }}>
        <Frame key={dialog.serial} title={dialog.title} src={`/frame/dialog?n=${dialog.serial}`} close={close} />
      </div>
    </dialog>
  );
}
