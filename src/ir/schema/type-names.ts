import type { Direction } from "../type-node.js";
import { secondSuffix, type ComponentNames } from "./component-names.js";
import type { SameForms } from "./same-forms.js";
import { numberOfForm, type Unit } from "./unit.js";

/**
 * Names of the types of a schema. One name where all forms are the same; else
 *
 * |                     | IN (JSON)      | IN (multipart) | OUT (JSON)    | OUT (other media) |
 * |---------------------|----------------|----------------|---------------|-------------------|
 * | `Order`             | `OrderInput`   | `OrderInput`   | `Order`       | `OrderBlob`       |
 * | `OrderInput`        | `OrderInput`   | `OrderInput`   | `OrderInputOutput` | `OrderInputBlob` |
 *
 * When IN as multipart holds files where JSON holds text, it is the multipart form that has the name above, as it is the one that is
 * sent; JSON is `OrderJsonInput` (`OrderInputJson`), unless it is the same as OUT. Forms that are the same share a name. Nothing of this
 * depends on who uses the schema.
 */
export class TypeNames {
  readonly #chosen = new Map<number, string>();
  readonly #names: ComponentNames;
  readonly #same: SameForms;
  readonly #halves: ReadonlyMap<number, Unit>;

  constructor(names: ComponentNames, same: SameForms, halves: ReadonlyMap<number, Unit>) {
    this.#names = names;
    this.#same = same;
    this.#halves = halves;
  }

  of(unit: Unit, direction: Direction, blob: boolean): string {
    const key = unit.id * 4 + numberOfForm(direction, blob);
    let name = this.#chosen.get(key);
    if (name === undefined) {
      name = this.#choose(unit, direction, blob);
      this.#chosen.set(key, name);
    }
    return name;
  }

  #choose(unit: Unit, direction: Direction, blob: boolean): string {
    const base = this.#base(unit);
    const variant = (suffix: string): string => this.#names.variant(unit.pointer, base, suffix);
    const upload = !this.#same.inAndUpload(unit);
    const isInput = secondSuffix(base) === "Output";
    if (blob && direction === "in" && upload) return isInput ? base : variant("Input");
    if (blob && direction === "out" && !this.#same.outAndDownload(unit)) return variant("Blob");

    const split = !this.#same.inAndOut(unit);
    if (direction === "in" || !split) {
      const output = this.#halves.get(unit.id);
      if (output !== undefined && this.#same.halves(unit)) return this.#base(output);
    }
    if (isInput) {
      if (direction === "out" && split) return variant("Output");
      return upload ? variant("Json") : base;
    }
    if (direction === "out" || !split) return base;
    return variant(upload ? "JsonInput" : "Input");
  }

  #base(unit: Unit): string {
    return this.#names.at(unit.pointer)?.name ?? this.#names.inner(unit.pointer);
  }
}
