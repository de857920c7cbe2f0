/** A mistake of ours (diagnostic E900): the document is fine, but what was made of it is not. Nothing may be written. */
export class InternalFault extends Error {
  override readonly name = "InternalFault";
  readonly code = "E900";
}
