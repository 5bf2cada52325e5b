// SPDX-License-Identifier: Apache-2.0
/**
 * The focus ring of the picture, as four thin bars. A CSS outline on the element would be drawn into a layer of the size
 * of the view and painted again with every frame of a stroke: a third of all the work of a frame.
 */
const BARS: readonly Partial<CSSStyleDeclaration>[] = [
  { left: "0", right: "0", top: "0", height: "4px", boxShadow: "inset 0 2px #FFFFFF, inset 0 -2px #0B0B0B" },
  { left: "0", right: "0", bottom: "0", height: "4px", boxShadow: "inset 0 -2px #FFFFFF, inset 0 2px #0B0B0B" },
  { left: "0", top: "0", bottom: "0", width: "4px", boxShadow: "inset 2px 0 #FFFFFF, inset -2px 0 #0B0B0B" },
  { right: "0", top: "0", bottom: "0", width: "4px", boxShadow: "inset -2px 0 #FFFFFF, inset 2px 0 #0B0B0B" },
];

/** Shows the ring whenever the browser would; gives the function that ends it. */
export function attachFocusFrame(element: HTMLElement): () => void {
  element.style.outline = "none";
  element.style.boxShadow = "none";
  const stop = new AbortController();
  const bars = BARS.map((style) => {
    const bar = element.ownerDocument.createElement("div");
    Object.assign(bar.style, { position: "absolute", pointerEvents: "none", display: "none", ...style });
    bar.setAttribute("aria-hidden", "true");
    element.append(bar);
    return bar;
  });
  const show = (): void => {
    const display = element.matches(":focus-visible") ? "block" : "none";
    for (const bar of bars) bar.style.display = display;
  };
  for (const type of ["focus", "blur", "keydown", "pointerdown"])
    element.addEventListener(type, show, { signal: stop.signal });
  show();
  return () => {
    stop.abort();
    for (const bar of bars) bar.remove();
  };
}
