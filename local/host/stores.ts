/** PropertiesService, CacheService and LockService, main side: what outlives an execution. */
import { GoogleError } from './errors';
import type { Execution } from './execution';
import {
  CACHE_DEFAULT_SECONDS,
  CACHE_ITEMS,
  CACHE_ITEMS_KEPT,
  CACHE_KEY_CHARS,
  CACHE_MAX_SECONDS,
  CACHE_VALUE_BYTES,
  PROPERTY_STORE_BYTES,
  PROPERTY_VALUE_BYTES,
  useQuota,
} from './limits';
import type { CacheEntry } from './state';

/** `script`, `document`, or the running user's own. */
function storeKey(execution: Execution, kind: unknown): string {
  return kind === 'user' ? `user:${execution.options.user}` : String(kind);
}

const bytes = (text: string) => Buffer.byteLength(text, 'utf8');

function requireRoom(store: Readonly<Record<string, string>>): void {
  let total = 0;
  for (const [key, value] of Object.entries(store)) total += bytes(key) + bytes(value);
  if (total <= PROPERTY_STORE_BYTES) return;
  throw new GoogleError('You have exceeded the property storage quota. Please remove some properties and try again.');
}

function checked(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [key, value] of Object.entries(values)) {
    if (bytes(key) > PROPERTY_VALUE_BYTES) throw new GoogleError('Argument too large: key');
    if (bytes(value) > PROPERTY_VALUE_BYTES) throw new GoogleError('Argument too large: value');
  }
  return values;
}

/** Answers one call of a Properties object; args begin with the kind of store. */
export function serveProperties(execution: Execution, method: string, args: readonly unknown[]): unknown {
  const { state } = execution.machine;
  useQuota(state.meters, state.profile, execution.options.user, 'propertyCalls', execution.nowMs);
  const key = storeKey(execution, args[0]);
  const store = state.properties[key] ?? {};
  switch (method) {
    case 'getProperty':
      return Object.hasOwn(store, String(args[1])) ? store[String(args[1])] : null;
    case 'getProperties':
      return store;
    case 'getKeys':
      return Object.keys(store);
    case 'setProperties': {
      const kept = args[2] === true ? {} : store;
      const next = { ...kept, ...checked(args[1] as Record<string, string>) };
      requireRoom(next);
      state.properties[key] = next;
      return undefined;
    }
    case 'deleteProperty':
      delete store[String(args[1])];
      return undefined;
    case 'deleteAllProperties':
      delete state.properties[key];
      return undefined;
    default:
      throw new GoogleError(`PropertiesService.${method} is not offered by the local host.`);
  }
}

/** Drops what has expired and, when the cache overflows, what expires soonest. */
function trimmed(cache: Readonly<Record<string, CacheEntry>>, nowMs: number): Record<string, CacheEntry> {
  const live = Object.entries(cache).filter(([, entry]) => entry.expiresMs > nowMs);
  if (live.length <= CACHE_ITEMS) return Object.fromEntries(live);
  live.sort(([, one], [, other]) => other.expiresMs - one.expiresMs);
  return Object.fromEntries(live.slice(0, CACHE_ITEMS_KEPT));
}

function checkedKey(key: string): string {
  if (key.length > CACHE_KEY_CHARS) throw new GoogleError('Argument too large: key');
  return key;
}

function lifeMs(seconds: unknown): number {
  const asked = typeof seconds === 'number' && seconds >= 1 ? seconds : CACHE_DEFAULT_SECONDS;
  return Math.min(asked, CACHE_MAX_SECONDS) * 1000;
}

/** Answers one call of a Cache object; args begin with the kind of cache. */
export function serveCache(execution: Execution, method: string, args: readonly unknown[]): unknown {
  const { caches } = execution.machine.state;
  const name = storeKey(execution, args[0]);
  const cache = caches[name] ?? {};
  const read = (key: string) => {
    const entry = Object.hasOwn(cache, checkedKey(key)) ? cache[key] : undefined;
    return entry !== undefined && entry.expiresMs > execution.nowMs ? entry.value : undefined;
  };
  switch (method) {
    case 'get':
      return read(String(args[1])) ?? null;
    case 'getAll': {
      const found = (args[1] as string[]).map((key) => [key, read(key)] as const);
      return Object.fromEntries(found.filter(([, value]) => value !== undefined));
    }
    case 'putAll': {
      const expiresMs = execution.nowMs + lifeMs(args[2]);
      const fresh = Object.entries(args[1] as Record<string, string>).map(([key, value]) => {
        if (bytes(value) > CACHE_VALUE_BYTES) throw new GoogleError('Argument too large: value');
        return [checkedKey(key), { value, expiresMs }] as const;
      });
      caches[name] = trimmed({ ...cache, ...Object.fromEntries(fresh) }, execution.nowMs);
      return undefined;
    }
    case 'removeAll':
      for (const key of args[1] as string[]) delete cache[checkedKey(key)];
      return undefined;
    default:
      throw new GoogleError(`CacheService.${method} is not offered by the local host.`);
  }
}

/** Answers one call of a Lock object; args begin with the kind of lock. */
export function serveLock(execution: Execution, method: string, args: readonly unknown[]): unknown {
  const { locks } = execution.machine;
  const name = storeKey(execution, args[0]);
  switch (method) {
    case 'tryLock':
      return tryLock(execution, name, Number(args[1]));
    case 'hasLock':
      return execution.locks.has(name);
    case 'releaseLock':
      if (execution.locks.delete(name)) locks.delete(name);
      return undefined;
    default:
      throw new GoogleError(`LockService.${method} is not offered by the local host.`);
  }
}

/** Nobody can let go while one waits on this single thread, so a lock held elsewhere costs the whole wait. */
function tryLock(execution: Execution, name: string, waitMs: number): boolean {
  if (execution.locks.has(name)) return true;
  if (!(waitMs >= 0)) return false;
  const { locks } = execution.machine;
  if (locks.has(name)) {
    execution.spend(waitMs);
    return false;
  }
  locks.set(name, execution.id);
  execution.locks.add(name);
  return true;
}
