// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";

/** Own set, drawn on a 24 grid with a 1.5 px line. The name of a control is on the control, never on its icon. */
const drawings = {
  select: "M5 3.5l13 8-5.6 1.4L9.5 18.5z",
  pen: "M4 20l1.2-4.6L16.4 4.2a1.7 1.7 0 0 1 2.4 0l1 1a1.7 1.7 0 0 1 0 2.4L8.6 18.8zM14.5 6.1l3.4 3.4",
  brush:
    "M19.8 4.2c-1.4-1-7.2 4.2-9.4 7.2l2.2 2.2c3-2.2 8.2-8 7.2-9.4zM9 12.8c-2.6 0-3.4 1.8-3.6 3.6-.1 1.2-.8 2-1.9 2.4 3 1.6 7.6.9 7.6-2.9z",
  eraser: "M13 5l6.5 6.5-7.5 7.5H8L4.5 15.5zM9 9l6.5 6.5M8 19h12",
  fill: "M10.5 4.5l8 8-6.5 6.5a1.7 1.7 0 0 1-2.4 0L4 13.4a1.7 1.7 0 0 1 0-2.4zM8.5 2.5l4 4M4.3 12.2h13.9M20 15.5c1 1.4 1.5 2.2 1.5 3a1.5 1.5 0 0 1-3 0c0-.8.5-1.6 1.5-3z",
  reshape: "M3.5 15.5H8c0-9.5 8-9.5 8 0h4.5M8 15.5h2M14 15.5h2",
  slide: "M12 4c-3 5 3 11 0 16M7.5 9L4 12l3.5 3M16.5 9L20 12l-3.5 3M4 12h5M15 12h5",
  knife: "M19.5 4.5L8.5 15.5l-3-3C9.5 8 15 4.5 19.5 4.5zM6.5 15.5L4 20l4-2.5",
  box: "M5 6h14v12H5zM3.5 4.5h3v3h-3zM17.5 16.5h3v3h-3z",
  rotated_box: "M11 3.5l9.5 8L13 20.5 3.5 12.5zM12 12v.01",
  polygon: "M12 4l8 6-3 9H7L4 10zM12 4v.01M20 10v.01M17 19v.01M7 19v.01M4 10v.01",
  polyline: "M4 18l5-9 5 6 6-10",
  point: "M14.5 12a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM12 3.5v4M12 16.5v4M3.5 12h4M16.5 12h4",
  undo: "M8 5L4 9l4 4M4 9h9.5a5.5 5.5 0 0 1 0 11H9",
  redo: "M16 5l4 4-4 4M20 9h-9.5a5.5 5.5 0 0 0 0 11H15",
  back: "M14.5 5.5L8 12l6.5 6.5",
  forward: "M9.5 5.5L16 12l-6.5 6.5",
  down: "M6 9.5l6 6 6-6",
  up: "M6 14.5l6-6 6 6",
  panel: "M4 5h16v14H4zM14.5 5v14",
  help: "M9.2 9.2a2.9 2.9 0 1 1 4 2.7c-.8.4-1.2.9-1.2 1.9M12 17v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  unlock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 6.8-1.2",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM15 12a3 3 0 1 1-6 0 3 3 0 0 1 6 0z",
  eyeOff:
    "M4 4l16 16M9.8 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-3 3.7M6 8a16 16 0 0 0-3.5 4S6 18.5 12 18.5c1.4 0 2.7-.3 3.8-.9M10 10a3 3 0 0 0 4 4.2",
  more: "M6.3 12a.8.8 0 1 1-1.6 0 .8.8 0 0 1 1.6 0zM12.8 12a.8.8 0 1 1-1.6 0 .8.8 0 0 1 1.6 0zM19.3 12a.8.8 0 1 1-1.6 0 .8.8 0 0 1 1.6 0z",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  sliders: "M4 7h9M17 7h3M4 17h3M11 17h9M17 7a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM11 17a2 2 0 1 1-4 0 2 2 0 0 1 4 0z",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5.5M13.5 11v5.5",
  hand: "M8 12V6.5a1.5 1.5 0 0 1 3 0V11M11 10.5V5a1.5 1.5 0 0 1 3 0v5.5M14 11V6.5a1.5 1.5 0 0 1 3 0V15c0 3.5-2 5.5-5 5.5-2.5 0-3.8-1-5-3L4.6 14a1.5 1.5 0 0 1 2.6-1.5L8 14",
  search: "M18 11a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM16 16l4.5 4.5",
  sort: "M7 5v14M4 16l3 3 3-3M13 7h7M13 12h5M13 17h3",
  filter: "M4 6h16M7.5 12h9M10.5 18h3",
  frame: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  upload: "M12 16V5M7.5 9L12 4.5 16.5 9M4 16v4h16v-4",
  download: "M12 4.5v11M7.5 11.5L12 16l4.5-4.5M4 16v4h16v-4",
  grid: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
  rows: "M4 6h16M4 12h16M4 18h16",
  image: "M4 5h16v14H4zM4 16l4.5-4.5 4 4L16 12l4 4M9.5 9a1 1 0 1 1-2 0 1 1 0 0 1 2 0z",
  flag: "M6 21V4M6 5h11l-2.5 4L17 13H6",
  warning: "M12 4l9 16H3zM12 10v4.5M12 17.3v.01",
  check: "M5 12.5l4.5 4.5L19 7.5",
  round: "M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0z",
  square: "M5 5h14v14H5z",
  swap: "M7 4L4 7l3 3M4 7h13M17 14l3 3-3 3M20 17H7",
  home: "M4 11l8-6.5 8 6.5M6 9.5V20h12V9.5M10 20v-5.5h4V20",
  history: "M12 7.5V12l3 2M4.5 12a7.5 7.5 0 1 0 2.3-5.4M4 4.5v3.6h3.6",
  compare: "M12 3.5v17M9 6.5H4v11h5M15 6.5h5v11h-5",
  keyboard: "M3 6.5h18v11H3zM7 10h.01M10.5 10h.01M14 10h.01M17 10h.01M8 14h8",
} as const;

export type IconName = keyof typeof drawings;

export function Icon(props: { readonly name: IconName }): ReactNode {
  return (
    <svg className="icon" width="16" height="16" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={drawings[props.name]} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

/** Tools name themselves by id; one without a drawing of its own shows its first letter in the rail. */
export function isIconName(name: string): name is IconName {
  return Object.hasOwn(drawings, name);
}
