/** What goes wrong in a world, and when: a plan of plain data, saved, cloned and repeated with the world. */
import { GoogleError } from './host/errors';
import { drawUnit } from './host/random';

export type Side = 'before' | 'after';

/** A fault at one numbered service call of an execution; it fires once and is then spent. */
export interface CallFault {
  readonly what: 'kill' | 'error';
  /** 1 for the first service call of the execution. */
  readonly call: number;
  /** Whether the call's effect has happened when the fault strikes. */
  readonly side: Side;
  /** Text of the error; Google's Sheets time-out when left out. */
  readonly message?: string;
  /** Only in executions of this function. */
  readonly handler?: string;
}

export type VendorTrouble =
  | 'unauthorized'
  | 'payment-required'
  | 'busy'
  | 'server-error'
  | 'timeout'
  | 'slow'
  | 'truncated'
  | 'empty-page'
  | 'duplicate';

/** `once`: the next call; `{ nth: 3 }`: only the third call from now on; `{ rate: 0.1 }`: drawn from the seed. */
export type When = 'always' | 'once' | { readonly nth: number } | { readonly rate: number };

export interface VendorFault {
  /** A host name, or the sandbox's id for all of its hosts. */
  readonly vendor: string;
  readonly what: VendorTrouble;
  readonly when: When;
  /** For `timeout`: whether the vendor had acted. Default `before`. */
  readonly side?: Side;
  /** For `busy`: the Retry-After header; none when left out. */
  readonly retryAfterSeconds?: number;
  /** For `slow`: extra milliseconds. */
  readonly delayMs?: number;
}

interface Armed {
  readonly fault: VendorFault;
  /** Calls this fault has looked at. */
  seen: number;
}

/** The plan as it is stored with the world. */
export interface FaultPlan {
  calls: CallFault[];
  vendors: Armed[];
  /** How often each kind has struck, for the report of a simulation. */
  hits: Record<string, number>;
}

export function emptyPlan(): FaultPlan {
  return { calls: [], vendors: [], hits: {} };
}

const SHEETS_TIMEOUT = 'Service Spreadsheets timed out while accessing document.';

/** Reads and arms the plan of one world. */
export class Faults {
  constructor(
    private readonly plan: FaultPlan,
    private readonly seed: number,
  ) {}

  get hits(): Readonly<Record<string, number>> {
    return this.plan.hits;
  }

  /** Faults that are still armed, for a screen that lists them. */
  get armed(): { readonly calls: readonly CallFault[]; readonly vendors: readonly VendorFault[] } {
    return { calls: this.plan.calls, vendors: this.plan.vendors.map(({ fault }) => fault) };
  }

  atCall(fault: CallFault): void {
    if (!Number.isInteger(fault.call) || fault.call < 1) throw new Error('A call fault needs a call number from 1');
    this.plan.calls.push(fault);
  }

  /** The execution dies at this service call; the next execution is whole again. */
  killAt(call: number, side: Side = 'before', handler?: string): void {
    this.atCall({ what: 'kill', call, side, ...(handler === undefined ? {} : { handler }) });
  }

  /** This service call throws, with or without its effect. */
  failAt(call: number, side: Side = 'before', message = SHEETS_TIMEOUT): void {
    this.atCall({ what: 'error', call, side, message });
  }

  atVendor(fault: VendorFault): void {
    if (typeof fault.when === 'object' && 'rate' in fault.when && !(fault.when.rate >= 0 && fault.when.rate <= 1)) {
      throw new Error('A fault rate lies between 0 and 1');
    }
    this.plan.vendors.push({ fault, seen: 0 });
  }

  /** Lifts the faults of one vendor, or all faults. */
  clear(vendor?: string): void {
    if (vendor === undefined) this.plan.calls = [];
    this.plan.vendors = vendor === undefined ? [] : this.plan.vendors.filter((armed) => armed.fault.vendor !== vendor);
  }

  /** The fault that strikes at this point of an execution, if any: 'kill', or the error to throw. */
  strikeCall(call: number, side: Side, handler: string): 'kill' | GoogleError | undefined {
    const index = this.plan.calls.findIndex(
      (fault) => fault.call === call && fault.side === side && (fault.handler ?? handler) === handler,
    );
    if (index < 0) return undefined;
    const [fault] = this.plan.calls.splice(index, 1);
    if (fault === undefined) return undefined;
    this.count(`${fault.what}-${side}`);
    if (fault.what === 'kill') return 'kill';
    return new GoogleError(fault.message ?? SHEETS_TIMEOUT);
  }

  /** The first armed fault that strikes this request to a vendor, by host name or sandbox id. */
  strikeVendor(names: readonly string[]): VendorFault | undefined {
    for (const armed of this.plan.vendors) {
      if (!names.includes(armed.fault.vendor)) continue;
      armed.seen += 1;
      if (!this.isTime(armed)) continue;
      if (armed.fault.when === 'once' || (typeof armed.fault.when === 'object' && 'nth' in armed.fault.when)) {
        this.plan.vendors.splice(this.plan.vendors.indexOf(armed), 1);
      }
      this.count(`${armed.fault.vendor}-${armed.fault.what}`);
      return armed.fault;
    }
    return undefined;
  }

  private isTime({ fault, seen }: Armed): boolean {
    if (fault.when === 'always' || fault.when === 'once') return true;
    if ('nth' in fault.when) return seen === fault.when.nth;
    return drawUnit(this.seed, `fault:${fault.vendor}:${fault.what}:${seen}`) < fault.when.rate;
  }

  private count(kind: string): void {
    this.plan.hits[kind] = (this.plan.hits[kind] ?? 0) + 1;
  }
}
