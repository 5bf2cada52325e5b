// SPDX-License-Identifier: Apache-2.0
/** Components whose code is loaded when they are first shown. */
import { type ComponentType, createElement, type ReactNode, useEffect, useState } from "react";

export interface Deferred<P extends object> {
  /** Null until it is loaded. */
  readonly component: () => ComponentType<P> | null;
  readonly load: () => Promise<void>;
  /** Asks for the code ahead of the first use: on hover, on focus. */
  readonly preload: () => void;
}

export function deferred<P extends object>(load: () => Promise<{ readonly default: ComponentType<P> }>): Deferred<P> {
  let component: ComponentType<P> | null = null;
  const get = async (): Promise<void> => {
    component ??= (await load()).default;
  };
  // A failed attempt is made again, and reported, when the component is shown.
  return { component: () => component, load: get, preload: () => void get().catch(() => undefined) };
}

/**
 * Draws the component `of` with the other properties, and nothing until its code is there. No Suspense: React keeps a
 * fallback that it has shown for 300 ms at least, which a menu must not take to open.
 */
export function Later<P extends object>(props: P & { readonly of: Deferred<P> }): ReactNode {
  const { of, ...rest } = props;
  const component = of.component();
  const [, redraw] = useState(component !== null);
  useEffect(() => {
    if (of.component() !== null) return;
    of.load().then(
      () => redraw(true),
      (error: unknown) =>
        redraw(() => {
          throw error;
        }),
    );
  }, [of]);
  return component === null ? null : createElement(component as ComponentType<object>, rest);
}
