/** ScriptApp and Session, context side: triggers, modes, the token and the people. */
import { call } from './bridge';
import { type EnumValue, enumeration, nameIn } from './enums';
import { isNumber, isString, mismatch, requireArgs } from './types-of';

const AuthMode = enumeration('NONE', 'CUSTOM_FUNCTION', 'LIMITED', 'FULL');
const EventType = enumeration('CLOCK', 'ON_OPEN', 'ON_EDIT', 'ON_FORM_SUBMIT', 'ON_CHANGE', 'ON_EVENT_UPDATED');
const TriggerSource = enumeration('SPREADSHEETS', 'CLOCK', 'FORMS', 'DOCUMENTS', 'CALENDAR');
const WeekDay = enumeration('SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY');
const AuthorizationStatus = enumeration('REQUIRED', 'NOT_REQUIRED');
const InstallationSource = enumeration('APPS_MARKETPLACE_DOMAIN_ADD_ON', 'NONE', 'WEB_STORE_ADD_ON');

interface Listed {
  readonly id: string;
  readonly handler: string;
  readonly event: keyof typeof EventType;
}

class Trigger {
  constructor(private readonly record: Listed) {}

  getUniqueId(): string {
    return this.record.id;
  }
  getHandlerFunction(): string {
    return this.record.handler;
  }
  getEventType(): EnumValue {
    return EventType[this.record.event];
  }
  getTriggerSource(): EnumValue {
    return this.record.event === 'CLOCK' ? TriggerSource.CLOCK : TriggerSource.SPREADSHEETS;
  }
  getTriggerSourceId(): string | null {
    if (this.record.event === 'CLOCK') return null;
    return (call('SpreadsheetApp', 'getActiveSpreadsheet') as { readonly id: string }).id;
  }
  toString(): string {
    return 'Trigger';
  }
}

const created = (spec: object) => new Trigger(call('ScriptApp', 'newTrigger', [spec]) as Listed);

class ClockTriggerBuilder {
  private readonly clock: Record<string, number> = {};
  private zone: string | undefined;

  constructor(private readonly handler: string) {}

  private with(name: string, value: unknown, method = name): this {
    if (!isNumber(value)) throw mismatch([value], `ScriptApp.ClockTriggerBuilder.${method}`);
    this.clock[name] = value;
    return this;
  }
  everyMinutes(minutes: unknown): this {
    return this.with('everyMinutes', minutes);
  }
  everyHours(hours: unknown): this {
    return this.with('everyHours', hours);
  }
  everyDays(days: unknown): this {
    return this.with('everyDays', days);
  }
  everyWeeks(weeks: unknown): this {
    return this.with('everyWeeks', weeks);
  }
  onWeekDay(day: unknown): this {
    const name = nameIn(WeekDay, day);
    if (name === undefined) throw mismatch([day], 'ScriptApp.ClockTriggerBuilder.onWeekDay');
    return this.with('onWeekDay', WeekDay[name].ordinal());
  }
  onMonthDay(day: unknown): this {
    return this.with('onMonthDay', day);
  }
  atHour(hour: unknown): this {
    return this.with('atHour', hour);
  }
  nearMinute(minute: unknown): this {
    return this.with('nearMinute', minute);
  }
  after(milliseconds: unknown): this {
    return this.with('afterMs', milliseconds, 'after');
  }
  at(date: unknown): this {
    if (!(date instanceof Date)) throw mismatch([date], 'ScriptApp.ClockTriggerBuilder.at');
    return this.with('atMs', date.getTime());
  }
  atDate(year: unknown, month: unknown, day: unknown): this {
    requireArgs('ScriptApp.ClockTriggerBuilder.atDate', [year, month, day], isNumber, isNumber, isNumber);
    return this.with('atMs', new Date(Number(year), Number(month) - 1, Number(day)).getTime());
  }
  inTimezone(zone: unknown): this {
    if (!isString(zone)) throw mismatch([zone], 'ScriptApp.ClockTriggerBuilder.inTimezone');
    this.zone = zone;
    return this;
  }
  create(): Trigger {
    const zone = this.zone === undefined ? {} : { zone: this.zone };
    return created({ handler: this.handler, event: 'CLOCK', clock: this.clock, ...zone });
  }
}

class SpreadsheetTriggerBuilder {
  private event: string | undefined;

  constructor(private readonly handler: string) {}

  onEdit(): this {
    this.event = 'ON_EDIT';
    return this;
  }
  onOpen(): this {
    this.event = 'ON_OPEN';
    return this;
  }
  onChange(): this {
    this.event = 'ON_CHANGE';
    return this;
  }
  onFormSubmit(): this {
    this.event = 'ON_FORM_SUBMIT';
    return this;
  }
  create(): Trigger {
    if (this.event === undefined) throw mismatch([], 'ScriptApp.SpreadsheetTriggerBuilder.create');
    return created({ handler: this.handler, event: this.event });
  }
}

class TriggerBuilder {
  constructor(private readonly handler: string) {}

  timeBased(): ClockTriggerBuilder {
    return new ClockTriggerBuilder(this.handler);
  }
  forSpreadsheet(spreadsheet: unknown): SpreadsheetTriggerBuilder {
    if (spreadsheet === null || spreadsheet === undefined) {
      throw mismatch([spreadsheet], 'ScriptApp.TriggerBuilder.forSpreadsheet');
    }
    return new SpreadsheetTriggerBuilder(this.handler);
  }
}

const listTriggers = () => (call('ScriptApp', 'getProjectTriggers') as Listed[]).map((record) => new Trigger(record));

export const ScriptApp = {
  AuthMode,
  EventType,
  TriggerSource,
  WeekDay,
  AuthorizationStatus,
  InstallationSource,
  newTrigger(...args: unknown[]): TriggerBuilder {
    requireArgs('ScriptApp.newTrigger', args, isString);
    return new TriggerBuilder(String(args[0]));
  },
  getProjectTriggers: listTriggers,
  getUserTriggers: listTriggers,
  deleteTrigger(trigger: unknown): void {
    if (!(trigger instanceof Trigger)) throw mismatch([trigger], 'ScriptApp.deleteTrigger');
    call('ScriptApp', 'deleteTrigger', [trigger.getUniqueId()]);
  },
  getOAuthToken(): string {
    return String(call('ScriptApp', 'getOAuthToken'));
  },
  getService(): object {
    return { getUrl: () => String(call('ScriptApp', 'getUrl')), isEnabled: () => true, toString: () => 'Service' };
  },
  getInstallationSource: (): EnumValue => InstallationSource.NONE,
  toString: (): string => 'ScriptApp',
};

/** A person, as Session and events name one. */
export class User {
  constructor(private readonly email: string) {}

  getEmail(): string {
    return this.email;
  }
  getUsername(): string {
    return this.email.split('@')[0] ?? '';
  }
  toString(): string {
    return this.email;
  }
}

export const Session = {
  getActiveUser: (): User => new User(String(call('Session', 'getActiveUser'))),
  getEffectiveUser: (): User => new User(String(call('Session', 'getEffectiveUser'))),
  getScriptTimeZone: (): string => String(call('Session', 'getScriptTimeZone')),
  getActiveUserLocale: (): string => String(call('Session', 'getActiveUserLocale')),
  toString: (): string => 'Session',
};

/** The mode as it stands in an event object. */
export function authModeOf(name: keyof typeof AuthMode): EnumValue {
  return AuthMode[name];
}
