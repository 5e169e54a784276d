/** Reads that a part of the page needs, with their loading and error states. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ask } from './net';

export interface Loaded<T> {
  readonly data?: T;
  readonly error: string;
  readonly retry: () => void;
}

/** Reads the address, and again whenever it or the revision changes; old data stays until the new is there. */
export function useLoaded<T>(path: string, revision: number): Loaded<T> {
  const [held, hold] = useState<{ path: string; data?: T; error: string }>({ path, error: '' });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    ask<T>(path, undefined, leaving.signal).then(
      (data) => {
        if (!leaving.signal.aborted) hold({ path, data, error: '' });
      },
      (error: Error) => {
        if (!leaving.signal.aborted) hold({ path, error: error.message });
      },
    );
    return () => leaving.abort();
  }, [path, revision, tries]);
  const retry = () => setTries(tries + 1);
  return held.path === path ? { ...held, retry } : { error: '', retry };
}

export function Failed({ error, retry }: { readonly error: string; readonly retry: () => void }) {
  return (
    <div class="notice bad" role="alert">
      <p>{error}</p>
      <button type="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}

export function Waiting({ what }: { readonly what: string }) {
  return (
    <p class="loading" role="status">
      Loading {what}…
    </p>
  );
}

export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <div class="empty">{children}</div>;
}
