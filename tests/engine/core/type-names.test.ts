import { expect, test } from 'vitest';
import {
  arrayType,
  dayTimeIntervalType,
  decimalType,
  field,
  integerType,
  longType,
  mapType,
  stringType,
  structType,
  timestampNtzType,
  voidType,
} from '../../../engine/core/data-type.ts';
import { javaTypeText } from '../../../engine/core/type-names.ts';

test('a type as Scala prints it names class, parameters and nullability', () => {
  const fields = [
    field('a', arrayType(integerType, false)),
    field('m', mapType(stringType, longType)),
    field('d', decimalType(10, 2), false),
    field('t', timestampNtzType),
    field('v', voidType),
    field('i', dayTimeIntervalType),
  ];
  expect(javaTypeText(structType(fields))).toBe(
    'StructType(StructField(a,ArrayType(IntegerType,false),true),StructField(m,MapType(StringType,LongType,true),true),' +
      'StructField(d,DecimalType(10,2),false),StructField(t,TimestampNTZType,true),StructField(v,NullType,true),StructField(i,DayTimeIntervalType(0,3),true))',
  );
});
