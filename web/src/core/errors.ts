// SPDX-License-Identifier: Apache-2.0
/** Errors of the core. `code` is stable and shared with Python; the message is for people and may change. */

export class IntarsiaError extends Error {
  readonly code: string;

  constructor(code: string, message: string = code) {
    super(message === code ? code : `${code}: ${message}`);
    this.name = new.target.name;
    this.code = code;
  }
}

/** Bytes or JSON that do not follow the contract. */
export class CodecError extends IntarsiaError {}

/** Shapes or sizes outside what the raster accepts. */
export class GeometryError extends IntarsiaError {}

/** An edit that does not fit the map it is applied to. */
export class EditError extends IntarsiaError {}

/** An ontology that cannot be read, or that does not follow from the one before. */
export class OntologyError extends IntarsiaError {
  /** In words, without the code. */
  readonly what: string;
  /** The place: `classes[2].questions[0]`, or the id of what is wrong. */
  readonly where: string;

  constructor(code: string, what: string, where: string) {
    super(code, `${where}: ${what}`);
    this.what = what;
    this.where = where;
  }
}
