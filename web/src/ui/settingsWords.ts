// SPDX-License-Identifier: Apache-2.0
/** Texts of the page of settings that are this user's own. */

export const settingsWords = {
  title: "View and input",
  lead: "Changes apply at once and are kept in this browser.",
  look: "Look",
  theme: "Pages",
  themes: { auto: "As the system", light: "Light", dark: "Dark" },
  themeHint: "The editor is always dark, so that the photo is not outshone.",
  contrast: "Contrast",
  contrasts: { auto: "As the system", high: "High" },
  contrastHint: "High: black, white, and a thick edge inside each segment.",
  motion: "Motion",
  motions: { auto: "As the system", less: "None" },
  colours: "Class colours",
  colourModes: { standard: "Fill of 45 %", blind: "Fill of 60 %" },
  coloursHint: "The palette can be told apart with any colour vision; a stronger fill helps with large areas.",
  input: "Hand, finger and pen",
  hand: "Tools stand",
  hands: { right: "At the left", left: "At the right" },
  handHint: "At the right for whoever draws with the left hand: tools and panel change sides.",
  finger: "One finger",
  fingers: { auto: "Draws until a pen is seen", draw: "Always draws", pan: "Always moves the picture" },
  fingerHint: "Two fingers move and zoom; a tap with two undoes, with three redoes.",
  pressure: "Pressure of the pen",
  pressures: { off: "Does nothing", on: "Narrows the brush" },
} as const;

export const thumbWords = {
  strip: "Hold or tap with the thumb",
  pan: "Hold to move the picture",
  mode: "Hold for the other draw mode",
  erase: "Hold to erase",
  undo: "Undo",
  redo: "Redo",
  finish: "Finish the outline",
} as const;
