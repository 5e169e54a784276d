/** PropertiesService, CacheService and LockService, context side. */
import { call, exception } from './bridge';
import { isNumber, isString, isTextLike, mismatch, requireArgs } from './types-of';

type Kind = 'script' | 'document' | 'user';

const texts = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

class Properties {
  constructor(private readonly kind: Kind) {}

  getProperty(...args: unknown[]): string | null {
    requireArgs('PropertiesService.Properties.getProperty', args, isTextLike);
    return call('PropertiesService', 'getProperty', [this.kind, String(args[0])]) as string | null;
  }
  getProperties(): Record<string, string> {
    return call('PropertiesService', 'getProperties', [this.kind]) as Record<string, string>;
  }
  getKeys(): string[] {
    return call('PropertiesService', 'getKeys', [this.kind]) as string[];
  }
  setProperty(...args: unknown[]): this {
    requireArgs('PropertiesService.Properties.setProperty', args, isTextLike, isTextLike);
    call('PropertiesService', 'setProperties', [this.kind, { [String(args[0])]: String(args[1]) }, false]);
    return this;
  }
  setProperties(...args: unknown[]): this {
    const [values, deleteOthers = false] = args;
    if (!isRecord(values) || typeof deleteOthers !== 'boolean') {
      throw mismatch(args, 'PropertiesService.Properties.setProperties');
    }
    call('PropertiesService', 'setProperties', [this.kind, texts(values), deleteOthers]);
    return this;
  }
  deleteProperty(...args: unknown[]): this {
    requireArgs('PropertiesService.Properties.deleteProperty', args, isTextLike);
    call('PropertiesService', 'deleteProperty', [this.kind, String(args[0])]);
    return this;
  }
  deleteAllProperties(): this {
    call('PropertiesService', 'deleteAllProperties', [this.kind]);
    return this;
  }
  toString(): string {
    return 'Properties';
  }
}

class Cache {
  constructor(private readonly kind: Kind) {}

  get(...args: unknown[]): string | null {
    requireArgs('CacheService.Cache.get', args, isTextLike);
    return call('CacheService', 'get', [this.kind, String(args[0])]) as string | null;
  }
  getAll(keys: unknown): Record<string, string> {
    if (!Array.isArray(keys) || !keys.every(isString)) throw mismatch([keys], 'CacheService.Cache.getAll');
    return call('CacheService', 'getAll', [this.kind, keys]) as Record<string, string>;
  }
  put(...args: unknown[]): null {
    const [key, value, seconds] = args;
    const isLife = seconds === undefined || isNumber(seconds);
    if (!isTextLike(key) || !isTextLike(value) || !isLife) throw mismatch(args, 'CacheService.Cache.put');
    call('CacheService', 'putAll', [this.kind, { [String(key)]: String(value) }, seconds ?? null]);
    return null;
  }
  putAll(...args: unknown[]): null {
    const [values, seconds] = args;
    if (!isRecord(values)) throw mismatch(args, 'CacheService.Cache.putAll');
    call('CacheService', 'putAll', [this.kind, texts(values), seconds ?? null]);
    return null;
  }
  remove(key: unknown): null {
    call('CacheService', 'removeAll', [this.kind, [String(key)]]);
    return null;
  }
  removeAll(keys: unknown): null {
    if (!Array.isArray(keys)) throw mismatch([keys], 'CacheService.Cache.removeAll');
    call('CacheService', 'removeAll', [this.kind, keys.map(String)]);
    return null;
  }
  toString(): string {
    return 'Cache';
  }
}

class Lock {
  constructor(private readonly kind: Kind) {}

  tryLock(...args: unknown[]): boolean {
    requireArgs('LockService.Lock.tryLock', args, isNumber);
    return call('LockService', 'tryLock', [this.kind, args[0]]) === true;
  }
  waitLock(...args: unknown[]): void {
    requireArgs('LockService.Lock.waitLock', args, isNumber);
    if (call('LockService', 'tryLock', [this.kind, args[0]]) === true) return;
    throw exception('Lock timeout: another process was holding the lock for too long.');
  }
  hasLock(): boolean {
    return call('LockService', 'hasLock', [this.kind]) === true;
  }
  releaseLock(): void {
    call('LockService', 'releaseLock', [this.kind]);
  }
  toString(): string {
    return 'Lock';
  }
}

export interface StoreServices {
  readonly PropertiesService: object;
  readonly CacheService: object;
  readonly LockService: object;
}

/**
 * The three services. Outside its document, which a web app is, a script has neither a document cache nor a document
 * lock: both are null, as Google documents.
 */
export function storeServices(isInDocument: boolean): StoreServices {
  return {
    PropertiesService: {
      getScriptProperties: () => new Properties('script'),
      getUserProperties: () => new Properties('user'),
      getDocumentProperties: () => new Properties('document'),
      toString: () => 'PropertiesService',
    },
    CacheService: {
      getScriptCache: () => new Cache('script'),
      getUserCache: () => new Cache('user'),
      getDocumentCache: () => (isInDocument ? new Cache('document') : null),
      toString: () => 'CacheService',
    },
    LockService: {
      getScriptLock: () => new Lock('script'),
      getUserLock: () => new Lock('user'),
      getDocumentLock: () => (isInDocument ? new Lock('document') : null),
      toString: () => 'LockService',
    },
  };
}
