/** The world: a spreadsheet with its script, its people and its vendors, under one clock that only commands move. */
import { Faults } from './faults';
import { HarRecorder } from './har';
import { type Bundle, loadBundle } from './host/bundle';
import type { EventSpec } from './host/context/events';
import { settleCells } from './host/custom-functions';
import { clockEvent, editEvent, fileEvent, type WebRequest, webEvent } from './host/events';
import type { Execution } from './host/execution';
import { readWorld, writeWorld } from './host/files';
import type { Machine } from './host/machine';
import {
  type AdvanceOptions,
  type EditResult,
  instantOfWhen,
  type RunOptions,
  type When,
  type WorldOptions,
  type WorldParts,
} from './host/options';
import { draw } from './host/random';
import { type Ran, type RunRequest, runFunction } from './host/runner';
import { nextFire } from './host/schedule';
import type { Mode } from './host/scopes';
import {
  type ExecutionRecord,
  type HostState,
  type MailMessage,
  nextSerial,
  type RunResult,
  startState,
  type TriggerEvent,
  type TriggerKind,
  type TriggerRecord,
  type UiState,
} from './host/state';
import { tokenOf } from './host/tokens';
import { methodNotAllowed, RESERVED, type WebReply, webReply } from './host/web-app';
import { WorkbookModel } from './host/workbook/workbook';
import type { LoadReport, Sandbox } from './vendors/sandbox';

export type { AdvanceOptions, EditResult, RunOptions, When, WorldOptions, WorldParts } from './host/options';

interface Hook {
  readonly call: number;
  readonly act: (world: World) => void;
  readonly handler: string | undefined;
}

const bundleFrom = (bundle: string | Bundle): Bundle => (typeof bundle === 'string' ? loadBundle(bundle) : bundle);

export class World implements Machine {
  readonly faults: Faults;
  readonly locks = new Map<string, number>();
  recorder?: HarRecorder;
  /** Address of the web app; a server on loopback puts its own here. */
  webAppUrl: string;
  wallLimitMs = 60_000;
  private readonly stack: Execution[] = [];
  private hooks: Hook[] = [];

  private constructor(
    readonly state: HostState,
    readonly workbook: WorkbookModel,
    readonly bundle: Bundle,
    readonly sandboxes: readonly Sandbox[],
  ) {
    this.faults = new Faults(state.faults, state.seed);
    const id = draw(state.seed, 'deployment').toString('base64url');
    this.webAppUrl = `https://script.google.com/macros/s/AKfycb${id}/exec`;
    workbook.clock = () => this.now;
    workbook.state.custom.know(bundle.functions);
  }

  /** A new world with an empty spreadsheet. */
  static create(options: WorldOptions): World {
    const seed = options.seed ?? 1;
    const state = startState(seed, instantOfWhen(options.now), options.owner, options.profile ?? 'consumer');
    const workbook = WorkbookModel.create({
      id: `1${draw(seed, 'spreadsheet').toString('base64url')}`,
      title: options.title,
      locale: options.locale,
      timeZone: options.zone,
      owner: options.owner,
    });
    return new World(state, workbook, bundleFrom(options.bundle), options.sandboxes);
  }

  /** A world that was saved, with the code and the sandboxes of today. */
  static open(dir: string, parts: WorldParts): World {
    const { state, workbook } = readWorld(dir);
    const model = WorkbookModel.fromJSON(workbook as Parameters<typeof WorkbookModel.fromJSON>[0]);
    const world = new World(state, model, bundleFrom(parts.bundle), parts.sandboxes);
    settleCells(world);
    return world;
  }

  /** Writes the world to a folder; a crash while it writes leaves the world that was there before. */
  save(dir: string): void {
    writeWorld(dir, this.state, this.workbook.toJSON());
  }

  /** A world of its own with the same past; what is done to one does not show in the other. */
  clone(): World {
    const { mailbox, executions } = this.state;
    const bare: HostState = { ...this.state, mailbox: [], executions: [] };
    const state = JSON.parse(JSON.stringify(bare)) as HostState;
    // Messages and records never change once they are kept, so only the lists are copied.
    state.mailbox = [...mailbox];
    state.executions = [...executions];
    const world = new World(state, this.workbook.clone(), this.bundle, this.sandboxes);
    world.webAppUrl = this.webAppUrl;
    return world;
  }

  /** Milliseconds since 1970. */
  get now(): number {
    return this.stack.at(-1)?.nowMs ?? this.state.nowMs;
  }

  /** Calls a function as the given account (the owner when left out) and tells all about it. */
  run(handler: string, args: readonly unknown[] = [], options: RunOptions = {}): RunResult {
    const user = options.user ?? this.state.owner;
    const given = options.event === undefined ? args : [options.event];
    return this.start({
      handler,
      args: given,
      user: options.trigger === 'web' ? this.webUser(user) : user,
      ...(options.trigger === undefined ? {} : { trigger: options.trigger }),
      ...(options.mode === undefined ? {} : { mode: options.mode }),
    }).result;
  }

  /** Fires every clock trigger that is due until then, in order, and leaves the clock there (or where a run ended). */
  advanceTo(when: When, options: AdvanceOptions = {}): { readonly runs: number; readonly reached: boolean } {
    const untilMs = instantOfWhen(when);
    if (untilMs < this.state.nowMs) throw new Error('The clock of a world only moves on');
    let runs = 0;
    for (;;) {
      const trigger = this.nextTrigger(untilMs);
      if (trigger?.nextMs === undefined) break;
      if (runs >= (options.limit ?? Number.POSITIVE_INFINITY)) return { runs, reached: false };
      const result = this.fire(trigger, trigger.nextMs);
      runs += 1;
      options.onRun?.(result, trigger);
    }
    this.state.nowMs = Math.max(this.state.nowMs, untilMs);
    return { runs, reached: true };
  }

  /** A person types into a cell; then the simple onEdit runs as that person, and installed ones as their makers. */
  edit(sheet: string, a1: string, text: string, user: string = this.state.owner): EditResult {
    return this.edited(sheet, this.workbook.edit(sheet, a1, text, user), user);
  }

  /** A person pastes rows of texts with their first cell at `a1`; the event then has no values. */
  paste(sheet: string, a1: string, rows: readonly (readonly string[])[], user: string = this.state.owner): EditResult {
    return this.edited(sheet, this.workbook.paste(sheet, a1, rows, user), user);
  }

  /** A person puts the cursor somewhere; scripts that run as this person find it there. */
  select(sheet: string, a1: string, user: string = this.state.owner): void {
    this.state.ui.selections = { ...this.state.ui.selections, [user]: { sheet, a1 } };
  }

  private edited(sheet: string, change: EditResult['change'], user: string): EditResult {
    this.select(sheet, change.a1, user);
    settleCells(this);
    const seen = { sheet, a1: change.a1, value: change.value, oldValue: change.oldValue };
    const simple = this.simple('onEdit', 'edit', user, editEvent(seen, user));
    const installed = this.installed('ON_EDIT', 'edit', user, (id) => editEvent(seen, user, id));
    return { change, runs: [...simple, ...installed] };
  }

  /** A person opens the file. `mode: 'none'` is an add-on's first time in it. */
  visit(user: string = this.state.owner, mode: 'none' | 'limited' = 'limited'): readonly RunResult[] {
    this.workbook.reopen();
    settleCells(this);
    const event = fileEvent(mode === 'none' ? 'NONE' : 'LIMITED', user);
    const simple = this.simple('onOpen', 'open', user, event, mode);
    if (mode === 'none') return simple;
    return [...simple, ...this.installed('ON_OPEN', 'open', user, (id) => fileEvent('FULL', user, { triggerUid: id }))];
  }

  /** A person changed the structure of the file (`INSERT_ROW`, `REMOVE_ROW`, ...); the caller has already done it. */
  changed(changeType: string, user: string = this.state.owner): readonly RunResult[] {
    settleCells(this);
    return this.installed('ON_CHANGE', 'edit', user, (id) => fileEvent('FULL', user, { changeType, triggerUid: id }));
  }

  /** A person opens the add-on's panel beside the sheet: the card is the value of the run. Throws when there is none. */
  card(user: string = this.state.owner): RunResult {
    const { common, sheets } = this.bundle.manifest.addOns ?? {};
    const homepage = sheets && (sheets.homepageTrigger ?? common?.homepageTrigger);
    if (homepage === undefined) throw new Error('The manifest names no card for Sheets');
    const args = [{ hostApp: 'SHEETS', clientPlatform: 'WEB' }];
    const ran = this.start({ handler: homepage.runFunction, args, user, trigger: 'card' });
    if (ran.result.ok && ran.kind !== 'card') throw new Error(`${homepage.runFunction} gave no card`);
    return ran.result;
  }

  doGet(parameters: WebRequest['parameters'] = {}, pathInfo?: string): WebReply {
    return this.web('doGet', { parameters, ...(pathInfo === undefined ? {} : { pathInfo }) });
  }

  doPost(request: WebRequest): WebReply {
    return this.web('doPost', request);
  }

  /** Lets something else happen inside service call `call` of the next execution (of `handler`) that reaches it. */
  during(call: number, act: (world: World) => void, handler?: string): void {
    this.hooks.push({ call, act, handler });
  }

  /** From now on every exchange with a vendor is kept, redacted. */
  record(): HarRecorder {
    this.recorder ??= new HarRecorder();
    return this.recorder;
  }

  get owner(): string {
    return this.state.owner;
  }
  get mailbox(): readonly MailMessage[] {
    return this.state.mailbox;
  }
  get ui(): UiState {
    return this.state.ui;
  }
  get executions(): readonly ExecutionRecord[] {
    return this.state.executions;
  }
  get triggers(): readonly TriggerRecord[] {
    return this.state.triggers;
  }
  /** Properties by store: `script`, `document`, `user:<address>`. */
  get properties(): HostState['properties'] {
    return this.state.properties;
  }
  get caches(): HostState['caches'] {
    return this.state.caches;
  }

  /** A bearer token for the REST faces of this world's Google. */
  token(user: string = this.state.owner): string {
    return tokenOf(user);
  }

  /** The state of a vendor's account; a fresh account when nobody has used it yet. */
  vendorState<State = unknown>(id: string): State {
    const sandbox = this.sandbox(id);
    this.state.vendors[id] ??= sandbox.start();
    return this.state.vendors[id] as State;
  }

  /** Puts objects into a vendor's account, in the vendor's own JSON. */
  load(id: string, json: unknown): LoadReport {
    const sandbox = this.sandbox(id);
    if (sandbox.load === undefined) throw new Error(`The ${id} sandbox takes no objects`);
    return sandbox.load(this.vendorState(id), json, this.now);
  }

  /** For the services: the number of the next execution. */
  nextExecution(): number {
    return nextSerial(this.state, 'execution');
  }
  running(): number {
    return this.stack.length;
  }
  entered(execution: Execution): void {
    this.stack.push(execution);
  }
  left(execution: Execution): void {
    this.stack.splice(this.stack.indexOf(execution), 1);
  }

  interleave(call: number, execution: Execution): void {
    const { handler } = execution.options;
    const due = this.hooks.filter((hook) => hook.call === call && (hook.handler ?? handler) === handler);
    if (due.length === 0) return;
    this.hooks = this.hooks.filter((hook) => !due.includes(hook));
    // The other execution starts at this very moment of the first one, which then goes on beside it.
    this.state.nowMs = Math.max(this.state.nowMs, execution.nowMs);
    for (const hook of due) hook.act(this);
  }

  private start(request: RunRequest): Ran {
    const ran = runFunction(this, request);
    // What an execution has written is calculated when the outermost one is over.
    if (this.stack.length === 0) settleCells(this);
    return ran;
  }

  private sandbox(id: string): Sandbox {
    const sandbox = this.sandboxes.find((one) => one.id === id);
    if (sandbox === undefined) throw new Error(`This world has no ${id}`);
    return sandbox;
  }

  private nextTrigger(untilMs: number): TriggerRecord | undefined {
    let first: TriggerRecord | undefined;
    for (const trigger of this.state.triggers) {
      if (trigger.nextMs === undefined || trigger.nextMs > untilMs) continue;
      if (first?.nextMs === undefined || trigger.nextMs < first.nextMs) first = trigger;
    }
    return first;
  }

  /** Times that passed while another run took its time fire once, late, and not once each. */
  private fire(trigger: TriggerRecord, dueMs: number): RunResult {
    const { rule } = trigger;
    this.state.nowMs = Math.max(this.state.nowMs, dueMs);
    const next = rule === undefined ? undefined : nextFire(rule, trigger.zone, this.state.nowMs);
    if (next === undefined || rule?.kind === 'once') delete trigger.nextMs;
    else trigger.nextMs = next;
    const event = clockEvent(this.state.nowMs, trigger.id);
    return this.start({ handler: trigger.handler, user: trigger.user, trigger: 'time', event }).result;
  }

  /** A simple trigger exists when the app has a function of its name. */
  private simple(handler: string, trigger: TriggerKind, user: string, event: EventSpec, mode?: Mode): RunResult[] {
    const ran = this.start({ handler, user, trigger, event, ...(mode === undefined ? {} : { mode }) });
    return ran.kind === 'absent' ? [] : [ran.result];
  }

  private installed(
    kind: TriggerEvent,
    trigger: TriggerKind,
    activeUser: string,
    event: (id: string) => EventSpec,
  ): RunResult[] {
    const due = this.state.triggers.filter((one) => one.event === kind);
    return due.map(
      ({ handler, user, id }) =>
        // An installed trigger may bear a simple one's name and still has its maker's rights.
        this.start({ handler, user, activeUser, trigger, event: event(id), mode: 'full' }).result,
    );
  }

  private webUser(visitor: string): string {
    return this.bundle.manifest.webapp?.executeAs === 'USER_ACCESSING' ? visitor : this.state.owner;
  }

  private web(handler: 'doGet' | 'doPost', request: WebRequest): WebReply {
    if (Object.keys(request.parameters ?? {}).some((name) => RESERVED.includes(name))) return methodNotAllowed;
    const args = [webEvent(request, handler === 'doPost')];
    const ran = this.start({ handler, args, user: this.webUser(this.state.owner), trigger: 'web' });
    return webReply(ran.result, ran.kind);
  }
}
