/** One moment of the year: what an actor sees of it, and wishes of the owner that are made again until they are answered. */
import { callApi } from '../../../local/cli/api';
import { rowsOf } from '../../../local/cli/tabs';
import type { Chapter, Stage } from '../../../local/story/chapter';
import { stageOf } from '../../../local/story/stage';
import type { World } from '../../../local/world';
import type { Chance } from '../days';

type Args = Readonly<Record<string, unknown>>;

interface Wish {
  readonly name: string;
  readonly args: Args;
}

export class Scene {
  /** Asked for and not answered: the run died. The same request comes again, and acts once. */
  private readonly wishes: Wish[] = [];
  private requests = 0;
  /** How often something was done, by its name: for the report, and to see that nothing is never done. */
  readonly done: Record<string, number> = {};

  constructor(
    readonly world: World,
    readonly chance: Chance,
    public day: string,
  ) {}

  get now(): number {
    return this.world.now;
  }

  state<State>(platform: string): State {
    return this.world.vendorState<State>(platform);
  }

  stage(platform: string): Stage {
    return stageOf(this.world, platform, this.day);
  }

  /** Notes that something was done. */
  did(what: string): void {
    this.done[what] = (this.done[what] ?? 0) + 1;
  }

  /** A call of the owner. Undefined when it was refused, or has to be asked again. */
  ask<T>(name: string, args: Args = {}): T | undefined {
    const called = callApi(this.world, name, [args]);
    if (called.ok) {
      const value = called.value as (T & { readonly refused?: string }) | undefined;
      if (value?.refused === undefined) return value as T;
      this.did(`refused ${name}`);
      return undefined;
    }
    if (called.run.killed && args.request !== undefined) this.wishes.push({ name, args });
    this.did(called.run.killed ? `killed ${name}` : `failed ${name}: ${called.error}`);
    return undefined;
  }

  /** The same with a request id of its own. */
  wish<T>(name: string, args: Args): T | undefined {
    this.requests += 1;
    return this.ask<T>(name, { request: `year-request-${this.requests}`, ...args });
  }

  /** Asks a platform for something on a lease's behalf. It may come later, when the platform is troubled. */
  offer(platform: string, lease: string, kind: string): void {
    this.did(`${platform} ${kind}`);
    this.wish('askPlatform', { platform, lease, kind });
  }

  /** What was not answered is asked again, with the same request. */
  askAgain(): void {
    for (const { name, args } of this.wishes.splice(0)) this.ask(name, args);
  }

  /** A platform that wants a new sign-in gets it, when the owner is at hand and the platform answers. */
  signInAgain(chapters: readonly Pick<Chapter, 'platform' | 'connect'>[]): void {
    const state = new Map([...rowsOf(this.world, 'Connections')].map((row) => [row.Platform, row.State]));
    for (const chapter of chapters) {
      if (state.get(chapter.platform) !== 'needs sign-in') continue;
      try {
        chapter.connect(this.stage(chapter.platform));
        this.did(`signed in again: ${chapter.platform}`);
      } catch {
        this.did(`sign-in failed: ${chapter.platform}`);
      }
    }
  }
}

/** A resident, a bookkeeper or a bank: does what can be done now, if they feel like it. */
export type Actor = (scene: Scene) => void;

/** Those of a list that pass, one drawn by chance; undefined when there is none. */
export function anyOf<T>(scene: Scene, all: Iterable<T>, passes: (each: T) => boolean = () => true): T | undefined {
  const found = [...all].filter(passes);
  return found.length === 0 ? undefined : scene.chance.of(found);
}
