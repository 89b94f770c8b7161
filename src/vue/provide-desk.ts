import { getCurrentInstance, inject, onScopeDispose, provide, ssrContextKey, type App } from "vue";
import { noProvider } from "../domain/error-text.ts";
import { DeskError, type Desk, type StartOptions, type Vocabulary } from "../index.ts";

/** What desks of all vocabularies have. */
type AnyDesk = Pick<Desk, "connection" | "start" | "stop" | "retain">;

/** How a desk is provided. */
export interface ProvideOptions {
  /** Keeps the desk started, with the options of `desk.start`, while the component or application is mounted. */
  readonly autoStart?: StartOptions | boolean | undefined;
}

const key = Symbol("deskstate");
// What a component provides reaches those below it only; that it may read the desk itself, it is kept here too.
const own = new WeakMap<object, unknown>();

/** Gives a desk to the component in whose setup this is called, and to all below it. */
export function provideDesk(desk: AnyDesk, options?: ProvideOptions): void {
  provide(key, desk);
  own.set(getCurrentInstance() ?? {}, desk);
  if (!isOnServer()) onScopeDispose(keep(desk, options));
}

/** Gives a desk to all components of an application: `app.use(deskPlugin, desk, { autoStart: true })`. */
export function deskPlugin(app: App, desk: AnyDesk, options?: ProvideOptions): void {
  app.provide(key, desk);
  const { mount } = app;
  // An application that is only rendered, on a server, is never mounted.
  app.mount = (...where) => {
    const root = mount(...where);
    app.onUnmount(keep(desk, options));
    return root;
  };
}

/** @throws DeskError `no-provider` */
export function useProvided<Words extends Vocabulary>(): Desk<Words> {
  const desk = own.get(getCurrentInstance() ?? {}) ?? inject(key, undefined);
  if (desk === undefined) throw new DeskError("no-provider", noProvider("provideDesk(desk)"));
  return desk as Desk<Words>;
}

/** Is the page being made on a server? Only there Vue gives a context to render in. */
export const isOnServer = (): boolean => inject(ssrContextKey, undefined) !== undefined;

const keep = (desk: AnyDesk, { autoStart = false }: ProvideOptions = {}): (() => void) =>
  autoStart === false ? () => {} : desk.retain(autoStart === true ? {} : autoStart);
