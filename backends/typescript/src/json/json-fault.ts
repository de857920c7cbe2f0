/** What no text of JSON, or no param, can stand for (protocol 3.2). The message says what was found. */
export class JsonFault extends Error {
  override readonly name = "JsonFault";
}
