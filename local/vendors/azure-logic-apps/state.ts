/** What an Azure sandbox keeps: one tenant and subscription, its application, connections, workflows and runs. */

export type Members = Record<string, unknown>;

/** An application that may sign in with a secret, and what it may do in the resource group. */
export interface Application {
  readonly id: string;
  secret: string;
  role: 'Logic App Contributor' | 'Logic App Operator' | 'Reader' | 'none';
}

export interface Connection {
  readonly name: string;
  /** Nobody has agreed yet at a new one; a consent that has ended is an error. */
  status: 'Connected' | 'Error';
}

export type RunStatus = 'Running' | 'Succeeded' | 'Failed' | 'Cancelled';
export type ActionStatus = 'Succeeded' | 'Failed' | 'Skipped';

export interface ActionResult {
  readonly status: ActionStatus;
  readonly outputs?: unknown;
}

/** A request that an action sends to somebody's server or connector. */
export interface Outgoing {
  readonly workflow: string;
  readonly run: string;
  readonly action: string;
  readonly method: string;
  /** An address, or for a connector its name and path. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Run {
  readonly name: string;
  readonly startMs: number;
  endMs: number | null;
  status: RunStatus;
  readonly tracking: string;
  readonly trigger: string;
  readonly triggerOutputs: Members;
  results: Record<string, ActionResult>;
  /** HTTP actions that wait for an answer, and how often each was sent. */
  waiting: Record<string, number>;
  sent: Outgoing[];
}

export interface Workflow {
  readonly name: string;
  /** Stands in the address of its triggers; a workflow that is made anew has another. */
  readonly id: string;
  readonly location: string;
  tags: Record<string, string>;
  readonly createdMs: number;
  changedMs: number;
  version: string;
  isEnabled: boolean;
  keys: { primary: string; secondary: string };
  definition: Members;
  parameters: Record<string, { value?: unknown; type?: string }>;
  accessControl: Members;
  runs: Run[];
}

export interface Allowance {
  left: number;
  atMs: number;
}

export interface AzureState {
  serials: Record<string, number>;
  applications: Application[];
  tokens: Record<string, { readonly client: string; readonly audience: string; readonly untilMs: number }>;
  group: string;
  connections: Connection[];
  workflows: Workflow[];
  /** By `reads`, `writes`, `triggers`. */
  allowances: Record<string, Allowance>;
  /** Until when a part answers 429, whatever its allowance says. */
  throttledUntilMs: Record<string, number>;
}

export const TENANT = '5f2c9a1e-7b44-4c0d-9a57-1e0b6c3d8f21';
export const SUBSCRIPTION = '0b8e4d6a-3f15-4a7c-8d92-6c1f7e5a9b30';
export const GROUP = 'rent-ledger';
export const CLIENT_ID = 'd41c7e90-58b2-4f6e-a3c8-2b7f9e106c55';
export const CLIENT_SECRET = 'Qx8~rent-ledger-sandbox-secret';
export const REGION = 'eastus';
export const TRIGGER_HOST = `prod-27.${REGION}.logic.azure.com`;

export function freshState(): AzureState {
  return {
    serials: {},
    applications: [{ id: CLIENT_ID, secret: CLIENT_SECRET, role: 'Logic App Contributor' }],
    tokens: {},
    group: GROUP,
    connections: [],
    workflows: [],
    allowances: {},
    throttledUntilMs: {},
  };
}

/** Names of Azure resources are compared without regard to case. */
export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const GROUP_PATH = `/subscriptions/${SUBSCRIPTION}/resourceGroups/${GROUP}`;
export const workflowPath = (name: string): string => `${GROUP_PATH}/providers/Microsoft.Logic/workflows/${name}`;

const EPOCH_TICKS = 621_355_968_000_000_000n;
const LAST_TICK = 9_223_372_036_854_775_807n;

/** Twenty digits that fall as time goes on, so that the newest name sorts first. */
export function fallingTicks(nowMs: number, serial: number): string {
  const ticks = EPOCH_TICKS + BigInt(Math.floor(nowMs)) * 10_000n + BigInt(serial % 10_000);
  return String(LAST_TICK - ticks).padStart(20, '0');
}

/** Seven decimals, as Azure writes a moment. */
export const moment = (ms: number): string => new Date(ms).toISOString().replace('Z', '0000Z');
