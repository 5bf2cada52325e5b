// SPDX-License-Identifier: Apache-2.0
/** Two lines through the pointer, from side to side. Moved by the compositor: no canvas is drawn for them. */
export class CrossLines {
  private readonly across: HTMLElement;
  private readonly down: HTMLElement;
  private readonly stop = new AbortController();
  private shown = false;
  private over = false;

  constructor(private readonly host: HTMLElement) {
    const make = (way: string): HTMLElement => {
      const line = host.ownerDocument.createElement("div");
      line.className = `cross-line ${way}`;
      line.setAttribute("aria-hidden", "true");
      host.append(line);
      return line;
    };
    this.across = make("across");
    this.down = make("down");
    const { signal } = this.stop;
    host.addEventListener("pointermove", (event) => this.move(event), { signal, passive: true });
    host.addEventListener("pointerleave", () => this.place(this.shown, false), { signal });
  }

  show(shown: boolean): void {
    if (this.shown !== shown) this.place(shown, this.over);
  }

  dispose(): void {
    this.stop.abort();
    this.across.remove();
    this.down.remove();
  }

  private move(event: PointerEvent): void {
    if (event.pointerType === "touch") return;
    const { left, top } = this.host.getBoundingClientRect();
    this.across.style.transform = `translateY(${Math.floor(event.clientY - top) - 1}px)`;
    this.down.style.transform = `translateX(${Math.floor(event.clientX - left) - 1}px)`;
    this.place(this.shown, true);
  }

  private place(shown: boolean, over: boolean): void {
    this.shown = shown;
    this.over = over;
    const display = shown && over ? "block" : "none";
    if (this.across.style.display === display) return;
    this.across.style.display = display;
    this.down.style.display = display;
  }
}
