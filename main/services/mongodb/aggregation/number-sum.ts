import { exactDecimal, addExact, toDecimal128, type ExactDecimal } from '../values/decimal-number.ts';
import {
  decimalOf,
  divideNumbers,
  doubleOf,
  integerValue,
  longOf,
  numberType,
  toDouble,
  type BsonNumber,
} from '../values/bson-number.ts';
import { isInt32 } from '../values/bson-document.ts';
import type { Decimal128 } from 'bson';

const maxLong = 2n ** 63n - 1n;

/** Adds numbers of any type as MongoDB's `$sum` and `$avg` do: whole numbers exactly, doubles with twice their precision. */
export class NumberSum {
  #whole = 0n;
  /** The sum of the doubles, and what its rounding has lost so far. */
  #double = 0;
  #lost = 0;
  #decimal: ExactDecimal = { coefficient: 0n, exponent: 0 };
  readonly #types = new Set<ReturnType<typeof numberType>>();

  add(value: BsonNumber): void {
    this.#types.add(numberType(value));
    const whole = integerValue(value);
    if (whole !== null) {
      this.#whole += whole;
      return;
    }
    const exact = numberType(value) === 'decimal' ? exactDecimal(value as Decimal128) : null;
    if (exact !== null) this.#decimal = addExact(this.#decimal, exact);
    else this.#addDouble(toDouble(value));
  }

  /** Of the widest type that was added. */
  total(): BsonNumber {
    if (this.#types.has('decimal')) return this.#decimalTotal();
    if (this.#types.has('double')) return doubleOf(this.#doubleTotal());
    if (this.#whole > maxLong || this.#whole < -maxLong - 1n) return doubleOf(Number(this.#whole));
    const plain = Number(this.#whole);
    return isInt32(plain) && !this.#types.has('long') ? plain : longOf(this.#whole);
  }

  /** A double, or a decimal when one was added. `count` is not 0. */
  average(count: number): BsonNumber {
    if (this.#types.has('decimal')) return divideNumbers(this.#decimalTotal(), count);
    return doubleOf(this.#doubleTotal() / count);
  }

  #addDouble(value: number): void {
    const sum = this.#double + value;
    if (Number.isFinite(sum))
      this.#lost += Math.abs(this.#double) >= Math.abs(value) ? this.#double - sum + value : value - sum + this.#double;
    this.#double = sum;
  }

  #doubleTotal(): number {
    return this.#double + (this.#lost + Number(this.#whole));
  }

  #decimalTotal(): BsonNumber {
    if (!Number.isFinite(this.#double)) return decimalOf(this.#double);
    const doubles = exactDecimal(decimalOf(doubleOf(this.#double + this.#lost))) ?? { coefficient: 0n, exponent: 0 };
    return toDecimal128(addExact(addExact(this.#decimal, { coefficient: this.#whole, exponent: 0 }), doubles));
  }
}
