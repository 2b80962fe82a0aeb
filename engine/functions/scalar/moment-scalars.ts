import { arrayType, doubleType } from '../../core/data-type.ts';
import type { JsScalar } from '../../core/js-scalar.ts';
import type { SparkValue } from '../../core/spark-value.ts';

type Moments = readonly [n: number, mean: number, m2: number, m3: number, m4: number];
type Comoments = readonly [n: number, meanX: number, meanY: number, c: number, m2X: number, m2Y: number];

/** Spark's `CentralMomentAgg`: one more value. */
function withValue([n0, mean, m2, m3, m4]: Moments, x: number): Moments {
  const n = n0 + 1;
  const delta = x - mean;
  const deltaN = delta / n;
  const delta2 = delta * delta;
  const deltaN2 = deltaN * deltaN;
  const newM2 = m2 + delta * (delta - deltaN);
  const newM3 = m3 - 3 * deltaN * newM2 + delta * (delta2 - deltaN2);
  const newM4 = m4 - 4 * deltaN * newM3 - 6 * deltaN2 * newM2 + delta * (delta * delta2 - deltaN * deltaN2);
  return [n, mean + deltaN, newM2, newM3, newM4];
}

function mergeMoments([n1, mean1, m21, m31, m41]: Moments, [n2, mean2, m22, m32, m42]: Moments): Moments {
  const n = n1 + n2;
  const delta = mean2 - mean1;
  const deltaN = n === 0 ? 0 : delta / n;
  const m3 = m31 + m32 + deltaN * deltaN * delta * n1 * n2 * (n1 - n2) + 3 * deltaN * (n1 * m22 - n2 * m21);
  const m4 =
    m41 +
    m42 +
    deltaN * deltaN * deltaN * delta * n1 * n2 * (n1 * n1 - n1 * n2 + n2 * n2) +
    6 * deltaN * deltaN * (n1 * n1 * m22 + n2 * n2 * m21) +
    4 * deltaN * (n1 * m32 - n2 * m31);
  return [n, mean1 + deltaN * n2, m21 + m22 + delta * deltaN * n1 * n2, m3, m4];
}

/** Spark's `PearsonCorrelation`: one more pair. */
function withPair([n0, meanX, meanY, c, m2X, m2Y]: Comoments, x: number, y: number): Comoments {
  const n = n0 + 1;
  const [dx, dy] = [x - meanX, y - meanY];
  const [newX, newY] = [meanX + dx / n, meanY + dy / n];
  return [n, newX, newY, c + dx * (y - newY), m2X + dx * (x - newX), m2Y + dy * (y - newY)];
}

function mergeComoments(a: Comoments, b: Comoments): Comoments {
  const [n1, x1, y1, c1, sx1, sy1] = a;
  const [n2, x2, y2, c2, sx2, sy2] = b;
  const n = n1 + n2;
  const [dx, dy] = [x2 - x1, y2 - y1];
  const [dxN, dyN] = n === 0 ? [0, 0] : [dx / n, dy / n];
  return [
    n,
    x1 + dxN * n2,
    y1 + dyN * n2,
    c1 + c2 + dx * dyN * n1 * n2,
    sx1 + sx2 + dx * dxN * n1 * n2,
    sy1 + sy2 + dy * dyN * n1 * n2,
  ];
}

const noMoments: Moments = [0, 0, 0, 0, 0];
const noComoments: Comoments = [0, 0, 0, 0, 0, 0];
const numbers = (list: SparkValue | undefined): readonly number[] => (list ?? []) as readonly number[];
const parts = (list: SparkValue | undefined): readonly SparkValue[] => (list ?? []) as readonly SparkValue[];
const doubles = arrayType(doubleType);

/** No rows (a NULL list) give the moments of nothing, so that a state always merges. */
export const momentScalars: readonly JsScalar[] = [
  {
    name: 'spark_moments',
    takes: [doubles],
    returns: doubles,
    seesNulls: true,
    evaluate: (list) => numbers(list).reduce(withValue, noMoments),
  },
  {
    name: 'spark_merge_moments',
    takes: [arrayType(doubles)],
    returns: doubles,
    seesNulls: true,
    evaluate: (list) =>
      parts(list).reduce<Moments>(
        (all, part) => (part === null ? all : mergeMoments(all, part as unknown as Moments)),
        noMoments,
      ),
  },
  {
    name: 'spark_comoments',
    takes: [doubles, doubles],
    returns: doubles,
    seesNulls: true,
    evaluate: (xs, ys) => {
      const second = numbers(ys);
      return numbers(xs).reduce<Comoments>((all, x, i) => withPair(all, x, second[i] ?? 0), noComoments);
    },
  },
  {
    name: 'spark_merge_comoments',
    takes: [arrayType(doubles)],
    returns: doubles,
    seesNulls: true,
    evaluate: (list) =>
      parts(list).reduce<Comoments>(
        (all, part) => (part === null ? all : mergeComoments(all, part as unknown as Comoments)),
        noComoments,
      ),
  },
];
