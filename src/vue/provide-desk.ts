import { effectScope, getCurrentInstance, inject, onWatcherCleanup, provide, ssrContextKey } from "vue";
import { toValue, watch, type App, type InjectionKey, type MaybeRefOrGetter } from "vue";
import { noProvider } from "../domain/error-text.ts";
import { createDesk, DeskError, noLink, type Desk, type StartOptions, type Vocabulary } from "../index.ts";

/** The part that desks of all vocabularies share. */
type AnyDesk = Pick<Desk, "connection" | "start" | "stop" | "retain">;

/** Options of {@link provideDesk} and {@link deskPlugin}. */
export interface ProvideOptions {
  /**
   * Keeps the desk started with these options of `desk.start` while the component or application is mounted. When a
   * reference or getter changes, the desk restarts with the new options.
   */
  readonly autoStart?: MaybeRefOrGetter<StartOptions | boolean | undefined> | undefined;
}

/** A desk, and one that is never started: what a server renders, and what its page shows while it is hydrated. */
type Provided<SomeDesk = AnyDesk> = Record<"desk" | "idle", SomeDesk>;

const key: InjectionKey<Provided> = Symbol("deskstate");
// A component injects what those above it provide. What it provides itself is found here.
const own = new WeakMap<object, Provided>();

/** Provides a desk to the component in whose setup this is called, and to all below it. */
export function provideDesk(desk: AnyDesk, options?: ProvideOptions): void {
  const provided = withIdle(desk);
  provide(key, provided);
  own.set(getCurrentInstance() ?? {}, provided);
  if (!isOnServer()) keepStarted(desk, options);
}

/** Provides a desk to all components of an application: `app.use(deskPlugin, desk, { autoStart: true })`. */
export function deskPlugin(app: App, desk: AnyDesk, options?: ProvideOptions): void {
  app.provide(key, withIdle(desk));
  const { mount } = app;
  // An application that is only rendered, on a server, is never mounted.
  app.mount = (...where) => {
    const root = mount(...where);
    // Detached, because an application may be mounted by a component of another one.
    effectScope(true).run(() => app.onUnmount(keepStarted(desk, options)));
    return root;
  };
}

/**
 * Returns what is provided. The caller names its vocabulary, because an injection key has one type.
 *
 * @throws DeskError `no-provider`
 */
export function useProvided<Words extends Vocabulary>(): Provided<Desk<Words>> {
  const provided = own.get(getCurrentInstance() ?? {}) ?? inject(key, undefined);
  if (provided === undefined) throw new DeskError("no-provider", noProvider("provideDesk(desk)"));
  return provided as Provided<Desk<Words>>;
}

/** Whether a server renders the page: only there Vue provides a context for it. */
export const isOnServer = (): boolean => inject(ssrContextKey, undefined) !== undefined;

const withIdle = (desk: AnyDesk): Provided => ({ desk, idle: createDesk({ link: noLink }) });

/** Retains the desk, with the options of the moment, until the current scope ends or the returned function is called. */
function keepStarted(desk: AnyDesk, { autoStart }: ProvideOptions = {}): () => void {
  const follow = () => {
    const options = toValue(autoStart);
    if (options) onWatcherCleanup(desk.retain(options === true ? {} : options));
  };
  return watch(() => JSON.stringify(toValue(autoStart)), follow, { immediate: true });
}
