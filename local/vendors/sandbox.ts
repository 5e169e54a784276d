/** A vendor's sandbox: a synchronous, deterministic (state, request, now) -> reply. It never imports `src`. */

export interface SandboxRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body as characters 0 to 255, where it is no UTF-8 and `body` has lost some of it: a picture, say. */
  readonly bytes?: string;
}

export interface SandboxReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface LoadReport {
  readonly loaded: number;
  readonly refused: readonly { readonly index: number; readonly reason: string }[];
}

export interface Sandbox<State = unknown> {
  /** The vendor's own lower-kebab name. */
  readonly id: string;
  readonly title: string;
  /** Hosts it answers for, e.g. `api.stripe.com`; `.example.com` stands for every host under it. */
  readonly hosts: readonly string[];
  /** On a host that vendors share, such as a common sign-in: whether this address is its own. All are when left out. */
  owns?(url: URL): boolean;
  /** A fresh account. The state is plain JSON and is changed in place by `handle`. */
  start(): State;
  /** `nowMs` is the world's clock. */
  handle(state: State, request: SandboxRequest, nowMs: number): SandboxReply;
  /** Puts objects in the vendor's own JSON into the account, as if they had happened at the vendor. */
  load?(state: State, json: unknown, nowMs: number): LoadReport;
}
