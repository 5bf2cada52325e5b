// SPDX-License-Identifier: Apache-2.0
// Runs in the measured page before its own scripts. It only listens: frame times, pointer events, long tasks,
// saves, and transactions of IndexedDB that have become durable. Times are performance.now() in ms.
(() => {
  // Right after the frame that is being made: before timers that are due, which belong to what comes next.
  const afterThisFrame = (callback) => {
    scheduler.postTask(() => callback(performance.now()), { priority: "user-blocking" });
  };
  const afterPaint = (callback) => requestAnimationFrame(() => afterThisFrame(callback));

  const record = { frames: [], inputs: [], ups: [], longTasks: [], outboxWrites: [], saves: [] };
  let running = 0; // number of the run that is on; 0 between runs
  let runs = 0;

  // One frame: when it began, how old its oldest input was when its pixels had been handed over.
  let oldestInput = null;
  const frame = (at, run) => {
    if (run !== running) return;
    record.frames.push(at);
    if (oldestInput !== null) {
      const input = oldestInput;
      oldestInput = null;
      afterThisFrame((now) => record.inputs.push(now - input));
    }
    requestAnimationFrame((next) => frame(next, run));
  };

  addEventListener(
    "pointermove",
    (event) => {
      if (running === 0) return;
      const coalesced = event.getCoalescedEvents?.() ?? [];
      const first = coalesced.length > 0 ? coalesced[0].timeStamp : event.timeStamp;
      oldestInput = oldestInput === null ? first : Math.min(oldestInput, first);
    },
    { capture: true, passive: true },
  );
  addEventListener("pointerup", (event) => record.ups.push(event.timeStamp), { capture: true, passive: true });

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) record.longTasks.push([entry.startTime, entry.startTime + entry.duration]);
  }).observe({ type: "longtask", buffered: true });

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.name.endsWith("/edits")) record.saves.push([entry.startTime, entry.responseEnd]);
    }
  }).observe({ type: "resource", buffered: true });

  const open = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...parameters) {
    const transaction = open.apply(this, parameters);
    if (transaction.mode === "readwrite") {
      transaction.addEventListener("complete", () => record.outboxWrites.push(performance.now()));
    }
    return transaction;
  };

  const pixelsAt = (points) => {
    const values = [];
    for (const canvas of document.querySelectorAll("canvas")) {
      const context = canvas.getContext("2d");
      if (context === null || canvas.width === 0) continue;
      const box = canvas.getBoundingClientRect();
      for (const [x, y] of points) {
        const column = Math.floor(((x - box.left) * canvas.width) / box.width);
        const row = Math.floor(((y - box.top) * canvas.height) / box.height);
        if (column < 0 || row < 0 || column >= canvas.width || row >= canvas.height) continue;
        values.push(...context.getImageData(column, row, 1, 1).data);
      }
    }
    return values.join();
  };

  const firstFrameAfter = (eventName, holds, timeoutMs) =>
    new Promise((resolve, reject) => {
      addEventListener(
        eventName,
        (event) => {
          let frames = 0;
          const look = (now) => {
            frames += 1;
            if (holds()) resolve({ ms: now - event.timeStamp, frames });
            else if (now - event.timeStamp > timeoutMs) reject(new Error(`nothing happened after ${eventName}`));
            else afterPaint(look);
          };
          afterPaint(look);
        },
        { capture: true, once: true },
      );
    });

  window.benchProbe = {
    record,
    pixelsAt,
    start() {
      for (const list of Object.values(record)) list.length = 0;
      oldestInput = null;
      runs += 1;
      running = runs;
      const run = runs;
      requestAnimationFrame((at) => frame(at, run));
    },
    stop() {
      running = 0;
      return record;
    },
    // Each resolves with the first moment, after paint, at which something holds, counted from the next event of that
    // name that the page sees; and in how many frames that was.
    nextChange(points, eventName, timeoutMs) {
      const before = pixelsAt(points);
      return firstFrameAfter(eventName, () => pixelsAt(points) !== before, timeoutMs);
    },
    nextRows(selector, eventName, timeoutMs) {
      const rows = () => [...document.querySelectorAll(selector)].map((row) => row.textContent).join("\n");
      const before = rows();
      return firstFrameAfter(eventName, () => rows() !== before, timeoutMs);
    },
    nextTask(taskId, eventName, timeoutMs) {
      const isOpen = () => {
        const state = window.intarsia?.state();
        return state?.taskId === taskId && state.phase === "ready" && everythingShown(true);
      };
      return firstFrameAfter(eventName, isOpen, timeoutMs);
    },
    nextClose(eventName, timeoutMs) {
      return firstFrameAfter(eventName, () => !window.intarsia.state().outlineOpen, timeoutMs);
    },
  };

  // The first frame in which the editor takes input and shows picture and labels: its own word that it is ready, and
  // what lies on the canvases, both after that frame's paint.
  const GRID = [0.35, 0.5, 0.65];
  const colours = (canvas, context) => {
    const values = new Set();
    for (const x of GRID) {
      for (const y of GRID) values.add(context.getImageData(canvas.width * x, canvas.height * y, 1, 1).data.join());
    }
    return values;
  };
  const everythingShown = (labelled) => {
    let photo = false;
    let labels = !labelled;
    for (const canvas of document.querySelectorAll("canvas")) {
      const context = canvas.width > 0 ? canvas.getContext("2d") : null;
      if (context === null) continue;
      const found = colours(canvas, context);
      if (!context.getContextAttributes().alpha) photo ||= found.size > 1; // before it is there, one grey
      else labels ||= [...found].some((colour) => !colour.endsWith(",0"));
    }
    return photo && labels;
  };
  const untilReady = () => {
    const state = window.intarsia?.state();
    if (state?.phase === "ready" && everythingShown(2 * state.coverage.labelledPx > state.coverage.totalPx)) {
      window.benchProbe.readyAt = performance.now();
    } else afterPaint(untilReady);
  };
  requestAnimationFrame(untilReady);
})();
