/** Writes the book a moment after small changes, so that typing does not wait for the disk. */
import type { OpenBook } from '../../cli/book';

/** Milliseconds of rest after the last small change. */
const REST_MS = 400;

export class Saver {
  /** Why the last writing failed; '' when it did not. */
  trouble = '';
  private waiting: NodeJS.Timeout | undefined;

  constructor(private readonly book: OpenBook) {}

  /** The change is on disk soon. */
  soon(): void {
    this.book.touch();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.now(), REST_MS);
  }

  /** Writes what still waits, and nothing afterwards. */
  flush(): void {
    if (this.waiting !== undefined) this.now();
  }

  /** The change is on disk when this returns, or {@link trouble} says why not. */
  now(): void {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.book.touch();
    try {
      this.book.save();
      this.trouble = '';
    } catch (error) {
      this.trouble = (error as Error).message;
    }
  }
}
